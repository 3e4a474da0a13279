import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { ClientConfigurations } from '../../../src/adapters/aws/client-configuration.js';
import { AwsClients } from '../../../src/adapters/aws/clients.js';
import { CloudWatchAlarmConditions } from '../../../src/adapters/aws/cloudwatch-alarm-conditions.js';
import { Ec2InstanceConditions } from '../../../src/adapters/aws/ec2-instance-conditions.js';
import { ElbTargetHealth } from '../../../src/adapters/aws/elb-target-health.js';
import { SqsQueueBacklogs } from '../../../src/adapters/aws/sqs-queue-backlogs.js';
import { SystemClock } from '../../../src/adapters/system/system-clock.js';
import { bindingOf } from '../../support/bindings.js';
import { CallerEnvironment } from '../../support/caller-environment.js';
import { failureOf } from '../../support/failure.js';
import { recogniseNodeErrors } from '../../support/node-errors.js';
import { type AskedRequest, type RecordedAnswer, RecordedAws } from '../../support/recorded-aws.js';

const staging = bindingOf('staging');
const environment = new CallerEnvironment();

/** What the emulator cannot be brought to say, as AWS documents it. */
describe('what AWS says of health', () => {
  let takeBack: () => void;
  let server: RecordedAws;
  let answer: (request: AskedRequest, asked: number) => RecordedAnswer;
  let asked = 0;

  beforeAll(async () => {
    takeBack = recogniseNodeErrors();
    server = await RecordedAws.start((request) => {
      asked += 1;
      return answer(request, asked);
    });
    environment.useAws({
      AWS_ENDPOINT_URL: server.endpoint,
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
    });
  });

  afterEach(() => {
    asked = 0;
  });

  afterAll(async () => {
    environment.restore();
    await server.stop();
    takeBack();
  });

  const ec2 = (inner: string) =>
    `<DescribeInstanceStatusResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><instanceStatusSet>${inner}</instanceStatusSet></DescribeInstanceStatusResponse>`;

  it('recorded: an impaired instance with a volume that is not reached and an announced retirement', async () => {
    // Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstanceStatus.html
    answer = () => ({
      status: 200,
      body: ec2(`<item><instanceId>i-5</instanceId>
        <instanceState><code>16</code><name>running</name></instanceState>
        <systemStatus><status>impaired</status><details><item><name>reachability</name><status>failed</status>
          <impairedSince>2026-11-25T09:00:00.000Z</impairedSince></item></details></systemStatus>
        <instanceStatus><status>ok</status></instanceStatus>
        <attachedEbsStatus><status>impaired</status></attachedEbsStatus>
        <eventsSet><item><code>instance-retirement</code><description>The instance is running on degraded hardware</description>
          <notBefore>2026-12-01T03:00:00.000Z</notBefore></item></eventsSet></item>`),
    });
    expect(
      await new Ec2InstanceConditions(new AwsClients(new ClientConfigurations())).instances(staging, ['i-5']),
    ).toEqual([
      {
        id: 'i-5',
        state: 'running',
        checks: { system: 'impaired', instance: 'ok', 'attached EBS': 'impaired' },
        events: [
          {
            code: 'instance-retirement',
            description: 'The instance is running on degraded hardware',
            notBefore: '2026-12-01T03:00:00.000Z',
          },
        ],
      },
    ]);
    expect(server.asked.at(-1)?.body).toContain('IncludeAllInstances=true');
  });

  it('recorded: an alarm tells since when it is in its state, not when that was last looked at', async () => {
    // Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricAlarm.html
    const [transitioned, updated] = [1_795_593_600, 1_795_597_200];
    answer = () => ({
      status: 200,
      body: JSON.stringify({
        CompositeAlarms: [{ AlarmName: 'any', StateValue: 'OK', ActionsEnabled: true }],
        MetricAlarms: [
          {
            AlarmName: 'alb-5xx',
            StateValue: 'ALARM',
            StateReason: 'Threshold Crossed',
            StateTransitionedTimestamp: transitioned,
            StateUpdatedTimestamp: updated,
          },
        ],
      }),
    });
    expect(
      await new CloudWatchAlarmConditions(new AwsClients(new ClientConfigurations())).alarms(staging, [
        'alb-5xx',
        'any',
      ]),
    ).toEqual([
      {
        name: 'alb-5xx',
        state: 'ALARM',
        reason: 'Threshold Crossed',
        since: new Date(transitioned * 1000).toISOString(),
        actionsEnabled: true,
      },
      { name: 'any', state: 'OK', reason: '', since: null, actionsEnabled: true },
    ]);
  });

  const json = (type: string) => JSON.stringify({ __type: type, message: 'told by AWS' });
  const xml = (code: string) =>
    `<Response><Errors><Error><Code>${code}</Code><Message>told by AWS</Message></Error></Errors></Response>`;
  const queryXml = (code: string) =>
    `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>told by AWS</Message></Error></ErrorResponse>`;
  const backlogs = () => new SqsQueueBacklogs(new AwsClients(new ClientConfigurations()), new SystemClock());

  const calls = [
    {
      action: 'elasticloadbalancing:DescribeTargetHealth',
      call: () =>
        new ElbTargetHealth(new AwsClients(new ClientConfigurations())).targets(staging, [
          'arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/app/1',
        ]),
      denial: { status: 403, body: queryXml('AccessDenied') },
      throttled: { status: 400, body: queryXml('Throttling') },
      empty: `<DescribeTargetHealthResponse><DescribeTargetHealthResult><TargetHealthDescriptions/></DescribeTargetHealthResult></DescribeTargetHealthResponse>`,
      result: [{ name: 'app', targets: [] }] as unknown,
    },
    {
      action: 'ec2:DescribeInstanceStatus',
      call: () => new Ec2InstanceConditions(new AwsClients(new ClientConfigurations())).instances(staging, ['i-5']),
      denial: { status: 403, body: xml('UnauthorizedOperation') },
      throttled: { status: 503, body: xml('RequestLimitExceeded') },
      empty: ec2(''),
      result: [],
    },
    {
      action: 'cloudwatch:DescribeAlarms',
      call: () =>
        new CloudWatchAlarmConditions(new AwsClients(new ClientConfigurations())).alarms(staging, ['alb-5xx']),
      denial: { status: 400, body: json('AccessDeniedException') },
      throttled: { status: 400, body: json('ThrottlingException') },
      empty: '{}',
      result: [],
    },
    {
      action: 'cloudwatch:GetMetricData',
      call: () => backlogs().oldestSeconds(staging, ['feedback']),
      denial: { status: 400, body: json('AccessDeniedException') },
      throttled: { status: 400, body: json('ThrottlingException') },
      empty: '{}',
      result: new Map(),
    },
    {
      action: 'sqs:GetQueueAttributes',
      call: () => backlogs().counts(staging, 'https://sqs.us-east-1.amazonaws.com/123456789012/feedback'),
      denial: { status: 403, body: json('com.amazonaws.sqs#AccessDeniedException') },
      throttled: { status: 400, body: json('com.amazonaws.sqs#RequestThrottled') },
      empty: JSON.stringify({
        Attributes: {
          ApproximateNumberOfMessages: '1',
          ApproximateNumberOfMessagesNotVisible: '2',
          ApproximateNumberOfMessagesDelayed: '3',
        },
      }),
      result: { waiting: 1, inFlight: 2, delayed: 3 },
    },
  ];

  it.each(calls)('recorded: a denial of $action names it', async ({ action, call, denial }) => {
    answer = () => denial;
    expect(await failureOf(call())).toMatchObject({
      code: 'AwsDenied',
      message: expect.stringContaining(`AWS denied ${action}`),
    });
  });

  it.each(calls)('recorded: a throttled $action is tried again', async ({ call, throttled, empty, result }) => {
    answer = (_, time) => (time < 3 ? throttled : { status: 200, body: empty });
    expect(await call()).toEqual(result);
    expect(asked).toBe(3);
  });

  it('a count that is none is no healthy queue', async () => {
    answer = () => ({ status: 200, body: JSON.stringify({ Attributes: { ApproximateNumberOfMessages: 'many' } }) });
    expect(await failureOf(backlogs().counts(staging, 'https://sqs/1/feedback'))).toMatchObject({
      code: 'AwsFailed',
      message: expect.stringContaining('SQS counts "many" messages'),
    });
  });
});
