import { beforeEach, describe, expect, it } from '@jest/globals';
import { interrupted, MhtctlError } from '../../../src/domain/errors.js';
import type { LedgerRecord } from '../../../src/domain/ledger-record.js';
import type { PreparedDeployment } from '../../../src/domain/prepared-deployment.js';
import { executeDeployment } from '../../../src/services/execute-deployment.js';
import { bindingOf, STAGING } from '../../fakes/bindings.js';
import { failureOf } from '../../fakes/failure.js';
import { targetGroupOf } from '../../fakes/health-ports.js';
import { changeOf, LINEAGE, planOf, preparedOf } from '../../fakes/plans.js';
import { fakePorts, toolFailure } from '../../fakes/ports.js';
import { stateOf, stateWithOutputs } from '../../fakes/states.js';

let ports: ReturnType<typeof fakePorts>;

beforeEach(() => {
  ports = fakePorts();
  ports.stateStore.state = { ...stateWithOutputs({ api_base_url: 'https://staging.api.example.com' }), serial: 8 };
  ports.targetHealth.answer([targetGroupOf('healthy')]);
});

function execute(parts: Partial<PreparedDeployment> = {}, overrides: LedgerRecord['overrides'] = []) {
  const prepared = preparedOf({ state: stateOf(), ...parts });
  ports.workspace.files.set(prepared.planFile, 'plan');
  return executeDeployment(ports, prepared, { overrides });
}

const statuses = () => ports.ledger.records.map(({ status }) => status);
const TERRAFORM_FAILED = new MhtctlError({
  code: 'TerraformFailed',
  outcome: 'toolFailed',
  message: 'creating SQS Queue: AccessDenied',
  nextSteps: ['read the whole log: less apply.jsonl'],
});

describe('a deployment that is carried out', () => {
  it('applies exactly the plan that was confirmed, once', async () => {
    await execute();
    expect(ports.terraform.applied).toEqual([preparedOf().planFile]);
  });

  it('is recorded before its apply and at its end', async () => {
    await execute();
    expect(ports.progress.titles).toEqual(['Apply', 'Health', 'Separation', 'Record']);
    const shown = ['ledger.append started', 'terraform.apply', 'ledger.append applied', 'workspace.remove'];
    const reading = /^(stateStore\.read|identities\.)/;
    expect(ports.journal.filter((call) => !reading.test(call))).toEqual(shown);
  });

  it('leaves two records that say what happened', async () => {
    ports.terraform.applying = () => ports.clock.advance(90_000);
    const { record, health, state } = await execute({}, [{ flag: '--allow-destroy', value: 'aws_sqs_queue.old' }]);
    const common = {
      format: 1,
      id: '20261123T100000Z-0a1b2c',
      environment: 'staging',
      commit: '0123456789abcdef0123456789abcdef01234567',
      dirty: false,
      actor: 'arn:aws:iam::111111111111:user/ada',
      startedAt: '2026-11-23T10:00:00.000Z',
      planDigest: 'sha256:1',
      summary: { create: 1, update: 0, delete: 0, replace: 0 },
      overrides: [{ flag: '--allow-destroy', value: 'aws_sqs_queue.old' }],
      operation: 'deploy',
      branch: 'main',
      origin: 'ada@laptop',
      inputs: preparedOf().inputs,
      cost: null,
      about: {},
      stateBefore: { lineage: LINEAGE, serial: 7, versionId: 'v0' },
      error: null,
    };
    expect(ports.ledger.records).toEqual([
      { ...common, status: 'started', finishedAt: null, stateAfter: null, health: null, separation: null },
      {
        ...common,
        status: 'applied',
        // Production was never deployed: nothing can be said of it.
        separation: 'unproven',
        finishedAt: '2026-11-23T10:01:30.000Z',
        stateAfter: { lineage: LINEAGE, serial: 8, versionId: 'v1' },
        health,
      },
    ]);
    expect(record).toEqual(ports.ledger.records[1]);
    expect(health.status).toBe('healthy');
    expect(state?.serial).toBe(8);
  });

  it.each([
    [null, { commit: null, dirty: false }],
    [
      { hash: 'f', branch: undefined, dirtyFiles: ['a'] },
      { commit: 'f', dirty: true },
    ],
  ])('records the commit %j', async (commit, recorded) => {
    const { record } = await execute({ commit });
    expect(record).toMatchObject(recorded);
  });

  it('says how far it is: done of all, what is waited for and for how long', async () => {
    const changes = [changeOf('a'), changeOf('b', { actions: ['delete', 'create'] })];
    ports.terraform.applying = ({ onEvent }) => {
      onEvent({ kind: 'started', address: 'b', action: 'delete' });
      ports.clock.advance(30_000);
      onEvent({ kind: 'started', address: 'a', action: 'create' });
      onEvent({ kind: 'finished', address: 'a', action: 'create', elapsedSeconds: 4 });
    };
    await execute({ plan: planOf(changes) });
    expect(ports.progress.heard('Apply', 'now')).toEqual([
      '0 of 3, waiting for b (0 s)',
      '0 of 3, waiting for b (30 s) and 1 more',
      '1 of 3, waiting for b (30 s)',
    ]);
    expect(ports.progress.heard('Apply', 'event')).toEqual(['1 of 3: a (create, 4 s)']);
    expect(ports.progress.heard('Apply', 'result')).toEqual(['1 of 3 done']);
  });

  it('that finds nothing to change is recorded without an apply', async () => {
    const { record } = await execute({ hasChanges: false, plan: planOf([]) });
    expect(record).toMatchObject({ status: 'no-changes', stateAfter: { serial: 7 }, finishedAt: expect.any(String) });
    expect(statuses()).toEqual(['no-changes']);
    expect(ports.journal).not.toContain('terraform.apply');
    expect(ports.progress.titles).toEqual(['Health', 'Record']);
  });

  it('that is not healthy in time is recorded as applied and unhealthy', async () => {
    ports.httpProbe.answer('unhealthy');
    const { record, health } = await execute();
    expect(health.status).toBe('unhealthy');
    expect(record).toMatchObject({ status: 'applied', health: { status: 'unhealthy' } });
  });

  it('whose health nobody can ask for is not recorded as healthy', async () => {
    ports.stateStore.state = stateOf();
    ports.targetHealth.answer([]);
    expect((await execute()).record.health?.status).toBe('unknown');
    expect(ports.progress.heard('Health', 'result')).toEqual(['not fully checked']);
  });
});

