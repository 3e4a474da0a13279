import { access, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { until } from '../support/condition.js';
import { locksIn, objectsOf, recordsIn } from './support/aws.js';
import { CommandLine } from './support/command-line.js';
import { smallProject, type TemporaryProject, variablesOf } from './support/project.js';

/** An apply that is stopped in its midst: the small project's slow resource waits while the file `wait` is there. */
let project: TemporaryProject;
let mhtctl: CommandLine;
let content = 0;
/** Seconds that a whole command may take to get somewhere on a busy machine. */
const A_MINUTE = 60;
const inProject = (file: string) => join(project.configurationDir, file);
const exists = (file: string) =>
  access(file).then(
    () => true,
    () => false,
  );

beforeAll(async () => {
  project = await smallProject();
  mhtctl = new CommandLine(project);
  await mhtctl.startEmulator();
  await mhtctl.run(['bootstrap', 'alpha', '--yes']);
});
afterAll(async () => {
  await mhtctl.stopEmulator();
  await project.dispose();
});

/** Something new to apply, and the file that makes it wait. */
beforeEach(async () => {
  content += 1;
  await project.write('terraform.tfvars.alpha', variablesOf('alpha', `content = "${content}"\n`));
  await writeFile(inProject('wait'), '');
  await rm(inProject('started'), { force: true });
});

async function applyLog(): Promise<string> {
  const directory = join(project.root, '.mhtctl', 'environments', 'alpha', 'logs');
  const newest =
    (await readdir(directory))
      .filter((name) => name.endsWith('-apply.jsonl'))
      .sort()
      .at(-1) ?? '';
  return readFile(join(directory, newest), 'utf8');
}

const interrupts = (log: string) => log.split('Interrupt received').length - 1;

async function wholeAndUnlocked(): Promise<readonly { readonly status: string }[]> {
  const objects = await objectsOf(mhtctl, 'small-state-alpha');
  const state = JSON.parse(objects.get('alpha/terraform.tfstate') ?? 'null') as {
    version: number;
    resources: { name: string }[];
  };
  expect(state.version).toBe(4);
  // The quick resource was made before the slow one began: it must not be lost.
  expect(state.resources.map(({ name }) => name)).toContain('quick');
  expect([...objects.keys()].filter((key) => key.endsWith('.tflock'))).toEqual([]);
  expect(await locksIn(mhtctl, 'small-locks-alpha')).toEqual([]);
  return recordsIn(objects);
}

describe.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s in the midst of an apply', (signal) => {
  it('gives Terraform one interrupt, leaves a readable state, no lock and a record, and the next deployment goes on', async () => {
    const { child, ended, said } = mhtctl.start(['deploy', 'alpha', '--yes']);
    await until('the slow resource to begin', () => exists(inProject('started')), A_MINUTE);
    child.kill(signal);
    await until('mhtctl to have heard it', () => said().includes('interrupted'), A_MINUTE);
    // Impatience changes nothing: a second interrupt would make Terraform lose its state.
    child.kill(signal);
    const { exitCode, stderr } = await ended;
    expect(exitCode).toBe(130);
    expect(stderr).toContain('mhtctl deploy alpha');
    expect(interrupts(await applyLog())).toBe(1);
    expect((await wholeAndUnlocked()).at(-1)?.status).toBe('interrupted');

    await rm(inProject('wait'));
    const again = await mhtctl.run(['deploy', 'alpha', '--yes']);
    expect(again.exitCode).toBe(0);
    expect((await wholeAndUnlocked()).at(-1)?.status).toBe('applied');
  });
});

it('Ctrl-C at a real terminal gives Terraform one interrupt', async () => {
  const { exitCode, stdout } = await mhtctl.atTerminal(
    ['deploy', 'alpha'],
    [
      ['Deploy alpha?', 'y\r'],
      ['waiting for terraform_data.slow', '\u0003'],
    ],
  );
  expect(exitCode).toBe(130);
  expect(stdout).toContain('interrupted: Terraform finishes what it has begun');
  expect(interrupts(await applyLog())).toBe(1);
  expect((await wholeAndUnlocked()).at(-1)?.status).toBe('interrupted');
});

