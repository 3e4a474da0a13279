import { beforeEach, describe, expect, it } from '@jest/globals';
import { areAll, awaitHealth, findInstances, powerInstances } from '../../../src/services/power-instances.js';
import { STAGING } from '../../fakes/bindings.js';
import { failureOf } from '../../fakes/failure.js';
import { targetGroupOf } from '../../fakes/health-ports.js';
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
const find = () => findInstances(ports, STAGING);
const power = async (wanted: 'running' | 'stopped') => powerInstances(ports, await find(), wanted);

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
    expect(areAll('stopped', await find())).toBe(true);
    await power('stopped');
    expect([requests(), ports.clock.sleeps]).toEqual([[], []]);
  });

  it('waits for one that is on its way elsewhere before it asks', async () => {
    ports.instances.has('i-0', 'stopping');
    ports.instances.stuck.add('i-0');
    const found = await find();
    ports.clock.whileAsleep = () => ports.instances.stuck.delete('i-0');
    const started = await powerInstances(ports, found, 'running');
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
  it('is that of the environment', async () => {
    ports.targetHealth.answer([targetGroupOf('healthy')]);
    const health = await awaitHealth(ports, await find());
    expect(health.checks.length).toBeGreaterThan(0);
    expect(ports.progress.heard('Health', 'result')).toHaveLength(1);
  });

  it('is not waited for after an interrupt', async () => {
    const found = await find();
    ports.interruption.interrupt();
    expect((await failureOf(() => awaitHealth(ports, found))).exitCode).toBe(130);
  });
});
