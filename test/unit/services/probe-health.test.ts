import { beforeEach, describe, expect, it } from '@jest/globals';
import type { HealthPolicy } from '../../../src/domain/environment.js';
import type { State } from '../../../src/domain/state.js';
import { probeHealth } from '../../../src/services/probe-health.js';
import { bindingOf } from '../../fakes/bindings.js';
import { targetGroupOf } from '../../fakes/health-ports.js';
import { fakePorts, toolFailure } from '../../fakes/ports.js';
import { FakeStageReport } from '../../fakes/progress.js';
import { stateWithOutputs } from '../../fakes/states.js';

const STATE = stateWithOutputs({ target_group_arns: ['tg-1', 'tg-2'], api_base_url: 'https://api.example.com' });

let ports: ReturnType<typeof fakePorts>;
let report: FakeStageReport;

beforeEach(() => {
  ports = fakePorts();
  ports.targetHealth.answer([targetGroupOf('healthy')]);
  report = new FakeStageReport();
});

const probe = (health: Partial<HealthPolicy> = {}, state: State | null = STATE) => {
  const policy = { path: '/health', url: undefined, deadlineSeconds: 10, intervalSeconds: 5, ...health };
  return probeHealth(ports, { binding: bindingOf('staging', { policy: { health: policy } }), state, report });
};

describe('health', () => {
  it('is asked once of the targets and the application when both are well', async () => {
    expect(await probe()).toMatchObject({
      status: 'healthy',
      checks: [{ name: 'target i-0 of app' }, { status: 'healthy' }],
    });
    expect(ports.targetHealth.askedFor).toEqual([['tg-1', 'tg-2']]);
    expect(ports.httpProbe.urls).toEqual(['https://api.example.com/health']);
    expect(ports.clock.sleeps).toEqual([]);
  });

  it('is asked again until it is good', async () => {
    ports.targetHealth.answer([targetGroupOf('unhealthy')], [targetGroupOf('healthy')]);
    ports.httpProbe.answer('unhealthy', 'healthy');
    expect((await probe()).status).toBe('healthy');
    expect(ports.clock.sleeps).toEqual([5000]);
  });

  it.each([
    ['unhealthy', 'healthy'],
    ['healthy', 'unhealthy'],
  ] as const)('is bad when the targets are %s and the application is %s', async (targets, application) => {
    ports.targetHealth.answer([targetGroupOf(targets)]);
    ports.httpProbe.answer(application);
    expect((await probe()).status).toBe('unhealthy');
  });

  it.each([
    [10, 5, 2],
    [9, 5, 1],
    [4, 5, 0],
    [60, 20, 3],
  ])('within %d s at every %d s is awaited %d times', async (deadlineSeconds, intervalSeconds, sleeps) => {
    ports.httpProbe.answer('unhealthy');
    expect((await probe({ deadlineSeconds, intervalSeconds })).status).toBe('unhealthy');
    expect(ports.clock.sleeps).toEqual(Array(sleeps).fill(intervalSeconds * 1000));
    expect(ports.httpProbe.urls).toHaveLength(sleeps + 1);
  });

  it('is not awaited after an interrupt', async () => {
    ports.httpProbe.answer('unhealthy');
    ports.interruption.interrupt();
    expect((await probe()).status).toBe('unhealthy');
    expect(ports.clock.sleeps).toEqual([]);
  });

  it('that stays the same is one event, and another one when it changes', async () => {
    ports.targetHealth.answer([targetGroupOf('initial')], [targetGroupOf('initial')], [targetGroupOf('draining')]);
    await probe({ deadlineSeconds: 15 });
    expect(report.heard('event')).toEqual([
      'waiting for target i-0 of app (initial)',
      'waiting for target i-0 of app (draining)',
    ]);
    expect(report.heard('now')).toHaveLength(3);
  });
});