it('SIGKILL of mhtctl leaves Terraform to end its apply, and the started record names it', async () => {
  const { child, ended } = mhtctl.start(['deploy', 'alpha', '--yes']);
  await until('the slow resource to begin', () => exists(inProject('started')), A_MINUTE);
  child.kill('SIGKILL');
  await ended;
  await rm(inProject('wait'));
  await until(
    'Terraform to have released the lock',
    async () => (await locksIn(mhtctl, 'small-locks-alpha')).length === 0,
    A_MINUTE,
  );
  await wholeAndUnlocked();
  const { stdout } = await mhtctl.run(['status', '--json']);
  const [alpha] = JSON.parse(stdout).environments;
  expect(alpha.lastDeployment.status).toBe('started');

  // The lock of the dead is broken by nobody but a person, who is told who it was and what to do.
  const { id } = alpha.lastDeployment;
  const locked = await mhtctl.run(['deploy', 'alpha', '--yes', '--json']);
  expect(locked.exitCode).toBe(6);
  const { error } = JSON.parse(locked.stdout);
  expect(error.message).toContain(id);
  expect(error.nextSteps.join('\n')).toContain('mhtctl unlock alpha');
  const unlocked = await mhtctl.run(['unlock', 'alpha', '--id', id, '--json']);
  expect(unlocked.exitCode).toBe(0);
  expect(JSON.parse(unlocked.stdout)).toMatchObject({ locks: [{ kind: 'operation', id }], removed: [id] });
  expect((await mhtctl.run(['deploy', 'alpha', '--yes', '--json'])).exitCode).toBe(0);
  expect(JSON.parse((await mhtctl.run(['history', 'alpha', '--limit', '3', '--json'])).stdout).records).toMatchObject([
    { operation: 'deploy', status: 'no-changes' },
    { operation: 'unlock', status: 'done', about: { lock: `operation ${id}` } },
    { operation: 'deploy', status: 'started', id },
  ]);
});

it('SIGKILL of Terraform is told with what may be missing, its lock is removed by its id, and the next deployment goes on', async () => {
  const { ended } = mhtctl.start(['deploy', 'alpha', '--yes', '--json']);
  await until('the slow resource to begin', () => exists(inProject('started')), A_MINUTE);
  const { stdout: pids } = await mhtctl.by('pgrep', ['-f', `apply.*${project.root}`], project.root);
  for (const pid of pids.trim().split('\n')) process.kill(Number(pid), 'SIGKILL');
  const { exitCode, stdout } = await ended;
  await rm(inProject('wait'));
  expect(exitCode).toBe(5);
  const { error } = JSON.parse(stdout);
  expect(error.code).toBe('TerraformKilled');
  expect(error.message).toContain('SIGKILL');
  expect(error.nextSteps.join('\n')).toContain('mhtctl unlock alpha');
  expect(error.nextSteps.join('\n')).toContain('mhtctl verify-separation alpha');

  const locked = JSON.parse((await mhtctl.run(['unlock', 'alpha', '--json'])).stdout).error;
  expect(locked).toMatchObject({ code: 'ConfirmationMissing', exitCode: 4 });
  const id = /--id (\S+)/.exec(locked.nextSteps.join())?.[1] ?? '';
  expect((await mhtctl.run(['unlock', 'alpha', '--id', id])).exitCode).toBe(0);
  expect((await mhtctl.run(['deploy', 'alpha', '--yes'])).exitCode).toBe(0);
  expect((await wholeAndUnlocked()).map(({ status }) => status).slice(-3)).toEqual(['failed', 'done', 'applied']);
});

it('an interrupt while nothing has changed yet ends with 130 and leaves no record', async () => {
  await rm(inProject('wait'));
  const before = recordsIn(await objectsOf(mhtctl, 'small-state-alpha')).length;
  const { child, ended, said } = mhtctl.start(['deploy', 'alpha', '--yes']);
  await until('the first stage to be done', () => said().includes('Pre-flight: Terraform'), A_MINUTE);
  child.kill('SIGINT');
  const { exitCode } = await ended;
  expect(exitCode).toBe(130);
  expect(recordsIn(await objectsOf(mhtctl, 'small-state-alpha')).length).toBe(before);
});