describe('the saved plan, which holds secrets,', () => {
  it.each<[string, () => void]>([
    ['a success', () => undefined],
    ['a failed apply', () => Object.assign(ports.terraform.failures, { apply: TERRAFORM_FAILED })],
    ['a ledger that fails before', () => Object.assign(ports.ledger, { refuse: () => toolFailure('denied') })],
    ['an interrupt', () => ports.interruption.interrupt()],
  ])('is removed after %s', async (_, arrange) => {
    arrange();
    await execute().catch(() => undefined);
    expect(ports.workspace.files.has(preparedOf().planFile)).toBe(false);
  });
});

describe('an apply that fails', () => {
  beforeEach(() => {
    ports.terraform.failures = { apply: TERRAFORM_FAILED };
  });

  it('is recorded with its error and the state it left', async () => {
    await failureOf(execute);
    expect(statuses()).toEqual(['started', 'failed']);
    expect(ports.ledger.records[1]).toMatchObject({
      error: 'creating SQS Queue: AccessDenied',
      stateAfter: { serial: 8 },
      finishedAt: expect.any(String),
      health: null,
    });
  });

  it('says whether the state is saved, and how to go on', async () => {
    const failure = await failureOf(execute);
    expect(failure).toMatchObject({
      code: 'TerraformFailed',
      exitCode: 5,
      nextSteps: ['read the whole log: less apply.jsonl', expect.stringContaining('mhtctl deploy staging')],
    });
    expect(failure.message).toContain('creating SQS Queue: AccessDenied');
    expect(failure.message).toContain('the state is saved (serial 8, 1 resources)');
    expect(failure.message).toContain('20261123T100000Z-0a1b2c');
  });

  it('awaits no health', async () => {
    await failureOf(execute);
    expect(ports.progress.titles).toEqual(['Apply']);
    expect(ports.httpProbe.urls).toEqual([]);
  });

  it('is told as it is although the state cannot be read', async () => {
    ports.stateStore.readFailure = toolFailure('no network');
    expect(await failureOf(execute)).toMatchObject({ code: 'TerraformFailed' });
    expect(ports.ledger.records[1]).toMatchObject({ status: 'failed', stateAfter: null });
  });

  it('keeps the code of what held it up', async () => {
    ports.terraform.failures = {
      apply: new MhtctlError({ code: 'StateLocked', outcome: 'locked', message: 'locked' }),
    };
    expect(await failureOf(execute)).toMatchObject({ code: 'StateLocked', exitCode: 6 });
  });

  it('names the resources that failed as they fail', async () => {
    ports.terraform.failures = {};
    ports.terraform.applying = ({ onEvent }) => {
      onEvent({ kind: 'failed', address: 'aws_sqs_queue.this', action: 'create' });
      throw TERRAFORM_FAILED;
    };
    await failureOf(execute);
    expect(ports.progress.heard('Apply', 'note')).toEqual(['failed: aws_sqs_queue.this']);
  });

  it('tells that the state could not be read, not that there is none', async () => {
    ports.stateStore.readFailure = toolFailure('no network');
    const { message } = await failureOf(execute);
    expect(message).toContain('the state could not be read: no network');
    expect(message).not.toContain('no state was written');
  });

  it('tells that there is no state where there is none', async () => {
    ports.stateStore.state = null;
    expect((await failureOf(execute)).message).toContain('no state was written');
  });

  describe('and whose state could not be saved', () => {
    const FILE = `${STAGING.workDir}/errored.tfstate`;
    const PUSH = `save it: mhtctl terraform staging -- state push ${FILE}`;

    beforeEach(() => {
      ports.terraform.unsaved = { own: { file: FILE, lineage: LINEAGE, serial: 9 }, stray: null };
    });

    it('says first how to save it', async () => {
      const failure = await failureOf(execute);
      expect(failure).toMatchObject({ code: 'TerraformFailed', exitCode: 5 });
      expect(failure.nextSteps[0]).toBe(PUSH);
      expect(failure.nextSteps.at(-1)).toContain('mhtctl deploy staging');
      expect(failure.message).toContain(`the state could not be saved (serial 9); it is kept in ${FILE}`);
      expect(failure.message).not.toContain('the state is saved');
    });

    it('says so although AWS cannot be reached, for the state or the record', async () => {
      ports.stateStore.readFailure = toolFailure('no network');
      ports.ledger.refuse = ({ status }) => (status === 'started' ? undefined : toolFailure('no network'));
      const failure = await failureOf(execute);
      expect(failure.code).toBe('TerraformFailed');
      expect(failure.nextSteps[0]).toBe(PUSH);
    });

    it('says so after an interrupt too', async () => {
      ports.terraform.failures = { apply: interrupted('interrupted during terraform apply') };
      expect(await failureOf(execute)).toMatchObject({ code: 'Interrupted', nextSteps: [PUSH, expect.any(String)] });
    });

    it('is not told of one that AWS has by now', async () => {
      ports.stateStore.state = stateOf({ serial: 9 });
      const failure = await failureOf(execute);
      expect(failure.message).toContain('the state is saved (serial 9');
      expect(failure.nextSteps.join()).not.toContain('state push');
    });

    it('fails as it failed although nobody can look for it', async () => {
      ports.terraform.failures['unsavedStates'] = toolFailure('unreadable');
      expect(await failureOf(execute)).toMatchObject({ code: 'TerraformFailed' });
      expect(statuses()).toEqual(['started', 'failed']);
    });
  });

  it('that is a bug of ours is recorded as well', async () => {
    ports.terraform.failures = { apply: new TypeError('undefined is not a function') };
    await expect(execute()).rejects.toThrow(TypeError);
    expect(statuses()).toEqual(['started', 'failed']);
  });
});

