import type { Dimension } from '@aws-sdk/client-cloudwatch';
import type { Place } from '../../../../domain/separation/state-facts.js';

/** Makes the ARN of what a dimension's value names. */
type Naming = (value: string, place: Place) => string;

const regional =
  (service: string, prefix = ''): Naming =>
  (value, { partition, region, accountId }) =>
    `arn:${partition}:${service}:${region}:${accountId}:${prefix}${value}`;

/** For services whose ARNs have neither region nor account. */
const worldwide =
  (service: string, prefix = ''): Naming =>
  (value, { partition }) =>
    `arn:${partition}:${service}:::${prefix}${value}`;

/** The ends of ARNs, as load balancers and target groups are named. */
const LOAD_BALANCING: Readonly<Record<string, Naming>> = {
  LoadBalancer: regional('elasticloadbalancing', 'loadbalancer/'),
  TargetGroup: regional('elasticloadbalancing'),
};

/**
 * What the values of dimensions stand for, by namespace and dimension. Ids of EC2 and ARNs speak for themselves.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/aws-services-cloudwatch-metrics.html, with the
 * dimensions on each service's own page.
 */
const NAMINGS: Readonly<Record<string, Readonly<Record<string, Naming>>>> = {
  'AWS/ApplicationELB': LOAD_BALANCING,
  'AWS/DynamoDB': { TableName: regional('dynamodb', 'table/') },
  'AWS/Events': { RuleName: regional('events', 'rule/') },
  'AWS/GatewayELB': LOAD_BALANCING,
  'AWS/KMS': { KeyId: regional('kms', 'key/') },
  'AWS/Lambda': { FunctionName: regional('lambda', 'function:') },
  'AWS/Logs': { LogGroupName: regional('logs', 'log-group:') },
  'AWS/NetworkELB': LOAD_BALANCING,
  'AWS/Route53': { HostedZoneId: worldwide('route53', 'hostedzone/') },
  'AWS/S3': { BucketName: worldwide('s3') },
  'AWS/SNS': { TopicName: regional('sns') },
  'AWS/SQS': { QueueName: regional('sqs') },
  'AWS/Scheduler': { ScheduleGroup: regional('scheduler', 'schedule-group/') },
};

/** The canonical identifier of what a dimension of a metric is about; its bare value where only the value is known. */
export function identifierWatched(namespace: string, { Name = '', Value = '' }: Dimension, place: Place): string {
  return Value.startsWith('arn:') ? Value : (NAMINGS[namespace]?.[Name]?.(Value, place) ?? Value);
}
