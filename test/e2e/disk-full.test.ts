import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { locksIn, objectsOf } from './support/aws.js';
import { CommandLine } from './support/command-line.js';
import { smallProject, type TemporaryProject, variablesOf } from './support/project.js';

/**
 * No test can fill the disk of the machine it runs on. A limit on the size of files stands for it: from there on each write
 * of mhtctl and of Terraform fails, as on a full disk, with another error number.
 */
let project: TemporaryProject;
let mhtctl: CommandLine;
/** In blocks, of which shells make 512 or 1024 bytes. Far above a small plan, and far below what the resource says. */
const BLOCKS = 128;
const MOST_BYTES = BLOCKS * 1024;
const withoutSpace = (...args: readonly string[]) =>
  mhtctl.redirected([...args, '--json'], '', `ulimit -f ${BLOCKS}; exec`);

const TALKATIVE = `
resource "terraform_data" "talkative" {
  input = "made on a full disk"
  provisioner "local-exec" {
    command = "i=0; while [ $i -lt 2000 ]; do echo a line that Terraform writes to its log; i=$((i + 1)); done"
  }
}
`;

beforeAll(async () => {
  project = await smallProject();
  mhtctl = new CommandLine(project);
  await mhtctl.startEmulator();
  await mhtctl.succeed(['bootstrap', 'alpha', '--yes']);
  await mhtctl.succeed(['deploy', 'alpha', '--yes']);
});
afterAll(async () => {
  await mhtctl.stopEmulator();
  await project.dispose();
});

describe('a disk that is full (a limit on the size of files stands for it)', () => {
  it('in the midst of an apply cuts the log short, and loses neither state nor record', async () => {
    await project.write('main.tf', `${await project.read('main.tf')}${TALKATIVE}`);
    project.commit('talkative');
    const { exitCode, stdout } = await withoutSpace('deploy', 'alpha', '--yes');
    expect(exitCode).toBe(0);

    const logs = join(project.root, '.mhtctl', 'environments', 'alpha', 'logs');
    const [log = ''] = (await readdir(logs))
      .filter((name) => name.endsWith('-apply.jsonl'))
      .sort()
      .slice(-1);
    const { id } = JSON.parse(stdout).deployment;
    expect(log).toContain(id);
    // The disk was indeed full: what came after this was not written.
    const { size } = await stat(join(logs, log));
    expect(size).toBeGreaterThan(MOST_BYTES / 4);
    expect(size).toBeLessThanOrEqual(MOST_BYTES);

    const objects = await objectsOf(mhtctl, 'small-state-alpha');
    expect(objects.get('alpha/terraform.tfstate')).toContain('made on a full disk');
    expect(await locksIn(mhtctl, 'small-locks-alpha')).toEqual([]);
    const { records } = await mhtctl.json('history', 'alpha');
    expect(records[0]).toMatchObject({ id, operation: 'deploy', status: 'applied' });
    expect(await mhtctl.json('deploy', 'alpha', '--yes')).toMatchObject({ outcome: 'no-changes' });
  });

  it('before the plan is made ends the deployment with 5, and nothing is changed, held or begun', async () => {
    await project.write('terraform.tfvars.alpha', variablesOf('alpha', 'content = "never made"\n'));
    project.commit('never made');
    const before = await objectsOf(mhtctl, 'small-state-alpha');
    const { exitCode, stdout } = await mhtctl.redirected(
      ['deploy', 'alpha', '--yes', '--json'],
      '',
      'ulimit -f 0; exec',
    );
    expect(exitCode).toBe(5);
    expect(JSON.parse(stdout).error.code).toBe('PlanNotWritten');
    expect(JSON.parse(stdout).error.nextSteps.join('\n')).toContain('df -h');
    expect([...(await objectsOf(mhtctl, 'small-state-alpha'))]).toEqual([...before]);
    expect(await locksIn(mhtctl, 'small-locks-alpha')).toEqual([]);
  });
});