describe('an interrupt', () => {
  it('during the apply is recorded as such once Terraform has ended', async () => {
    ports.terraform.applying = () => {
      ports.interruption.interrupt();
      throw interrupted('interrupted during terraform apply');
    };
    const failure = await failureOf(execute);
    expect(failure).toMatchObject({ code: 'Interrupted', exitCode: 130 });
    expect(failure.message).toContain('the state is saved (serial 8');
    expect(statuses()).toEqual(['started', 'interrupted']);
    expect(ports.progress.heard('Apply', 'note')).toEqual([expect.stringContaining('please wait')]);
  });

  it('that repeats is answered with how to end Terraform all the same', async () => {
    ports.terraform.applying = ({ onStart }) => {
      onStart?.(4711);
      ports.interruption.interrupt();
      ports.interruption.interrupt();
      throw interrupted('interrupted during terraform apply');
    };
    await failureOf(execute);
    expect(ports.progress.heard('Apply', 'note')).toEqual([
      expect.stringContaining('please wait'),
      expect.stringContaining('kill -INT 4711'),
    ]);
  });

  it('leaves no listeners behind', async () => {
    await execute();
    expect(ports.interruption.listeners).toBe(0);
  });

  it('during the wait for health ends the wait and is recorded', async () => {
    ports.httpProbe.answer('unhealthy');
    ports.clock.whileAsleep = () => ports.interruption.interrupt();
    expect(await failureOf(execute)).toMatchObject({ code: 'Interrupted', exitCode: 130 });
    expect(statuses()).toEqual(['started', 'interrupted']);
    expect(ports.clock.sleeps).toHaveLength(1);
  });
});

