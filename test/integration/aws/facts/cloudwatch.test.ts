import { CloudWatchClient, PutMetricAlarmCommand, type PutMetricAlarmCommandInput } from '@aws-sdk/client-cloudwatch';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readCloudWatch } from '../../../../src/adapters/aws/facts/cloudwatch.js';
import { factsWhereDenied } from '../../../support/denying-aws.js';
import { EmulatedAws } from '../../../support/emulated-aws.js';
import { everyRelation, gaps } from '../../../support/fact-lines.js';
import { factsBy, factsOfRecorded, idsOf, listedTypes, noted } from '../../../support/fact-reading.js';

const alarm = (name: string) => `arn:aws:cloudwatch:us-east-1:123456789012:alarm:${name}`;
const topic = (name: string) => `arn:aws:sns:us-east-1:123456789012:${name}`;
const ACTIONS_OF_AWS = [
  'arn:aws:automate:us-east-1:ec2:stop',
  'arn:aws:swf:us-east-1:123456789012:action/actions/AWS_EC2.InstanceId.Stop/1.0',
  'arn:aws:ssm:us-east-1:123456789012:opsitem:2#CATEGORY=Availability',
];
const SIMPLE = {
  EvaluationPeriods: 1,
  ComparisonOperator: 'GreaterThanThreshold',
  Threshold: 1,
} as const;

describe('alarms, read from CloudWatch', () => {
  let aws: EmulatedAws;

  beforeAll(async () => {
    aws = await EmulatedAws.start();
    const cloudWatch = new CloudWatchClient();
    const make = (AlarmName: string, more: Partial<PutMetricAlarmCommandInput>) =>
      cloudWatch.send(new PutMetricAlarmCommand({ AlarmName, ...SIMPLE, ...more }));
    const metric = { Statistic: 'Sum', Period: 60 } as const;
    await make('depth', {
      ...metric,
      Namespace: 'AWS/SQS',
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Dimensions: [{ Name: 'QueueName', Value: 'orders' }],
      AlarmActions: [topic('alarms'), ...ACTIONS_OF_AWS],
      OKActions: [topic('calm')],
      InsufficientDataActions: [topic('silence')],
    });
    await make('traffic', {
      ...metric,
      Namespace: 'AWS/ApplicationELB',
      MetricName: 'HTTPCode_Target_5XX_Count',
      Dimensions: [
        { Name: 'LoadBalancer', Value: 'app/lb/50dc6c495c0c9188' },
        { Name: 'TargetGroup', Value: 'targetgroup/tg/73e2d6bc24d8a067' },
      ],
    });
    await make('rate', {
      Metrics: [
        { Id: 'rate', Expression: 'errors / 60', ReturnData: true },
        {
          Id: 'errors',
          ReturnData: false,
          MetricStat: {
            Metric: {
              Namespace: 'AWS/Lambda',
              MetricName: 'Errors',
              Dimensions: [{ Name: 'FunctionName', Value: 'worker' }],
            },
            Period: 60,
            Stat: 'Sum',
          },
        },
      ],
    });
    cloudWatch.destroy();
  });

  afterAll(() => aws.stop());

  it('have what they watch, and whom they tell', async () => {
    const read = await factsBy(readCloudWatch, () => false);
    expect(everyRelation(read)).toEqual(
      [
        `alarm-action: ${alarm('depth')} -> ${topic('alarms')}: AlarmActions`,
        `alarm-action: ${alarm('depth')} -> ${topic('calm')}: OKActions`,
        `alarm-action: ${alarm('depth')} -> ${topic('silence')}: InsufficientDataActions`,
        `alarm-metric: ${alarm('depth')} -> arn:aws:sqs:us-east-1:123456789012:orders: Dimensions.QueueName`,
        `alarm-metric: ${alarm('rate')} -> arn:aws:lambda:us-east-1:123456789012:function:worker: Metrics.errors.FunctionName`,
        `alarm-metric: ${alarm('traffic')} -> arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/lb/50dc6c495c0c9188: Dimensions.LoadBalancer`,
        `alarm-metric: ${alarm('traffic')} -> arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/tg/73e2d6bc24d8a067: Dimensions.TargetGroup`,
      ].sort(),
    );
    expect(noted(read, alarm('depth'))).toEqual([
      expect.objectContaining({ type: 'aws_cloudwatch_metric_alarm', name: 'depth', tags: undefined }),
    ]);
    expect(listedTypes(read)).toEqual([
      'aws_cloudwatch_composite_alarm in us-east-1',
      'aws_cloudwatch_metric_alarm in us-east-1',
    ]);
    expect(read.unread).toEqual([]);
  });

  it('are not known to be missing when they may not be listed', async () => {
    const read = await factsWhereDenied(aws, readCloudWatch, () => true);
    expect(gaps(read)).toEqual(['cloudwatch:DescribeAlarms on all alarms: existence, data-flow']);
    expect(read.facts.resources).toEqual([]);
    expect(listedTypes(read)).toEqual([]);
  });

  it('are read over all pages, composite ones, queries and other accounts too, which the emulator has not', async () => {
    const pages: Record<string, object> = {
      first: {
        MetricAlarms: [
          {
            AlarmName: 'far',
            AlarmArn: alarm('far'),
            Metrics: [
              {
                Id: 'm1',
                AccountId: '999999999999',
                MetricStat: {
                  Metric: { Namespace: 'AWS/DynamoDB', Dimensions: [{ Name: 'TableName', Value: 'orders' }] },
                },
              },
              {
                Id: 'q1',
                Expression: `SELECT MAX(Age) FROM SCHEMA("AWS/SQS", QueueName) WHERE QueueName = 'app-production-orders'`,
              },
            ],
          },
        ],
        NextToken: 'second',
      },
      second: {
        CompositeAlarms: [
          {
            AlarmName: 'both',
            AlarmArn: alarm('both'),
            AlarmRule: `(ALARM("too deep") OR ALARM(${alarm('far')})) AND NOT OK ( rate )`,
            AlarmActions: [topic('alarms')],
            ActionsSuppressor: 'maintenance',
          },
        ],
      },
    };
    const read = await factsOfRecorded(
      readCloudWatch,
      ({ body }) => {
        const { NextToken = 'first' } = JSON.parse(body) as { NextToken?: string };
        return { status: 200, body: JSON.stringify(pages[NextToken]) };
      },
      ({ name }) => name?.startsWith('app-production') === true,
    );
    expect(everyRelation(read)).toEqual([
      `alarm-action: ${alarm('both')} -> ${topic('alarms')}: AlarmActions`,
      `alarm-metric: ${alarm('both')} -> ${alarm('far')}: AlarmRule`,
      `alarm-metric: ${alarm('both')} -> ${alarm('maintenance')}: ActionsSuppressor`,
      `alarm-metric: ${alarm('both')} -> ${alarm('rate')}: AlarmRule`,
      `alarm-metric: ${alarm('both')} -> ${alarm('too deep')}: AlarmRule`,
      `alarm-metric: ${alarm('far')} -> app-production-orders: Metrics.q1.Expression`,
      `alarm-metric: ${alarm('far')} -> arn:aws:dynamodb:us-east-1:999999999999:table/orders: Metrics.m1.TableName`,
    ]);
    expect(idsOf(read, 'aws_cloudwatch_composite_alarm')).toEqual([alarm('both')]);
  });
});
