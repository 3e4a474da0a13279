import { beforeEach, describe, expect, it } from '@jest/globals';
import { executePower } from '../../../src/services/execute-power.js';
import { preparePower } from '../../../src/services/prepare-power.js';
import { STAGING } from '../../fakes/bindings.js';
import { failureOf } from '../../fakes/failure.js';
import { fakePorts, toolFailure } from '../../fakes/ports.js';
import { stateOf } from '../../fakes/states.js';

let ports: ReturnType<typeof fakePorts>;

const managed = (index: number) => ({
  address: `module.compute.aws_instance.this[${index}]`,
  type: 'aws_instance',
  attributes: { id: `i-${index}`, tags: { Name: `mht-api-staging-${index}` } },
});

beforeEach(() => {
  ports = fakePorts();
  ports.stateStore.state = stateOf({ instances: [managed(0), managed(1)] });
  ports.instances.has('i-0', 'running');
  ports.instances.has('i-1', 'running');
});

const requests = () => ports.journal.filter((call) => call.startsWith('instances.'));
const find = (power: 'running' | 'stopped' = 'stopped') =>
  preparePower(ports, { binding: STAGING, power, waitSeconds: 0 });
const power = async (wanted: 'running' | 'stopped') => {
  const prepared = await find(wanted);
  return (await executePower(ports, prepared).finally(prepared.release)).instances;
};
const recorded = () =>
  ports.ledger.records.map(({ operation, status, about }) => [operation, status, about['instances']]);

describe("an environment's instances", () => {
  it('are those of its state, with what EC2 says of each', async () => {
    expect((await find()).instances).toEqual([
      { id: 'i-0', name: 'mht-api-staging-0', address: 'module.compute.aws_instance.this[0]', state: 'running' },
      { id: 'i-1', name: 'mht-api-staging-1', address: 'module.compute.aws_instance.this[1]', state: 'running' },
    ]);
    expect(ports.progress.heard('Instances', 'result')).toEqual(['2 running']);
  });

  it('are not looked for with the credentials of another account', async () => {
    ports.identities.identity = { accountId: '999999999999', arn: 'arn:aws:iam::999999999999:user/eve' };
    expect((await failureOf(find)).code).toBe('WrongAccount');
  });

  it.each([
    ['another environment', { Environment: 'production' }, 'Environment = "production"'],
    ['none', {}, 'no tag Environment'],
  ])('are refused where the tag of one says %s', async (_, tags, message) => {
    ports.instances.has('i-1', 'running', tags);
    const failure = await failureOf(find);
    expect([failure.code, failure.exitCode]).toEqual(['ForeignInstance', 3]);
    expect(failure.message).toContain(`i-1 (mht-api-staging-1) is in the state of "staging"`);
    expect(failure.message).toContain(message);
  });

  it.each(['terminated', 'shutting-down'] as const)('are refused where one is %s', async (state) => {
    ports.instances.has('i-1', state);
    expect((await failureOf(find)).code).toBe('InstanceGone');
  });

  it('are refused where EC2 knows one no more', async () => {
    ports.instances.live.delete('i-0');
    const failure = await failureOf(find);
    expect([failure.code, failure.exitCode, failure.nextSteps]).toEqual([
      'InstanceGone',
      3,
      ['make it anew: mhtctl deploy staging'],
    ]);
  });

  it.each([
    [null, 'it was never deployed'],
    [stateOf(), 'there are none in its state'],
  ])('are none where there is nothing to stop', async (state, message) => {
    ports.stateStore.state = state;
    const failure = await failureOf(find);
    expect([failure.code, failure.exitCode]).toEqual(['NoInstances', 2]);
    expect(failure.message).toContain(message);
  });
});

