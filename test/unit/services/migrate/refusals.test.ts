import { describe, expect, it } from '@jest/globals';
import type { Binding } from '../../../../src/domain/environment.js';
import { failureOf } from '../../../support/failure.js';
import { migrate, NEW_OBJECT, OLD, OLD_FILE, OLD_OBJECT, stateText, type World, world } from './world.js';

const QUEUE = 'aws_sqs_queue.jobs';

/** What a migration of that world fails with; that it changed nothing is checked in passing. */
async function refusal(ports: World, options: Parameters<typeof migrate>[1] = {}) {
  const before = JSON.stringify([...ports.stateBucket.objects]);
  const failure = await failureOf(migrate(ports, options));
  expect(JSON.stringify([...ports.stateBucket.objects])).toBe(before);
  expect(failure.nextSteps).not.toEqual([]);
  return failure;
}

describe('a migration is refused', () => {
  it('of a state that is not there, or has nothing in it', async () => {
    const ports = world();
    ports.stateBucket.objects.delete(OLD_OBJECT);
    expect(await refusal(ports)).toMatchObject({ code: 'FormerStateMissing', outcome: 'usage' });
    const empty = JSON.stringify({ version: 4, serial: 1, lineage: 'x', resources: [] });
    ports.stateBucket.objects.set(OLD_OBJECT, empty);
    expect(await refusal(ports)).toMatchObject({ code: 'FormerStateMissing', outcome: 'usage' });
  });

  it('of a state of another format, or of a newer Terraform', async () => {
    const ports = world();
    ports.stateBucket.objects.set(OLD_OBJECT, JSON.stringify({ version: 3 }));
    expect(await refusal(ports)).toMatchObject({ code: 'StateVersionUnknown', outcome: 'toolFailed' });
    ports.stateBucket.objects.set(OLD_OBJECT, stateText(QUEUE, { terraform_version: '1.99.0' }));
    const failure = await refusal(ports);
    expect(failure).toMatchObject({ code: 'TerraformTooOld', outcome: 'refused' });
    expect(failure.message).toContain('written by Terraform 1.99.0; this is Terraform 1.11.4');
  });

  it('onto the same object, and from under another environment', async () => {
    const ports = world();
    for (const name of ['staging', 'production']) {
      const { backend } = await ports.catalog.bind(name);
      ports.catalog.backends.set(OLD_FILE, backend);
      ports.stateBucket.objects.set(`${backend.bucket}/${backend.key}`, stateText(QUEUE));
      expect(await refusal(ports)).toMatchObject({ code: 'SameBackend', outcome: 'usage' });
    }
  });

  it('over a state that is there', async () => {
    const ports = world();
    ports.stateBucket.objects.set(NEW_OBJECT, stateText(QUEUE, { lineage: 'other' }));
    const failure = await refusal(ports);
    expect(failure).toMatchObject({ code: 'BackendNotEmpty', outcome: 'refused' });
    expect(failure.message).toContain('lineage other');
  });

  it('into a backend that is not set up', async () => {
    const ports = world();
    const { bucket } = ports.stateStore.facts;
    ports.stateStore.facts = { ...ports.stateStore.facts, bucket: { ...bucket, exists: false } };
    const failure = await refusal(ports);
    expect(failure).toMatchObject({ code: 'BackendNotReady', outcome: 'refused' });
    expect(failure.nextSteps).toEqual(['mhtctl bootstrap staging']);
  });

  it('while Terraform works on the old state', async () => {
    const ports = world();
    const lock = {
      id: 'abc',
      operation: 'OperationTypeApply',
      who: 'bob@pc',
      created: '10:00',
      kept: 'table',
    } as const;
    ports.terraformLocks.held = async ({ backend }) => (backend.bucket === OLD.bucket ? [lock] : []);
    const failure = await refusal(ports);
    expect(failure).toMatchObject({ code: 'StateLocked', outcome: 'locked' });
    expect(failure.message).toContain('bob@pc since 10:00 (lock abc)');
  });

  it('while Terraform works on the old state file', async () => {
    const ports = world();
    ports.workspace.files.set('/old/terraform.tfstate', stateText(QUEUE));
    ports.workspace.files.set('/old/.terraform.tfstate.lock.info', '{"ID":"abc","Who":"bob@pc","Created":"10:00"}');
    const failure = await refusal(ports, { source: { kind: 'state', file: '/old/terraform.tfstate' } });
    expect(failure).toMatchObject({ code: 'StateLocked', outcome: 'locked' });
  });

  it('with credentials of another account, and into another region', async () => {
    const ports = world();
    ports.stateBucket.objects.set(OLD_OBJECT, stateText(QUEUE).replaceAll('111111111111', '999999999999'));
    expect(await refusal(ports)).toMatchObject({ code: 'WrongAccount', outcome: 'wrongIdentity' });
    ports.stateBucket.objects.set(OLD_OBJECT, stateText(QUEUE).replaceAll('us-east-1', 'eu-west-1'));
    expect(await refusal(ports)).toMatchObject({ code: 'WrongRegion', outcome: 'wrongIdentity' });
  });

  it('for an environment that the project does not have', async () => {
    expect((await failureOf(migrate(world(), { as: 'prod' }))).code).toBe('UnknownEnvironment');
  });

  it('while somebody else works on the environment', async () => {
    const ports = world();
    ports.operationLock.held = {
      id: 'other',
      operation: 'deploy',
      actor: 'arn',
      origin: 'bob@pc',
      commit: null,
      since: '2026-11-23T09:59:00.000Z',
      expires: '2026-11-23T10:09:00.000Z',
    };
    expect(await refusal(ports)).toMatchObject({ code: 'OperationLocked', outcome: 'locked' });
  });

  it('when the old state is changed while it is copied', async () => {
    const ports = world();
    ports.terraform.pushing = ((push) => (binding, text) => {
      ports.stateBucket.objects.set(OLD_OBJECT, stateText('aws_sqs_queue.more', { serial: 10 }));
      return push(binding, text);
    })(ports.terraform.pushing);
    const failure = await failureOf(migrate(ports));
    expect(failure).toMatchObject({ code: 'FormerStateChanged', outcome: 'refused' });
    expect(failure.nextSteps[0]).toContain('mhtctl migrate --undo');
    expect(ports.stateBucket.objects.has(`${OLD_OBJECT}.migrated.json`)).toBe(false);
  });

  it('when what was pushed is not what arrived', async () => {
    const ports = world();
    ports.terraform.pushing = () => {
      ports.stateBucket.objects.set(NEW_OBJECT, stateText('aws_sqs_queue.less', { lineage: 'copy' }));
    };
    expect(await failureOf(migrate(ports))).toMatchObject({ code: 'CopyDiffers', outcome: 'toolFailed' });
  });

  it('by a plan that is not any more what was rehearsed', async () => {
    const ports = world();
    const { showPlan } = ports.terraform;
    ports.terraform.showPlan = (async (...args: Parameters<typeof showPlan>) => {
      const [binding] = args as unknown as [Binding];
      const plan = await showPlan.call(ports.terraform, ...args);
      return binding.dataDir.includes('rehearsal')
        ? plan
        : { ...plan, changes: plan.changes.map((change) => ({ ...change, actions: ['update'] as const })) };
    }) as typeof showPlan;
    const failure = await failureOf(migrate(ports));
    expect(failure).toMatchObject({ code: 'PlanNotEmpty', outcome: 'refused' });
    expect(ports.terraform.applied).toEqual([]);
  });
});
