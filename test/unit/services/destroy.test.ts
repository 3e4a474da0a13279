import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Binding } from '../../../src/domain/environment.js';
import { confirmDestroy } from '../../../src/services/confirm-destroy.js';
import { executeDestroy } from '../../../src/services/execute-destroy.js';
import { prepareDestroy } from '../../../src/services/prepare-destroy.js';
import { bindingOf, PRODUCTION, STAGING } from '../../fakes/bindings.js';
import { failureOf } from '../../fakes/failure.js';
import { changeOf, planOf } from '../../fakes/plans.js';
import { fakePorts, toolFailure } from '../../fakes/ports.js';
import { FakePrompter } from '../../fakes/prompter.js';
import { stateOf } from '../../fakes/states.js';

const deleted = (address: string, before = {}) => changeOf(address, { actions: ['delete'], before, after: null });
const PLAN = planOf([
  deleted('aws_sqs_queue.this'),
  deleted('aws_s3_bucket.data', { bucket: 'data', force_destroy: false }),
]);

let ports: ReturnType<typeof fakePorts>;
beforeEach(() => {
  ports = fakePorts();
  ports.terraform.planToShow = PLAN;
  ports.terraform.applying = () => {
    ports.stateStore.state = stateOf({ serial: 8, instances: [] });
  };
});
const prepare = (binding: Binding = STAGING) => prepareDestroy(ports, { binding, hold: { waitSeconds: 0 } });
const destroy = async () => executeDestroy(ports, (await prepare()).prepared);

describe('a destruction, before it is confirmed', () => {
  it('of a protected environment is refused by policy, before anything is asked', async () => {
    const failure = await failureOf(() => prepare(PRODUCTION));
    expect(failure).toMatchObject({ code: 'DestroyNotAllowedByPolicy', exitCode: 3 });
    expect(failure.nextSteps[0]).toContain('destroyable = true');
    expect(ports.journal).toEqual([]);
  });

  it('of a protected environment is planned where policy allows it', async () => {
    const binding = bindingOf('staging', { policy: { protected: true, destroyable: true } });
    expect((await prepare(binding)).obstacles).toEqual([]);
  });

  it('plans to destroy, under the lock, and changes nothing', async () => {
    const { prepared, obstacles } = await prepare();
    expect(ports.terraform.purposes).toEqual([{ kind: 'destroy' }]);
    expect(ports.operationLock.held).toMatchObject({ operation: 'destroy', id: prepared.id });
    expect(obstacles).toEqual([]);
    expect(ports.terraform.applied).toEqual([]);
  });

  it('finds everything that is in its way, at once', async () => {
    ports.bucketContents.counts.set('data', 12);
    ports.terraform.planToShow = planOf([
      ...PLAN.changes,
      deleted('aws_lb.this', { enable_deletion_protection: true }),
    ]);
    const destruction = await prepare();
    const failure = await failureOf(() => confirmDestroy(ports, destruction, { confirm: 'staging' }));
    expect(failure).toMatchObject({ code: 'DestroyBlocked', exitCode: 3 });
    expect(failure.message).toContain('aws_lb.this is protected from deletion');
    expect(failure.message).toContain('the bucket data is not empty (12 objects and versions)');
    expect(failure.nextSteps).toEqual([
      'see whether it is still wanted: aws s3 ls s3://data --recursive --summarize',
      expect.stringContaining('deletion_protection = false in /project/terraform/terraform.tfvars.staging'),
      'then again: mhtctl destroy staging',
    ]);
  });

  it('lets Terraform empty a bucket that it may empty', async () => {
    ports.bucketContents.counts.set('data', 12);
    ports.terraform.planToShow = planOf([deleted('aws_s3_bucket.data', { bucket: 'data', force_destroy: true })]);
    const { obstacles, buckets } = await prepare();
    expect(obstacles).toEqual([]);
    expect(buckets).toEqual([expect.objectContaining({ bucket: 'data', contents: { versions: 12, more: false } })]);
  });

  it('does not go on where a bucket could not be looked into, and lets go of the lock', async () => {
    ports.bucketContents.failure = toolFailure('AWS denied s3:ListBucketVersions');
    expect(await failureOf(() => prepare())).toMatchObject({ exitCode: 5 });
    expect(ports.operationLock.held).toBeNull();
    expect([...ports.workspace.files.keys()].filter((file) => file.endsWith('.tfplan'))).toEqual([]);
  });

  it('is confirmed by the typed name alone, of whatever environment', async () => {
    const destruction = await prepare();
    const missing = await failureOf(() => confirmDestroy(ports, destruction, { confirm: undefined }));
    expect(missing).toMatchObject({
      code: 'ConfirmationMissing',
      nextSteps: ['mhtctl destroy staging --confirm staging'],
    });
    expect(await failureOf(() => confirmDestroy(ports, destruction, { confirm: 'production' }))).toMatchObject({
      code: 'Declined',
    });
    const prompter = new FakePrompter('staging');
    await confirmDestroy({ ...ports, prompter }, destruction, { confirm: undefined });
    expect(prompter.asked).toEqual(['Destroy everything of staging? Type its name to confirm:']);
  });

  it('asks nothing where there is nothing to destroy', async () => {
    ports.terraform.hasChanges = false;
    await confirmDestroy(ports, await prepare(), { confirm: undefined });
  });
});

describe('a destruction, once it is confirmed', () => {
  it('backs the state up, destroys, records, and then asks what is left', async () => {
    const { backup, record, leftovers } = await destroy();
    const order = ['stateArchive.keep', 'ledger.append started', 'terraform.apply', 'ledger.append applied'];
    expect(ports.journal.filter((call) => order.includes(call))).toEqual(order);
    expect(backup).toMatchObject({ id: record?.id, serial: 7 });
    expect(record).toMatchObject({ operation: 'destroy', status: 'applied', stateAfter: { serial: 8 } });
    expect(leftovers).toEqual([]);
  });

  it('touches nothing when the state cannot be backed up', async () => {
    ports.stateArchive.keepFailure = toolFailure('denied');
    await failureOf(() => destroy());
    expect(ports.terraform.applied).toEqual([]);
  });

  it('that failed in the middle is recorded, and goes on where it stopped', async () => {
    ports.terraform.failures.apply = toolFailure('BucketNotEmpty');
    const failure = await failureOf(() => destroy());
    expect(failure.nextSteps).toContain('go on where it stopped: mhtctl destroy staging');
    expect(failure.message).toContain('the destroy is recorded as');
    expect(ports.ledger.records.at(-1)).toMatchObject({ operation: 'destroy', status: 'failed' });
  });

  it('that was interrupted is recorded, and can be looked after again', async () => {
    ports.terraform.applying = () => ports.interruption.interrupt();
    const failure = await failureOf(() => destroy());
    expect(failure).toMatchObject({ exitCode: 130, nextSteps: ['look again: mhtctl destroy staging'] });
    expect(ports.ledger.records.at(-1)).toMatchObject({ status: 'interrupted' });
  });

  it('only looks what is left where there is nothing to destroy any more', async () => {
    ports.terraform.hasChanges = false;
    expect(await destroy()).toEqual({ backup: null, record: null, leftovers: [] });
    expect(ports.ledger.records).toEqual([]);
  });

  it('says that nobody has looked where AWS does not answer', async () => {
    const { prepared } = await prepare();
    ports.identities.failure = toolFailure('no network');
    expect((await executeDestroy(ports, prepared)).leftovers).toBeNull();
    expect(ports.progress.heard('Verify', 'note').join()).toContain('no network');
  });
});