describe('stopping and starting', () => {
  it('asks once for each and waits until all have arrived', async () => {
    const stopped = await power('stopped');
    expect(stopped.map(({ id, before, state }) => [id, before, state])).toEqual([
      ['i-0', 'running', 'stopped'],
      ['i-1', 'running', 'stopped'],
    ]);
    expect(requests()).toEqual(['instances.stop i-0', 'instances.stop i-1']);
    expect(ports.clock.sleeps).toEqual([5000]);
    expect(ports.progress.heard('Stop', 'event')).toEqual([
      'waiting for mht-api-staging-0 (stopping), mht-api-staging-1 (stopping)',
    ]);
  });

  it('leaves alone what is there already', async () => {
    ports.instances.has('i-0', 'stopped');
    ports.instances.has('i-1', 'stopped');
    const prepared = await find();
    expect(prepared.hasChanges).toBe(false);
    await executePower(ports, prepared);
    expect([requests(), ports.clock.sleeps, recorded()]).toEqual([[], [], []]);
  });

  it('waits for one that is on its way elsewhere before it asks', async () => {
    ports.instances.has('i-0', 'stopping');
    ports.instances.stuck.add('i-0');
    ports.clock.whileAsleep = () => ports.instances.stuck.delete('i-0');
    const started = await power('running');
    expect(started.map(({ state }) => state)).toEqual(['running', 'running']);
    expect(requests()).toEqual(['instances.start i-0']);
  });

  it('names each that could not be stopped, and stops the others', async () => {
    ports.instances.refused.set('i-0', toolFailure('AWS denied ec2:StopInstances on i-0'));
    const failure = await failureOf(() => power('stopped'));
    expect([failure.code, failure.exitCode]).toEqual(['InstancesNotStopped', 5]);
    expect(failure.message).toBe(
      [
        '1 of 2 instances of "staging" were not stopped:',
        '  i-0 (mht-api-staging-0): not stopped: AWS denied ec2:StopInstances on i-0',
        '  i-1 (mht-api-staging-1): stopped',
      ].join('\n'),
    );
    expect(failure.nextSteps).toEqual(['try again', 'go on where it stopped: mhtctl stop staging']);
  });

  it('says why one that was started fell back', async () => {
    ports.instances.has('i-0', 'stopped');
    ports.instances.endsAs.set('i-0', 'stopped');
    const failure = await failureOf(() => power('running'));
    expect(failure.code).toBe('InstancesNotStarted');
    expect(failure.message).toContain('EC2 has it stopped again: Client.InternalError');
    expect(failure.nextSteps.join()).toContain('kms:CreateGrant');
  });

  it('gives up after a quarter of an hour, with the state it left', async () => {
    ports.instances.stuck.add('i-1');
    const failure = await failureOf(() => power('stopped'));
    expect(failure.message).toContain('i-1 (mht-api-staging-1): not stopped: still stopping after 15 minutes');
    expect(failure.message).toContain('i-0 (mht-api-staging-0): stopped');
    expect(ports.clock.sleeps.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(15 * 60_000);
  });

  it('ends its waiting at an interrupt and says what goes on', async () => {
    ports.instances.stuck.add('i-0');
    ports.clock.whileAsleep = () => ports.interruption.interrupt();
    const failure = await failureOf(() => power('stopped'));
    expect([failure.exitCode, failure.nextSteps]).toEqual([130, ['mhtctl stop staging']]);
    expect(failure.message).toContain('mht-api-staging-0 is stopping');
  });

  it('does not take a bug for a refusal of AWS', async () => {
    ports.instances.refused.set('i-0', new TypeError('a bug'));
    await expect(power('stopped')).rejects.toThrow(TypeError);
  });
});

describe('health after the start', () => {
  beforeEach(() => ports.instances.has('i-0', 'stopped'));

  it('is that of the environment, and is recorded', async () => {
    const { health } = await executePower(ports, await find('running'));
    expect(health?.checks.length).toBeGreaterThan(0);
    expect(ports.progress.heard('Health', 'result')).toHaveLength(1);
    expect(ports.ledger.records).toMatchObject([{ operation: 'start', status: 'done', health }]);
  });

  it('is asked for where all run already', async () => {
    ports.instances.has('i-0', 'running');
    expect((await executePower(ports, await find('running'))).health).not.toBeNull();
    expect(recorded()).toEqual([]);
  });

  it('is not asked for after a stop', async () => {
    expect((await executePower(ports, await find('stopped'))).health).toBeNull();
  });

  it('is not waited for after an interrupt', async () => {
    const outputs = { api_base_url: { value: 'https://staging.api.example.com', sensitive: false } };
    ports.stateStore.state = stateOf({ instances: [managed(0), managed(1)], outputs });
    ports.httpProbe.answer('unhealthy');
    ports.clock.whileAsleep = () => {
      if (ports.progress.titles.includes('Health')) ports.interruption.interrupt();
    };
    const prepared = await find('running');
    const failure = await failureOf(() => executePower(ports, prepared));
    expect([failure.exitCode, failure.nextSteps]).toEqual([130, ['mhtctl start staging']]);
    expect(recorded().map(([, status]) => status)).toEqual(['interrupted']);
  });
});

describe('the lock and the record', () => {
  it('are of the one operation', async () => {
    const prepared = await find('stopped');
    expect(ports.operationLock.held).toMatchObject({ id: prepared.id, operation: 'stop' });
    await executePower(ports, prepared);
    await prepared.release();
    expect(ports.operationLock.held).toBeNull();
    expect(recorded()).toEqual([['stop', 'done', 'i-0 (mht-api-staging-0), i-1 (mht-api-staging-1)']]);
  });

  it('give the environment back when its instances cannot be found', async () => {
    ports.instances.live.clear();
    await failureOf(find);
    expect(ports.operationLock.held).toBeNull();
    expect(recorded()).toEqual([]);
  });

  it('say what failed', async () => {
    ports.instances.refused.set('i-0', toolFailure('denied'));
    await failureOf(() => power('stopped'));
    expect(recorded().map(([, status]) => status)).toEqual(['failed']);
  });

  it('tell the failure itself where it cannot be recorded', async () => {
    ports.instances.refused.set('i-0', toolFailure('denied'));
    ports.ledger.refuse = () => toolFailure('no ledger');
    expect((await failureOf(() => power('stopped'))).code).toBe('InstancesNotStopped');
    expect(ports.progress.lines.join()).toContain('could not be recorded: no ledger');
  });

  it('fail a stop that could not be recorded, once it is done', async () => {
    ports.ledger.refuse = () => toolFailure('no ledger');
    expect((await failureOf(() => power('stopped'))).code).toBe('RecordNotWritten');
    expect(ports.instances.live.get('i-1')?.state).toBe('stopped');
  });
});
