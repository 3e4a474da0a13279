import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DeleteObjectCommand, PutBucketVersioningCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { clientSettings, objectsOf, recordsIn } from './support/aws.js';
import { CommandLine } from './support/command-line.js';
import { smallProject, type TemporaryProject, variablesOf } from './support/project.js';

/** The state of an environment: kept, listed, lost, spoiled and brought back, by the built command line and Terraform. */
let project: TemporaryProject;
let mhtctl: CommandLine;
let s3: S3Client;
const STATE = { Bucket: 'small-state-alpha', Key: 'alpha/terraform.tfstate' };

beforeAll(async () => {
  project = await smallProject();
  mhtctl = new CommandLine(project);
  await mhtctl.startEmulator();
  s3 = new S3Client({ ...clientSettings(mhtctl), forcePathStyle: true });
  for (const name of ['alpha', 'omega']) {
    await mhtctl.succeed(['bootstrap', name, '--confirm', name]);
    await mhtctl.succeed(['deploy', name, '--confirm', name]);
  }
});
afterAll(async () => {
  s3.destroy();
  await mhtctl.stopEmulator();
  await project.dispose();
});

const json = (...args: readonly string[]) => mhtctl.json(...args);
const refused = (...args: readonly string[]) => mhtctl.refusal(...args);
const stateText = async () => (await objectsOf(mhtctl, STATE.Bucket)).get(STATE.Key) ?? '';
const deployContent = async (content: string) => {
  await project.write('terraform.tfvars.alpha', variablesOf('alpha', `content = "${content}"\n`));
  return json('deploy', 'alpha', '--yes', '--allow-destroy', 'terraform_data.slow');
};

