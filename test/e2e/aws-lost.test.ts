import { access, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { until } from '../support/condition.js';
import { SeverableConnection } from '../support/severable-connection.js';
import { clientSettings, locksIn, objectsOf } from './support/aws.js';
import { CommandLine } from './support/command-line.js';
import { smallProject, type TemporaryProject, variablesOf } from './support/project.js';

/** The network between mhtctl and AWS is cut in the midst of an apply, and comes back. */
let project: TemporaryProject;
let mhtctl: CommandLine;
let network: SeverableConnection;
const A_MINUTE = 60;

beforeAll(async () => {
  project = await smallProject();
  mhtctl = new CommandLine(project);
  await mhtctl.startEmulator();
  network = await SeverableConnection.to(clientSettings(mhtctl).endpoint);
});
afterAll(async () => {
  await network.cut();
  await mhtctl.stopEmulator();
  await project.dispose();
});

it('AWS lost in the midst of an apply loses nothing: each next command says what comes next', async () => {
  const through = { AWS_ENDPOINT_URL: network.endpoint };
  const run = (...args: readonly string[]) => mhtctl.run([...args, '--json'], through);
  await mhtctl.succeed(['bootstrap', 'alpha', '--yes']);
  await mhtctl.succeed(['deploy', 'alpha', '--yes']);
  await project.write('terraform.tfvars.alpha', variablesOf('alpha', 'content = "made without a network"\n'));
  project.commit('next');

  await writeFile(join(project.configurationDir, 'wait'), '');
  const { ended } = mhtctl.start(['deploy', 'alpha', '--yes', '--json'], through);
  await until('the slow resource to begin', () => exists('started'), A_MINUTE);
  await network.cut();
  await rm(join(project.configurationDir, 'wait'));
  const lost = await ended;
  expect(lost.exitCode).toBe(5);
  const { error } = JSON.parse(lost.stdout);
  // What Terraform could not save and what could not be recorded are both kept, and both are named.
  expect(error.message).toContain('the state could not be saved');
  expect(error.message).toContain('could not be recorded');
  expect(error.nextSteps.join('\n')).toContain('state push');
  expect(lost.stderr).toContain('mhtctl unlock alpha');

  const without = await run('deploy', 'alpha', '--yes');
  expect(without.exitCode).toBe(5);
  expect(JSON.parse(without.stdout).error.code).toBe('AwsUnreachable');

  await network.join();
  const locked = JSON.parse((await run('deploy', 'alpha', '--yes')).stdout).error;
  expect(locked).toMatchObject({ code: 'OperationLocked', exitCode: 6 });
  const { locks } = JSON.parse((await run('unlock', 'alpha', ...(await idsOfLocks()))).stdout);
  expect(locks.map(({ kind }: { kind: string }) => kind)).toContain('operation');

  const unsaved = JSON.parse((await run('deploy', 'alpha', '--yes')).stdout).error;
  expect(unsaved).toMatchObject({ code: 'StateUnsaved', exitCode: 3 });
  const push = /mhtctl terraform alpha -- (state push \S+)/.exec(unsaved.nextSteps.join('\n'))?.[1] ?? '';
  const pushed = await mhtctl.run(['terraform', 'alpha', '--yes', '--', ...push.split(' ')], through);
  expect(pushed.exitCode).toBe(0);

  const again = await run('deploy', 'alpha', '--yes');
  expect(again.exitCode).toBe(0);
  const state = JSON.parse((await objectsOf(mhtctl, 'small-state-alpha')).get('alpha/terraform.tfstate') ?? '');
  expect(JSON.stringify(state.resources)).toContain('made without a network');
  expect(await locksIn(mhtctl, 'small-locks-alpha')).toEqual([]);
  const { records } = await mhtctl.json('history', 'alpha');
  expect(
    records.map(({ operation, status }: { operation: string; status: string }) => `${operation} ${status}`),
  ).toEqual(expect.arrayContaining(['deploy failed', 'unlock done']));
});

/** Everything that `unlock` shows, as its flags. */
async function idsOfLocks(): Promise<readonly string[]> {
  const refusal = await mhtctl.refusal('unlock', 'alpha');
  return refusal.nextSteps.flatMap((step: string) => ['--id', /--id (\S+)/.exec(step)?.[1] ?? '']);
}

function exists(file: string): Promise<boolean> {
  return access(join(project.configurationDir, file)).then(
    () => true,
    () => false,
  );
}
