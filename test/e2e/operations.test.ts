import { execFileSync } from 'node:child_process';
import { access, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DeleteObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { until } from '../support/condition.js';
import { clientSettings, objectsOf } from './support/aws.js';
import { CommandLine } from './support/command-line.js';
import { smallProject, type TemporaryProject, variablesOf } from './support/project.js';

/** Record, lock and rollback on the smallest configuration. */
let project: TemporaryProject;
let mhtctl: CommandLine;
const A_MINUTE = 60;
const STATE = 'alpha/terraform.tfstate';

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

const json = (...args: readonly string[]) => mhtctl.answer(...args);
const deployAlpha = () => json('deploy', 'alpha', '--yes');

async function inputOfQuick(): Promise<string> {
  const state = JSON.parse((await objectsOf(mhtctl, 'small-state-alpha')).get(STATE) ?? '');
  const quick = state.resources.find((resource: { name: string }) => resource.name === 'quick');
  return quick.instances[0].attributes.input.value ?? quick.instances[0].attributes.input;
}

const s3 = () => new S3Client({ ...clientSettings(mhtctl), forcePathStyle: true });

/** Deploys something new to alpha, of a commit of its own. */
async function deployNew(): Promise<{ readonly id: string; readonly input: string }> {
  const content = await commitNew();
  const { exitCode, result } = await deployAlpha();
  expect(exitCode).toBe(0);
  return { id: result.deployment.id, input: `alpha ${content}` };
}

let contents = 0;
async function commitNew(): Promise<string> {
  contents += 1;
  const content = `content ${contents}`;
  await project.write('terraform.tfvars.alpha', variablesOf('alpha', `content = "${content}"\n`));
  project.commit(content);
  return content;
}

describe('a rollback', () => {
  it('brings back commit and values of the last good deployment by a plan of its own, and is on record', async () => {
    const first = await deployNew();
    const second = await deployNew();
    const dry = await json('rollback', 'alpha', '--dry-run');
    expect(dry).toMatchObject({ exitCode: 0, result: { outcome: 'dry-run' } });
    expect(await inputOfQuick()).toBe(second.input);

    const back = await json('rollback', 'alpha', '--yes');
    expect(back.exitCode).toBe(0);
    expect(back.result).toMatchObject({ outcome: 'applied', rolledBackTo: first.id });
    expect(await inputOfQuick()).toBe(first.input);

    const [record, ofSecond, ofFirst] = (await json('history', 'alpha', '--limit', '3')).result.records;
    expect(record).toMatchObject({
      operation: 'rollback',
      status: 'applied',
      commit: ofFirst.commit,
      dirty: false,
      about: { 'rolled back to': first.id, 'rolled back from': second.id },
    });
    // The state went on; it was not put back.
    expect(record.stateAfter.lineage).toBe(ofFirst.stateAfter.lineage);
    expect(record.stateAfter.serial).toBeGreaterThan(ofSecond.stateAfter.serial);
    // The own work tree is as it was, and there is no other.
    const trees = execFileSync('git', ['-C', project.root, 'worktree', 'list'], { encoding: 'utf8' });
    expect(trees.trim().split('\n')).toHaveLength(1);
    expect(execFileSync('git', ['-C', project.root, 'status', '--porcelain'], { encoding: 'utf8' })).toBe('');
  });

  it('to a deployment that is named is asked for at a terminal, and can be declined', async () => {
    const first = await deployNew();
    const second = await deployNew();
    const { exitCode, stdout } = await mhtctl.atTerminal(
      ['rollback', 'alpha', '--to', first.id],
      [['Roll back alpha?', 'n\r']],
    );
    expect(exitCode).toBe(4);
    expect(stdout).toContain('The state is not restored');
    expect(await inputOfQuick()).toBe(second.input);
  });
});

describe('two at the same instant', () => {
  it('are one that goes on and one that ends with 6, naming the other', async () => {
    await commitNew();
    await writeFile(join(project.configurationDir, 'wait'), '');
    const runs = [1, 2].map(() => mhtctl.start(['deploy', 'alpha', '--yes', '--json']));
    // Whoever is first waits in the midst of its apply until the other has ended.
    const refused = await Promise.race(runs.map(({ ended }) => ended));
    await rm(join(project.configurationDir, 'wait'));
    expect(refused.exitCode).toBe(6);
    const { error } = JSON.parse(refused.stdout);
    const codes = (await Promise.all(runs.map(({ ended }) => ended))).map(({ exitCode }) => exitCode);
    expect(codes.sort()).toEqual([0, 6]);
    const [made] = (await json('history', 'alpha', '--limit', '1')).result.records;
    expect(error.code).toBe('OperationLocked');
    expect(error.message).toContain(made.id);
  });

  it('are one that waits for the other where it is told to', async () => {
    await commitNew();
    await writeFile(join(project.configurationDir, 'wait'), '');
    const first = mhtctl.start(['deploy', 'alpha', '--yes']);
    await until('the slow resource to begin', () => exists('started'), A_MINUTE);
    const second = mhtctl.start(['deploy', 'alpha', '--yes', '--lock-timeout', '5m']);
    await until('the second to wait', () => second.said().includes('waiting for deploy'), A_MINUTE);
    await rm(join(project.configurationDir, 'wait'));
    expect((await first.ended).exitCode).toBe(0);
    expect((await second.ended).exitCode).toBe(0);
  });
});

describe('a record', () => {
  it('that cannot be written is kept here, fails the command, and is written before the next deployment', async () => {
    const content = await commitNew();
    await writeFile(join(project.configurationDir, 'wait'), '');
    const run = mhtctl.start(['deploy', 'alpha', '--yes', '--json']);
    await until('the slow resource to begin', () => exists('started'), A_MINUTE);
    // Something else is where the record belongs, and records are never overwritten.
    const started = [...(await objectsOf(mhtctl, 'small-state-alpha')).keys()].filter((key) =>
      key.endsWith('.started.json'),
    );
    const Key = (started.sort().at(-1) ?? '').replace('.started.json', '.json');
    await s3().send(new PutObjectCommand({ Bucket: 'small-state-alpha', Key, Body: '{' }));
    await rm(join(project.configurationDir, 'wait'));
    const { exitCode, stdout } = await run.ended;
    expect(exitCode).toBe(5);
    const { error } = JSON.parse(stdout);
    expect(error.code).toBe('RecordNotWritten');
    expect(error.nextSteps.join('\n')).toContain('/unsent/');
    // What was to be made is made.
    expect(await inputOfQuick()).toBe(`alpha ${content}`);

    await s3().send(new DeleteObjectCommand({ Bucket: 'small-state-alpha', Key }));
    const next = await mhtctl.run(['deploy', 'alpha', '--yes']);
    expect(next.exitCode).toBe(0);
    expect(next.stderr).toContain('which could not be recorded before');
    const [now, before] = (await json('history', 'alpha')).result.records;
    expect(now).toMatchObject({ status: 'no-changes' });
    expect(before).toMatchObject({ status: 'applied', finishedAt: expect.any(String) });
    expect(Key).toContain(before.id);
  });

  it('that is damaged hides no other, is named, and stops no deployment', async () => {
    await deployNew();
    const newest = await deployNew();
    const Key = `${STATE}.deployments/${newest.id}.json`;
    await s3().send(new PutObjectCommand({ Bucket: 'small-state-alpha', Key, Body: '{"format": 1' }));
    const history = (await json('history', 'alpha')).result;
    expect(history.unreadable).toMatchObject([{ object: `s3://small-state-alpha/${Key}` }]);
    expect(history.records.length).toBeGreaterThan(0);
    const shown = await json('history', 'alpha', '--show', newest.id);
    expect(shown).toMatchObject({ exitCode: 5, result: { error: { code: 'RecordUnreadable' } } });
    const deployed = await mhtctl.run(['deploy', 'alpha', '--yes']);
    expect(deployed.exitCode).toBe(0);
    expect(deployed.stderr).toContain(Key);
  });

  it('of that id which is not there is a usage error', async () => {
    const { exitCode, result } = await json('history', 'alpha', '--show', '20200101T000000Z-000000');
    expect(exitCode).toBe(2);
    expect(result.error.code).toBe('UnknownRecord');
  });
});

describe('unlock', () => {
  it('has nothing to do where nothing is locked', async () => {
    expect(await json('unlock', 'alpha')).toMatchObject({ exitCode: 0, result: { locks: [], removed: [] } });
    expect((await json('unlock', 'alpha', '--id', 'x')).exitCode).toBe(2);
  });
});

function exists(file: string): Promise<boolean> {
  return access(join(project.configurationDir, file)).then(
    () => true,
    () => false,
  );
}