describe('a state', () => {
  it('is kept in a file of its owner alone and beside the state, byte by byte', async () => {
    const text = await stateText();
    const backup = await json('state', 'backup', 'alpha');
    expect(await readFile(backup.file, 'utf8')).toBe(text);
    expect((await stat(backup.file)).mode & 0o777).toBe(0o600);
    expect(backup.digest).toBe(`sha256:${createHash('sha256').update(text).digest('hex')}`);
    const objects = await objectsOf(mhtctl, STATE.Bucket);
    expect(objects.get(backup.object.replace(`s3://${STATE.Bucket}/`, ''))).toBe(text);
    const file = join(project.root, 'mine.tfstate');
    expect((await json('state', 'backup', 'alpha', '--output', file)).file).toBe(file);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await refused('state', 'backup', 'alpha', '--output', '/no/such/directory/file')).toMatchObject({
      code: 'DirectoryMissing',
      exitCode: 2,
    });
  });

  it('is listed with the deployment that wrote it, and names what it knows', async () => {
    const { deployment } = await deployContent('second');
    const { versions, versioned } = await json('state', 'list', 'alpha');
    expect(versioned).toBe(true);
    expect(versions[0]).toMatchObject({ current: true, resources: 2, error: null, writtenBy: { id: deployment.id } });
    const { resources } = await json('state', 'names', 'alpha');
    expect(resources.map(({ address }: { address: string }) => address)).toEqual([
      'terraform_data.quick',
      'terraform_data.slow',
    ]);
  });

  it('goes back to an earlier version with a new serial, and back again by the backup that was made', async () => {
    const earlier = (await json('state', 'list', 'alpha')).versions[0].versionId;
    await deployContent('third');
    const before = JSON.parse(await stateText());
    expect((await mhtctl.run(['state', 'restore', 'alpha', earlier])).exitCode).toBe(4);
    expect(await json('state', 'restore', 'alpha', earlier, '--dry-run')).toMatchObject({ outcome: 'dry-run' });
    expect(JSON.parse(await stateText())).toEqual(before);

    const restored = await json('state', 'restore', 'alpha', earlier, '--yes');
    expect(restored).toMatchObject({ outcome: 'restored', changes: { gained: [], lost: [] } });
    expect(restored.changes.repointed).toEqual([expect.objectContaining({ address: 'terraform_data.slow' })]);
    const after = JSON.parse(await stateText());
    expect(after.lineage).toBe(before.lineage);
    expect(after.serial).toBe(restored.serial);
    expect(after.serial).toBeGreaterThan(before.serial);
    expect((await json('plan', 'alpha')).summary).toMatchObject({ replace: 1 });

    await mhtctl.succeed(['state', 'restore', 'alpha', restored.backup.id, '--yes']);
    expect((await json('plan', 'alpha')).summary).toEqual({ create: 0, update: 0, delete: 0, replace: 0 });
    expect(await json('state', 'restore', 'alpha', restored.backup.id)).toMatchObject({ outcome: 'unchanged' });
    const records = recordsIn(await objectsOf(mhtctl, STATE.Bucket));
    expect(records.at(-1)).toMatchObject({ operation: 'state-restore', status: 'done' });
  });

  it.each([
    { what: 'that was deleted', spoil: () => s3.send(new DeleteObjectCommand(STATE)), code: 'StateLost' },
    {
      what: 'that is garbage',
      spoil: () => s3.send(new PutObjectCommand({ ...STATE, Body: '{"version": 4, "ser' })),
      code: 'StateUnreadable',
    },
  ])('$what stops a deployment, whose advice brings it back', async ({ spoil, code }) => {
    const before = JSON.parse(await stateText());
    await spoil();
    const error = await refused('deploy', 'alpha', '--yes');
    expect(error.code).toBe(code);
    expect(error.nextSteps.join('\n')).toContain('mhtctl state list alpha');
    expect(error.nextSteps.join('\n')).toContain('mhtctl state restore alpha VERSION');
    const { versions } = await json('state', 'list', 'alpha');
    const whole = versions.find(({ serial }: { serial: number | null }) => serial === before.serial);
    expect(await json('state', 'restore', 'alpha', whole.versionId, '--yes')).toMatchObject({ outcome: 'restored' });
    const after = JSON.parse(await stateText());
    expect({ ...after, serial: 0 }).toEqual({ ...before, serial: 0 });
    expect(after.serial).toBeGreaterThan(before.serial);
    expect(await json('deploy', 'alpha', '--yes')).toMatchObject({ outcome: 'no-changes' });
  });

  it('of another environment, and what is not there, is refused', async () => {
    const { file } = await json('state', 'backup', 'omega');
    const before = await stateText();
    expect(await refused('state', 'restore', 'alpha', file, '--yes')).toMatchObject({
      code: 'LineageDiffers',
      exitCode: 3,
      nextSteps: ['list those that are: mhtctl state list alpha'],
    });
    expect(await refused('state', 'restore', 'alpha', 'no-such-version', '--yes')).toMatchObject({
      code: 'VersionUnknown',
      exitCode: 3,
    });
    expect(await refused('state', 'restore', 'alpha', './none.tfstate', '--yes')).toMatchObject({
      code: 'FileMissing',
      exitCode: 2,
    });
    expect(await stateText()).toBe(before);
  });

  it('of a protected environment goes back only by its name', async () => {
    const { file } = await json('state', 'backup', 'omega');
    const spoilt = JSON.parse(await readFile(file, 'utf8'));
    const other = join(project.root, 'empty.tfstate');
    await project.write('../empty.tfstate', JSON.stringify({ ...spoilt, resources: [], outputs: {} }));
    expect(await refused('state', 'restore', 'omega', other, '--yes')).toMatchObject({
      code: 'ConfirmationMissing',
      nextSteps: [`mhtctl state restore omega ${other} --confirm omega`],
    });
    const { exitCode, stdout } = await mhtctl.atTerminal(
      ['state', 'restore', 'omega', other],
      [['Type its name to confirm', 'omega\r']],
    );
    expect(stdout).toContain('2 would be known to no state any more');
    expect(exitCode).toBe(0);
    await mhtctl.succeed(['state', 'restore', 'omega', file, '--confirm', 'omega']);
    expect(await json('deploy', 'omega')).toMatchObject({ outcome: 'no-changes' });
  });

  it('in a bucket that keeps no versions is listed with the way to mend it', async () => {
    const versioning = (Status: 'Enabled' | 'Suspended') =>
      s3.send(new PutBucketVersioningCommand({ Bucket: STATE.Bucket, VersioningConfiguration: { Status } }));
    await versioning('Suspended');
    expect(await mhtctl.succeed(['state', 'list', 'alpha'])).toContain('mhtctl bootstrap alpha');
    await versioning('Enabled');
  });
});