describe('what cannot be asked', () => {
  it('is not checked before there is a state', async () => {
    ports.targetHealth.answer([]);
    const { status, checks } = await probe({}, null);
    expect([status, ...checks.map((check) => check.status)]).toEqual(['unknown', 'not-checked', 'not-checked']);
    expect(ports.clock.sleeps).toEqual([]);
  });

  it('is a load balancer without target groups', async () => {
    ports.targetHealth.answer([]);
    const { status, checks } = await probe();
    expect(status).toBe('unknown');
    expect(checks[0]).toMatchObject({ status: 'not-checked', detail: 'the outputs name no target group' });
  });

  it('is the application on an emulated AWS, which serves no traffic', async () => {
    ports = fakePorts({ environment: { AWS_ENDPOINT_URL: 'http://127.0.0.1:5005' } });
    ports.targetHealth.answer([targetGroupOf('healthy')]);
    const { status, checks } = await probe();
    expect(status).toBe('unknown');
    expect(checks[1]).toMatchObject({ name: 'GET https://api.example.com/health', status: 'not-checked' });
    expect(ports.httpProbe.urls).toEqual([]);
  });

  it('is what AWS does not tell us: not checked, and no reason to fail', async () => {
    ports.targetHealth.failure = toolFailure('AWS denied elasticloadbalancing:DescribeTargetHealth');
    const { status, checks } = await probe();
    expect(status).toBe('unknown');
    expect(checks[0]).toMatchObject({ status: 'not-checked', detail: expect.stringContaining('AWS denied') });
  });

  it.each([{}, { AWS_ENDPOINT_URL: 'http://127.0.0.1:5005' }])(
    'is nothing when the policy names a URL of its own: %j',
    async (environment) => {
      ports = fakePorts({ environment });
      ports.targetHealth.answer([targetGroupOf('healthy')]);
      expect((await probe({ url: 'http://127.0.0.1:9/up' })).status).toBe('healthy');
      expect(ports.httpProbe.urls).toEqual(['http://127.0.0.1:9/up']);
    },
  );
});

describe('the health of an environment whose instances are stopped', () => {
  const instance = (id: string) => ({ address: `aws_instance.${id}`, type: 'aws_instance', attributes: { id } });
  const state = { ...STATE, instances: [instance('i-0'), instance('i-1')] };
  const condition = (id: string, state: string) => ({ id, state, checks: {}, events: [] });

  beforeEach(() => {
    ports.targetHealth.answer([targetGroupOf('unused', 'Target.InvalidState: Target is in the stopped state')]);
    ports.httpProbe.answer('unhealthy');
  });

  it('is bad, is not waited for, and says why and what to do', async () => {
    ports.instanceConditions.conditions = [condition('i-0', 'stopped'), condition('i-1', 'stopping')];
    const { status, checks } = await probe({}, state);
    expect(status).toBe('unhealthy');
    expect(checks.find(({ name }) => name === 'i-0')).toMatchObject({ nextSteps: ['mhtctl start staging'] });
    expect(ports.clock.sleeps).toEqual([]);
    expect(report.heard('note').join()).toContain('mhtctl start staging');
  });

  it('is waited for where one of them runs', async () => {
    ports.instanceConditions.conditions = [condition('i-0', 'stopped'), condition('i-1', 'running')];
    expect((await probe({}, state)).status).toBe('unhealthy');
    expect(ports.clock.sleeps).toEqual([5000, 5000]);
  });

  it('is waited for where EC2 does not say', async () => {
    ports.instanceConditions.failure = toolFailure('AWS denied ec2:DescribeInstances');
    await probe({}, state);
    expect(ports.clock.sleeps).toEqual([5000, 5000]);
  });

  it('is not looked into where all is well', async () => {
    ports.targetHealth.answer([targetGroupOf('healthy')]);
    ports.httpProbe.answer('healthy');
    ports.instanceConditions.conditions = [condition('i-0', 'stopped'), condition('i-1', 'stopped')];
    expect((await probe({}, state)).status).toBe('healthy');
  });
});