describe('a ledger that cannot be written', () => {
  it('before the apply means no apply', async () => {
    ports.ledger.refuse = () => toolFailure('denied');
    expect(await failureOf(execute)).toMatchObject({ exitCode: 5, message: 'denied' });
    expect(ports.journal).not.toContain('terraform.apply');
  });

  describe('at the end', () => {
    const FILE = `${STAGING.workDir}/unsent/20261123T100000Z-0a1b2c.json`;

    beforeEach(() => {
      ports.ledger.refuse = ({ status }) => (status === 'started' ? undefined : toolFailure('no network'));
    });

    it('means that the record is kept here, and how to write it later', async () => {
      const failure = await failureOf(execute);
      expect(failure).toMatchObject({ code: 'RecordNotWritten', exitCode: 5 });
      expect(failure.message).toContain('no network');
      const steps = failure.nextSteps.join('\n');
      expect(steps).toContain(FILE);
      expect(steps).toContain(
        's3://mht-api-terraform-state-staging/staging/terraform.tfstate.deployments/20261123T100000Z-0a1b2c.json',
      );
      expect(JSON.parse(ports.workspace.files.get(FILE) ?? '')).toMatchObject({ status: 'applied' });
    });

    it('does not hide why the apply failed', async () => {
      ports.terraform.failures = { apply: TERRAFORM_FAILED };
      const failure = await failureOf(execute);
      expect(failure).toMatchObject({ code: 'TerraformFailed', exitCode: 5 });
      expect(failure.message).toMatch(/creating SQS Queue: AccessDenied[\s\S]*the state is saved[\s\S]*no network/);
      expect(failure.message).not.toContain('is recorded as');
      const steps = failure.nextSteps.join('\n');
      expect(steps).toMatch(/^read the whole log[\s\S]*mhtctl deploy staging[\s\S]*aws s3 cp/);
      expect(steps).toContain(FILE);
      expect(JSON.parse(ports.workspace.files.get(FILE) ?? '')).toMatchObject({ status: 'failed' });
    });
  });
});

describe('a record that can be kept nowhere', () => {
  beforeEach(() => {
    ports.ledger.refuse = ({ status }) => (status === 'started' ? undefined : toolFailure('no network'));
    ports.workspace.failure = toolFailure('no space left on device');
  });

  it('leaves the failure of the apply what it is', async () => {
    ports.terraform.failures = { apply: interrupted('interrupted during terraform apply') };
    const failure = await failureOf(execute);
    expect(failure).toMatchObject({ code: 'Interrupted', exitCode: 130 });
    expect(failure.message).toContain('no space left on device');
  });

  it('is told with both reasons, and names no file', async () => {
    const failure = await failureOf(execute);
    expect(failure).toMatchObject({ code: 'RecordNotWritten', exitCode: 5 });
    expect(failure.message).toMatch(/no network[\s\S]*no space left on device/);
    expect(failure.nextSteps.join()).not.toContain('unsent');
  });

  it('leaves a bug what it is, and is noted', async () => {
    ports.terraform.failures = { apply: new TypeError('undefined is not a function') };
    await expect(execute()).rejects.toThrow(TypeError);
    expect(ports.progress.heard('Apply', 'note')).toEqual([expect.stringContaining('could not be recorded')]);
  });
});

describe('after a successful apply', () => {
  const final = () => ports.ledger.records.at(-1)?.status;

  it('the record is ended although the health cannot be asked', async () => {
    ports.targetHealth.failure = toolFailure('AWS denied elasticloadbalancing:DescribeTargetHealth');
    await execute().catch(() => undefined);
    expect(final()).toBe('applied');
  });

  it('the record is ended although the state cannot be read', async () => {
    ports.stateStore.readFailure = toolFailure('no network');
    await execute().catch(() => undefined);
    expect(final()).toBe('applied');
  });

  it('health is asked with the outputs of the new state', async () => {
    ports.stateStore.state = stateWithOutputs({ target_group_arns: ['tg-1'], api_base_url: 'https://new.example.com' });
    await execute({ binding: bindingOf('staging', { policy: { health: { ...STAGING.policy.health, path: '/up' } } }) });
    expect(ports.targetHealth.askedFor).toEqual([['tg-1']]);
    expect(ports.httpProbe.urls).toEqual(['https://new.example.com/up']);
  });
});
