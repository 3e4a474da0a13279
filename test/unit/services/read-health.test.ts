import { beforeEach, describe, expect, it } from '@jest/globals';
import { MhtctlError } from '../../../src/domain/errors.js';
import type { HealthReport } from '../../../src/domain/health.js';
import type { State, StateInstance } from '../../../src/domain/state.js';
import { readHealth } from '../../../src/services/read-health.js';
import { STAGING } from '../../fakes/bindings.js';
import { failureOf } from '../../fakes/failure.js';
import { targetGroupOf } from '../../fakes/health-ports.js';
import { fakePorts } from '../../fakes/ports.js';
import { stateWithOutputs } from '../../fakes/states.js';

const QUEUE_URL = 'https://sqs.us-east-1.amazonaws.com/111111111111/feedback';
const instance = (type: string, attributes: StateInstance['attributes']): StateInstance => ({
  address: `${type}.this`,
  type,
  attributes,
});
const STATE: State = {
  ...stateWithOutputs({
    target_group_arns: ['tg-1'],
    api_base_url: 'https://staging.api.example.com',
    load_balancer_dns_name: 'lb-1.elb.amazonaws.com',
  }),
  instances: [
    instance('aws_instance', { id: 'i-5' }),
    instance('aws_cloudwatch_metric_alarm', { alarm_name: 'alb-5xx' }),
    instance('aws_sqs_queue', { name: 'feedback', id: QUEUE_URL, arn: 'arn:aws:sqs:us-east-1:111111111111:feedback' }),
  ],
};

let ports: ReturnType<typeof fakePorts>;
const wellOn = (environment = {}) => {
  ports = fakePorts({ environment });
  ports.stateStore.state = STATE;
  ports.targetHealth.answer([targetGroupOf('healthy')]);
  ports.instanceConditions.conditions = [{ id: 'i-5', state: 'running', checks: { system: 'ok' }, events: [] }];
  ports.alarmConditions.conditions = [{ name: 'alb-5xx', state: 'OK', reason: '', since: null, actionsEnabled: true }];
  ports.queueBacklogs.held.set(QUEUE_URL, { waiting: 0, inFlight: 0, delayed: 0 });
};

beforeEach(() => wellOn());

const statuses = ({ checks }: HealthReport) => Object.fromEntries(checks.map(({ name, status }) => [name, status]));
const denied = (action: string) =>
  new MhtctlError({
    code: 'AwsDenied',
    outcome: 'toolFailed',
    message: `AWS denied ${action}`,
    nextSteps: [`allow ${action}`],
  });

