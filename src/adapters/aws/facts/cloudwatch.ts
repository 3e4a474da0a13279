import type { CompositeAlarm, MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { alarmsNamedIn } from './cloudwatch/alarm-rule.js';
import { identifierWatched } from './cloudwatch/dimensions.js';
import { namedIn } from './named-in-text.js';
import type { Reading } from './reading.js';

/**
 * What AWS itself does when an alarm goes off, to an instance or by opening an OpsItem: nobody's resource.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
 */
const ACTION_OF_AWS = /^arn:[^:]+:(?:automate:|swf:|ssm:[^:]*:[^:]*:opsitem:)/;

/**
 * Alarms: what they watch, and whom they tell.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html
 */
export async function readCloudWatch(reading: Reading): Promise<void> {
  const { CloudWatchClient, paginateDescribeAlarms } = await import('../sdk/cloudwatch.js');
  const client = new CloudWatchClient(reading.configuration);
  const metricAlarms: MetricAlarm[] = [];
  const compositeAlarms: CompositeAlarm[] = [];
  try {
    const whole = await reading.pages(
      { action: 'cloudwatch:DescribeAlarms', subject: 'all alarms', areas: ['existence', 'data-flow'] },
      () => paginateDescribeAlarms({ client, pageSize: 100 }, { AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] }),
      ({ MetricAlarms = [], CompositeAlarms = [] }) => {
        metricAlarms.push(...MetricAlarms);
        compositeAlarms.push(...CompositeAlarms);
      },
    );
    if (whole) reading.listed('regional', 'aws_cloudwatch_metric_alarm', 'aws_cloudwatch_composite_alarm');
    for (const alarm of compositeAlarms) noteCompositeAlarm(reading, alarm);
    await Promise.all(metricAlarms.map((alarm) => noteMetricAlarm(reading, alarm)));
  } finally {
    client.destroy();
  }
}

async function noteMetricAlarm(reading: Reading, alarm: MetricAlarm): Promise<void> {
  const { AlarmArn: id = '', AlarmName: name, Namespace = '', Dimensions = [], Metrics = [] } = alarm;
  reading.resource({ id, type: 'aws_cloudwatch_metric_alarm', name });
  noteActions(reading, id, alarm);
  const watch = (to: string, where: string): void => reading.relation({ kind: 'alarm-metric', from: id, to, where });
  const place = reading.vantage;
  for (const dimension of Dimensions)
    watch(identifierWatched(Namespace, dimension, place), `Dimensions.${dimension.Name}`);
  for (const { Id, MetricStat, AccountId: accountId = place.accountId, Expression } of Metrics) {
    const { Namespace = '', Dimensions = [] } = MetricStat?.Metric ?? {};
    for (const dimension of Dimensions)
      watch(identifierWatched(Namespace, dimension, { ...place, accountId }), `Metrics.${Id}.${dimension.Name}`);
    // A query of metrics names what it watches in its own words.
    if (Expression !== undefined)
      for (const to of namedIn(Expression, await reading.focus, (bucket) => reading.bucketArn(bucket)))
        watch(to, `Metrics.${Id}.Expression`);
  }
}

function noteCompositeAlarm(reading: Reading, alarm: CompositeAlarm): void {
  const { AlarmArn: id = '', AlarmName: name, AlarmRule = '', ActionsSuppressor } = alarm;
  reading.resource({ id, type: 'aws_cloudwatch_composite_alarm', name });
  noteActions(reading, id, alarm);
  const watch = (other: string, where: string): void => {
    const to = other.startsWith('arn:') ? other : reading.arn('cloudwatch', `alarm:${other}`);
    reading.relation({ kind: 'alarm-metric', from: id, to, where });
  };
  for (const other of alarmsNamedIn(AlarmRule)) watch(other, 'AlarmRule');
  if (ActionsSuppressor !== undefined) watch(ActionsSuppressor, 'ActionsSuppressor');
}

function noteActions(reading: Reading, from: string, alarm: MetricAlarm | CompositeAlarm): void {
  for (const where of ['AlarmActions', 'OKActions', 'InsufficientDataActions'] as const)
    for (const to of alarm[where] ?? [])
      if (!ACTION_OF_AWS.test(to)) reading.relation({ kind: 'alarm-action', from, to, where });
}
