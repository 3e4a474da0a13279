import {
  CloudWatchClient,
  PutMetricAlarmCommand,
  PutMetricDataCommand,
  SetAlarmStateCommand,
} from '@aws-sdk/client-cloudwatch';
import {
  DescribeImagesCommand,
  EC2Client,
  RunInstancesCommand,
  StopInstancesCommand,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2';
import { CreateQueueCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ClientConfigurations } from '../../../src/adapters/aws/client-configuration.js';
import { AwsClients } from '../../../src/adapters/aws/clients.js';
import { CloudWatchAlarmConditions } from '../../../src/adapters/aws/cloudwatch-alarm-conditions.js';
import { Ec2InstanceConditions } from '../../../src/adapters/aws/ec2-instance-conditions.js';
import { SqsQueueBacklogs } from '../../../src/adapters/aws/sqs-queue-backlogs.js';
import { SystemClock } from '../../../src/adapters/system/system-clock.js';
import { bindingOf } from '../../support/bindings.js';
import { EmulatedAws } from '../../support/emulated-aws.js';

const staging = bindingOf('staging');

let aws: EmulatedAws;
let clients: AwsClients;

beforeAll(async () => {
  aws = await EmulatedAws.start();
  clients = new AwsClients(new ClientConfigurations());
});

afterAll(() => aws.stop());

beforeEach(() => aws.reset());

describe('the conditions of instances', () => {
  const conditions = (ids: readonly string[]) => new Ec2InstanceConditions(clients).instances(staging, ids);
  let ec2: EC2Client;

  beforeAll(() => {
    ec2 = new EC2Client();
  });

  const run = async (count: number): Promise<readonly string[]> => {
    const { Images: [image] = [] } = await ec2.send(new DescribeImagesCommand({}));
    const { Instances = [] } = await ec2.send(
      new RunInstancesCommand({ ImageId: image?.ImageId, MinCount: count, MaxCount: count }),
    );
    return Instances.map(({ InstanceId = '' }) => InstanceId);
  };

  it('are those of the status checks, and of whatever does not run', async () => {
    const [running = '', stopped = '', terminated = ''] = await run(3);
    await ec2.send(new StopInstancesCommand({ InstanceIds: [stopped] }));
    await ec2.send(new TerminateInstancesCommand({ InstanceIds: [terminated] }));
    const found = await conditions([running, stopped, terminated]);
    expect(new Map(found.map((each) => [each.id, each.state]))).toEqual(
      new Map([
        [running, 'running'],
        [stopped, 'stopped'],
        [terminated, 'terminated'],
      ]),
    );
    expect(found.find(({ id }) => id === running)).toEqual({
      id: running,
      state: 'running',
      checks: { system: 'ok', instance: 'ok' },
      events: [],
    });
  });

  it('leave out an instance that is not there, and none of the others', async () => {
    const [there = ''] = await run(1);
    const found = await conditions([there, 'i-0123456789abcdef0']);
    expect(found.map(({ id }) => id)).toEqual([there]);
    expect(await conditions(['i-0123456789abcdef0'])).toEqual([]);
  });
});

describe('the conditions of alarms', () => {
  const conditions = (names: readonly string[]) => new CloudWatchAlarmConditions(clients).alarms(staging, names);
  let cloudWatch: CloudWatchClient;

  beforeAll(() => {
    cloudWatch = new CloudWatchClient();
  });

  const alarm = async (AlarmName: string, StateValue: 'OK' | 'ALARM' | 'INSUFFICIENT_DATA', ActionsEnabled = true) => {
    await cloudWatch.send(
      new PutMetricAlarmCommand({
        AlarmName,
        ActionsEnabled,
        Namespace: 'AWS/ApplicationELB',
        MetricName: 'HTTPCode_ELB_5XX_Count',
        Statistic: 'Sum',
        Period: 60,
        EvaluationPeriods: 1,
        Threshold: 10,
        ComparisonOperator: 'GreaterThanThreshold',
      }),
    );
    await cloudWatch.send(new SetAlarmStateCommand({ AlarmName, StateValue, StateReason: `set to ${StateValue}` }));
  };

  it('are those of the alarms that are asked for and there', async () => {
    const begun = Date.now();
    await alarm('went-off', 'ALARM');
    await alarm('no-data', 'INSUFFICIENT_DATA', false);
    await alarm('of-somebody-else', 'ALARM');
    const found = await conditions(['went-off', 'no-data', 'not-there']);
    expect([...found].sort((a, b) => a.name.localeCompare(b.name))).toEqual([
      expect.objectContaining({ name: 'no-data', state: 'INSUFFICIENT_DATA', actionsEnabled: false }),
      expect.objectContaining({ name: 'went-off', state: 'ALARM', reason: 'set to ALARM', actionsEnabled: true }),
    ]);
    const since = Date.parse(found.find(({ name }) => name === 'went-off')?.since ?? '');
    // CloudWatch's clock is another one, of the same machine here; it may round.
    expect(since).toBeGreaterThan(begun - 2_000);
  });

  it('are told of more alarms than one call takes', async () => {
    const names = Array.from({ length: 101 }, (_, index) => `alarm-${index}`);
    await Promise.all(names.map((name) => alarm(name, 'OK')));
    expect((await conditions(names)).map(({ name }) => name).sort()).toEqual([...names].sort());
  });
});

describe('the backlog of a queue', () => {
  let sqs: SQSClient;
  let backlogs: SqsQueueBacklogs;

  beforeAll(() => {
    sqs = new SQSClient();
    backlogs = new SqsQueueBacklogs(clients, new SystemClock());
  });

  const queue = async (QueueName: string): Promise<string> =>
    (await sqs.send(new CreateQueueCommand({ QueueName }))).QueueUrl ?? '';

  it('is what waits, what is in flight and what is not due yet', async () => {
    const url = await queue('feedback');
    expect(await backlogs.counts(staging, url)).toEqual({ waiting: 0, inFlight: 0, delayed: 0 });
    for (let sent = 0; sent < 3; sent += 1) {
      await sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: `${sent}` }));
    }
    await sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: 'later', DelaySeconds: 900 }));
    await sqs.send(new ReceiveMessageCommand({ QueueUrl: url, MaxNumberOfMessages: 1, VisibilityTimeout: 600 }));
    expect(await backlogs.counts(staging, url)).toEqual({ waiting: 2, inFlight: 1, delayed: 1 });
  });

  it('is none where the queue is not there', async () => {
    const url = await queue('feedback');
    expect(await backlogs.counts(staging, url.replace('feedback', 'gone'))).toBeNull();
  });

  it('is as old as CloudWatch was last told, where it was told', async () => {
    const cloudWatch = new CloudWatchClient();
    const told = (minutesAgo: number, Value: number) =>
      cloudWatch.send(
        new PutMetricDataCommand({
          Namespace: 'AWS/SQS',
          MetricData: [
            {
              MetricName: 'ApproximateAgeOfOldestMessage',
              Dimensions: [{ Name: 'QueueName', Value: 'feedback' }],
              Timestamp: new Date(Date.now() - minutesAgo * 60_000),
              Value,
            },
          ],
        }),
      );
    await told(5, 30);
    await told(2, 210);
    await told(30, 7);
    expect(await backlogs.oldestSeconds(staging, ['idle', 'feedback'])).toEqual(new Map([['feedback', 210]]));
  });
});