describe('the health of an environment', () => {
  it('is that of everything in its state', async () => {
    const report = await readHealth(ports, STAGING);
    expect(report.status).toBe('healthy');
    expect(report.checks.map(({ group, name }) => [group, name])).toEqual([
      ['traffic', 'target i-0 of app'],
      ['traffic', 'GET https://staging.api.example.com/health'],
      ['traffic', 'GET /health of lb-1.elb.amazonaws.com'],
      ['traffic', 'DNS of staging.api.example.com'],
      ['instances', 'i-5'],
      ['alarms', 'alb-5xx'],
      ['queues', 'feedback'],
    ]);
  });

  it("is asked by the environment's name, and of the load balancer itself by the same name", async () => {
    await readHealth(ports, STAGING);
    expect(ports.httpProbe.urls).toEqual(Array(2).fill('https://staging.api.example.com/health'));
    expect(ports.httpProbe.connectedTo).toEqual([undefined, 'lb-1.elb.amazonaws.com']);
  });

  it('is asked once, and not waited for', async () => {
    ports.httpProbe.answer('unhealthy');
    expect((await readHealth(ports, STAGING)).status).toBe('unhealthy');
    expect(ports.clock.sleeps).toEqual([]);
    expect(ports.httpProbe.urls).toHaveLength(2);
  });

  it('tells a name that leads elsewhere from an application that is sick', async () => {
    ports.httpProbe.answer('unhealthy', 'healthy');
    ports.nameResolver.names.set('staging.api.example.com', { addresses: ['203.0.113.7'] });
    expect(statuses(await readHealth(ports, STAGING))).toMatchObject({
      'GET https://staging.api.example.com/health': 'unhealthy',
      'GET /health of lb-1.elb.amazonaws.com': 'healthy',
      'DNS of staging.api.example.com': 'unhealthy',
    });
  });

  it('on an emulated AWS is not checked where there would have to be traffic', async () => {
    wellOn({ AWS_ENDPOINT_URL: 'http://127.0.0.1:5005' });
    const report = await readHealth(ports, STAGING);
    expect(report.status).toBe('unknown');
    expect(report.checks.filter(({ status }) => status === 'not-checked').map(({ detail }) => detail)).toEqual(
      Array(3).fill('an emulated AWS serves no traffic'),
    );
    expect(ports.httpProbe.urls).toEqual([]);
  });

  it('is that of the address that the policy names, which no load balancer stands for', async () => {
    const health = { ...STAGING.policy.health, url: 'http://127.0.0.1:9/up' };
    const report = await readHealth(ports, { ...STAGING, policy: { ...STAGING.policy, health } });
    expect(report.checks.filter(({ group }) => group === 'traffic').map(({ name }) => name)).toEqual([
      'target i-0 of app',
      'GET http://127.0.0.1:9/up',
    ]);
  });

  it('has no checks of what the state does not have', async () => {
    ports.stateStore.state = { ...STATE, instances: [] };
    const { checks } = await readHealth(ports, STAGING);
    expect(new Set(checks.map(({ group }) => group))).toEqual(new Set(['traffic']));
  });

  it('before the first deployment is not known, and says so', async () => {
    ports.stateStore.state = null;
    expect(await readHealth(ports, STAGING)).toMatchObject({
      status: 'unknown',
      checks: [{ detail: 'staging was never deployed: it has no state', nextSteps: ['mhtctl deploy staging'] }],
    });
  });
});

describe('what is denied', () => {
  const break_: readonly (readonly [string, string, (failure: unknown) => void])[] = [
    [
      'elasticloadbalancing:DescribeTargetHealth',
      'targets of the load balancer',
      (f) => {
        ports.targetHealth.failure = f;
      },
    ],
    [
      'ec2:DescribeInstanceStatus',
      'status of the instances',
      (f) => {
        ports.instanceConditions.failure = f;
      },
    ],
    [
      'cloudwatch:DescribeAlarms',
      'states of the alarms',
      (f) => {
        ports.alarmConditions.failure = f;
      },
    ],
    [
      'sqs:GetQueueAttributes',
      'feedback',
      (f) => {
        ports.queueBacklogs.failures.counts = f;
      },
    ],
    [
      'cloudwatch:GetMetricData',
      'age of the oldest messages',
      (f) => {
        ports.queueBacklogs.failures.oldestSeconds = f;
      },
    ],
  ];

  it.each(break_)('is not checked, naming the permission: %s', async (action, name, deny) => {
    deny(denied(action));
    const report = await readHealth(ports, STAGING);
    expect(report.status).toBe('unknown');
    expect(report.checks.filter(({ status }) => status !== 'healthy')).toEqual([
      expect.objectContaining({
        name,
        status: 'not-checked',
        detail: `AWS denied ${action}`,
        nextSteps: [`allow ${action}`],
      }),
    ]);
  });

  it('does not hide what is unhealthy', async () => {
    for (const [action, , deny] of break_) deny(denied(action));
    ports.httpProbe.answer('unhealthy');
    expect((await readHealth(ports, STAGING)).status).toBe('unhealthy');
  });
});

describe('a health that cannot be read', () => {
  it('is that of another account: what it lacks would be missing here', async () => {
    ports.identities.identity = { accountId: '999999999999', arn: 'arn:aws:iam::999999999999:user/eve' };
    expect(await failureOf(() => readHealth(ports, STAGING))).toMatchObject({ code: 'WrongAccount', exitCode: 7 });
  });

  it('is one whose state cannot be read', async () => {
    ports.stateStore.readFailure = denied('s3:GetObject');
    expect(await failureOf(() => readHealth(ports, STAGING))).toMatchObject({ code: 'AwsDenied' });
  });

  it('is one that is interrupted', async () => {
    ports.interruption.interrupt();
    expect(await failureOf(() => readHealth(ports, STAGING))).toMatchObject({ exitCode: 130 });
  });
});
