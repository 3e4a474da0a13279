import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  DeleteTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb';
import { HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { until } from '../../support/condition.js';
import { EmulatedAws } from '../../support/emulated-aws.js';
import { failureOf } from '../../support/failure.js';
import { PLAIN, TerraformProject } from '../../support/terraform-project.js';

/** What Terraform writes of the holder of a lock. */
const LOCK = {
  ID: '3f9a6a10-7d0c-9b0b-8f5e-0d2c1a5f4b77',
  Operation: 'OperationTypeApply',
  Info: '',
  Who: 'zoë@build-7',
  Version: '1.11.4',
  Created: '2026-01-01T12:00:00.123456789Z',
  Path: 'acme-state-staging/staging/terraform.tfstate',
};

describe('a state', () => {
  let aws: EmulatedAws;
  let project: TerraformProject;
  let s3: S3Client;
  let dynamodb: DynamoDBClient;
  const backend = () => project.staging.backend;
  const lockItem = async () =>
    (
      await dynamodb.send(
        new GetItemCommand({
          TableName: backend().lockTable,
          Key: { LockID: { S: `${backend().bucket}/${backend().key}` } },
          ConsistentRead: true,
        }),
      )
    ).Item;
  const lockFileIsThere = () =>
    s3.send(new HeadObjectCommand({ Bucket: backend().bucket, Key: `${backend().key}.tflock` })).then(
      () => true,
      () => false,
    );
  const planOf = (process = project.process()) =>
    process.terraform.plan(project.staging, { ...project.run(), out: join(project.root, 'plans', 'locked.tfplan') });
  /** A resource that says that it is being made and is made when it may be. */
  const configureSlow = async () => {
    const [started, release] = [join(project.root, `started-${Date.now()}`), join(project.root, `go-${Date.now()}`)];
    await project.configure(`${PLAIN}
resource "terraform_data" "slow" {
  depends_on = [terraform_data.this]
  provisioner "local-exec" {
    command = "touch '${started}'; while [ ! -e '${release}' ]; do sleep 0.05; done"
  }
}
`);
    return { hasStarted: () => existsSync(started), release: () => writeFileSync(release, '') };
  };

  beforeAll(async () => {
    aws = await EmulatedAws.start();
    s3 = new S3Client();
    dynamodb = new DynamoDBClient();
    project = await TerraformProject.create();
    await project.makeBackends();
    await project.process().terraform.initialise(project.staging);
  });

  afterAll(async () => {
    s3.destroy();
    dynamodb.destroy();
    await project.remove();
    await aws.stop();
  });

  beforeEach(async () => {
    await aws.reset();
    await project.makeBackends();
    await project.configure(PLAIN);
  });

  describe('that is locked (exit 6), with who holds it and the id of the lock', () => {
    const expectLocked = async (promise: Promise<unknown>, who: string, id: string) => {
      const failure = await failureOf(promise);
      expect(failure).toMatchObject({ code: 'StateLocked', exitCode: 6 });
      expect(failure.message).toContain(who);
      expect(failure.message).toContain(id);
      expect(failure.nextSteps.join('\n')).toContain(`--id ${id}`);
    };

    it('in the lock table, is not planned; the lock file is given back', async () => {
      await dynamodb.send(
        new PutItemCommand({
          TableName: backend().lockTable,
          Item: { LockID: { S: LOCK.Path }, Info: { S: JSON.stringify(LOCK) } },
        }),
      );
      await expectLocked(planOf(), LOCK.Who, LOCK.ID);
      expect(await lockFileIsThere()).toBe(false);
    });

    it('by a lock file, is not planned; the lock table is left alone', async () => {
      await s3.send(
        new PutObjectCommand({
          Bucket: backend().bucket,
          Key: `${backend().key}.tflock`,
          Body: JSON.stringify(LOCK),
        }),
      );
      await expectLocked(planOf(), LOCK.Who, LOCK.ID);
      expect(await lockItem()).toBeUndefined();
    });

    it('by an apply that runs, is neither planned nor applied, and the apply goes on', async () => {
      const earlier = await project.plan(project.staging);
      const slow = await configureSlow();
      const holder = project.deploy(project.staging);
      await until('the slow resource is being made', slow.hasStarted);
      const { ID, Who } = JSON.parse((await lockItem())?.['Info']?.S ?? '{}') as { ID: string; Who: string };
      await expectLocked(planOf(), Who, ID);
      const { terraform } = project.process();
      await expectLocked(terraform.apply(project.staging, { ...project.run(), planFile: earlier }), Who, ID);
      slow.release();
      await holder;
      expect(await lockItem()).toBeUndefined();
      expect((await project.state(project.staging))?.instances).toHaveLength(2);
    });
  });

  it('that cannot be saved, because AWS was lost during the apply, is kept for its environment, and can be pushed', async () => {
    await project.deploy(project.staging);
    const before = await project.state(project.staging);
    const slow = await configureSlow();
    const { terraform } = project.process();
    const planFile = await project.plan(project.staging);
    const applying = failureOf(terraform.apply(project.staging, { ...project.run(), planFile }));
    await until('the slow resource is being made', slow.hasStarted);
    await aws.reset();
    slow.release();
    expect(await applying).toMatchObject({ code: 'TerraformFailed', exitCode: 5 });
    expect(existsSync(join(project.configurationDir, 'errored.tfstate'))).toBe(false);
    const { own, stray } = await terraform.unsavedStates(project.staging, before?.lineage);
    expect(own).toMatchObject({ lineage: before?.lineage });
    expect(own?.serial).toBeGreaterThan(before?.serial ?? 0);
    expect(stray).toBeNull();
    await project.makeBackends();
    expect(await terraform.passThrough(project.staging, ['state', 'push', own?.file ?? ''])).toBe(0);
    expect((await project.state(project.staging))?.instances.length).toBeGreaterThan(0);
    expect(await terraform.unsavedStates(project.staging, undefined)).toEqual({ own: null, stray: null });
  });

  it('without its lock table is a failure of Terraform (exit 5), not a lock that somebody holds', async () => {
    await dynamodb.send(new UpdateTableCommand({ TableName: backend().lockTable, DeletionProtectionEnabled: false }));
    await dynamodb.send(new DeleteTableCommand({ TableName: backend().lockTable }));
    const failure = await failureOf(planOf());
    expect(failure).toMatchObject({ code: 'TerraformFailed', exitCode: 5 });
    expect(failure.message).toContain('ResourceNotFoundException');
  });

  describe('whose apply is interrupted', () => {
    it('is saved and unlocked: Terraform gets one interrupt however many come, and can go on later', async () => {
      const slow = await configureSlow();
      const process = project.process();
      const planFile = await project.plan(project.staging, process);
      const run = project.run();
      const log = () => readFileSync(run.logFile, 'utf8');
      const applying = failureOf(process.terraform.apply(project.staging, { ...run, planFile }));
      await until('the slow resource is being made', slow.hasStarted);
      process.signals.emit('SIGINT', 'SIGINT');
      // Two signals at once would reach a process as one.
      await until('Terraform has heard the first', () => log().includes('Interrupt received'));
      process.signals.emit('SIGINT', 'SIGINT');
      process.signals.emit('SIGTERM', 'SIGTERM');
      const failure = await applying;
      expect(failure).toMatchObject({ code: 'Interrupted', outcome: 'interrupted', exitCode: 130 });
      expect(failure.nextSteps.join('\n')).toContain(run.logFile);

      expect(log().split('Interrupt received').length - 1).toBe(1);
      expect(log()).not.toContain('Two interrupts received');
      const state = await project.state(project.staging);
      expect(state?.instances.map(({ address }) => address)).toContain('terraform_data.this');
      expect(await lockItem()).toBeUndefined();
      expect(await lockFileIsThere()).toBe(false);

      slow.release();
      await project.deploy(project.staging);
      expect((await project.state(project.staging))?.instances).toHaveLength(2);
    });

    it('before it began is untouched', async () => {
      const planFile = await project.plan(project.staging);
      const { terraform, signals } = project.process();
      await terraform.version();
      signals.emit('SIGTERM', 'SIGTERM');
      const failure = await failureOf(terraform.apply(project.staging, { ...project.run(), planFile }));
      expect(failure).toMatchObject({ code: 'Interrupted', exitCode: 130 });
      expect(await project.state(project.staging)).toBeNull();
    });
  });
});
