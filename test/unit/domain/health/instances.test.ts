import { describe, expect, it } from '@jest/globals';
import {
  type InstanceCondition,
  judgeInstance,
  type ScheduledEvent,
  watchedInstances,
} from '../../../../src/domain/health/instances.js';
import { deployedOf, STAGING_PARTS } from '../../../fakes/separated-environments.js';

const WATCHED = { address: 'module.compute.aws_instance.this[0]', id: 'i-5', name: 'mht-api-staging-0' };
const WHERE = { environment: 'staging', region: 'us-east-1' };
const judge = (condition: Partial<InstanceCondition> | null) =>
  judgeInstance(
    WATCHED,
    condition && { id: 'i-5', state: 'running', checks: { system: 'ok', instance: 'ok' }, events: [], ...condition },
    WHERE,
  );

it('the instances of a state are known by their ids and names', () => {
  const { state } = deployedOf(STAGING_PARTS).environment;
  expect(watchedInstances(state?.state ?? fail())).toEqual([
    { address: 'module.compute.aws_instance.this[0]', id: 'i-50000000000000001', name: 'mht-api-staging-0' },
  ]);
});

describe('an instance', () => {
  it('that runs and passes its checks is healthy', () => {
    expect(judge({})).toEqual({
      group: 'instances',
      name: 'i-5 (mht-api-staging-0)',
      status: 'healthy',
      detail: 'running; status checks ok',
      nextSteps: [],
    });
  });

  it.each([
    [{ system: 'ok', instance: 'ok', 'attached EBS': 'not-applicable' }, 'healthy'],
    [{ system: 'impaired', instance: 'ok' }, 'unhealthy'],
    [{ system: 'ok', instance: 'impaired' }, 'unhealthy'],
    [{ system: 'ok', instance: 'ok', 'attached EBS': 'impaired' }, 'unhealthy'],
    [{ system: 'initializing', instance: 'impaired' }, 'unhealthy'],
    [{ system: 'initializing', instance: 'initializing' }, 'not-checked'],
    [{ system: 'ok', instance: 'insufficient-data' }, 'not-checked'],
    [{ system: 'ok', instance: 'a-status-of-the-future' }, 'not-checked'],
    [{}, 'not-checked'],
  ])('whose checks say %j is %s', (checks, status) => {
    expect(judge({ checks: checks as Readonly<Record<string, string>> }).status).toBe(status);
  });

  it('that is impaired says which check found it, and how to see more', () => {
    expect(judge({ checks: { system: 'ok', instance: 'impaired' } })).toMatchObject({
      detail: 'running; system ok, instance impaired',
      nextSteps: ['aws ec2 describe-instance-status --instance-ids i-5 --region us-east-1'],
    });
  });

  it('that is stopped is unhealthy, and says how to start the environment', () => {
    const checks = { system: 'not-applicable', instance: 'not-applicable' };
    expect(judge({ state: 'stopped', checks })).toMatchObject({
      status: 'unhealthy',
      detail: 'stopped',
      nextSteps: ['mhtctl start staging'],
    });
  });

  it.each(['pending', 'stopping', 'shutting-down', 'a-state-of-the-future'])('that is %s is unhealthy', (state) => {
    expect(judge({ state })).toMatchObject({ status: 'unhealthy', detail: state });
  });

  it.each([null, { state: 'terminated' }])('that is not there is unhealthy: %j', (condition) => {
    expect(judge(condition)).toMatchObject({
      status: 'unhealthy',
      detail: 'in the state, but not there: module.compute.aws_instance.this[0]',
      nextSteps: ['see how it would be made again: mhtctl plan staging'],
    });
  });

  const RETIREMENT: ScheduledEvent = {
    code: 'instance-retirement',
    description: 'The instance is running on degraded hardware',
    notBefore: '2026-12-01T03:00:00.000Z',
  };

  it('tells what AWS has announced, and is healthy until then', () => {
    expect(judge({ events: [RETIREMENT] })).toMatchObject({
      status: 'healthy',
      detail: expect.stringContaining('announced: instance-retirement on 2026-12-01T03:00:00Z (The instance'),
      nextSteps: [expect.stringContaining('describe-instance-status')],
    });
  });

  it.each(['[Completed]', '[Canceled]'])('does not tell what is over: %s', (mark) => {
    const events = [{ ...RETIREMENT, description: `${mark} ${RETIREMENT.description}` }];
    expect(judge({ events })).toMatchObject({ detail: 'running; status checks ok', nextSteps: [] });
  });
});

function fail(): never {
  throw new Error('staging has no state');
}
