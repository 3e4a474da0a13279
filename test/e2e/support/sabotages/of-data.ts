import { DescribeAlarmsCommand, type MetricAlarm, PutMetricAlarmCommand } from '@aws-sdk/client-cloudwatch';
import { UpdateAliasCommand } from '@aws-sdk/client-kms';
import {
  DeleteBucketReplicationCommand,
  GetBucketEncryptionCommand,
  GetBucketLoggingCommand,
  PutBucketEncryptionCommand,
  PutBucketLoggingCommand,
  PutBucketNotificationConfigurationCommand,
  PutBucketReplicationCommand,
} from '@aws-sdk/client-s3';
import { UpdateSecretCommand } from '@aws-sdk/client-secrets-manager';
import { SubscribeCommand, UnsubscribeCommand } from '@aws-sdk/client-sns';
import { SetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import type { Sabotage } from './sabotage.js';
import type { Environment, World } from './world.js';

const queueAttribute = async ({ aws }: World, { queue }: Environment, name: string, value: string, before: string) => {
  const set = (text: string) =>
    aws.sqs.send(new SetQueueAttributesCommand({ QueueUrl: queue['url'], Attributes: { [name]: text } }));
  await set(value);
  return () => set(before);
};

/** Puts an alarm of staging's again with other settings, and back. */
const changedAlarm = async ({ aws }: World, change: Partial<MetricAlarm>) => {
  const { MetricAlarms = [] } = await aws.cloudwatch.send(
    new DescribeAlarmsCommand({ AlarmNames: ['mht-api-staging-alb-5xx'] }),
  );
  const [alarm] = MetricAlarms;
  if (alarm === undefined) throw new Error('there is no alarm');
  const put = (settings: MetricAlarm) =>
    aws.cloudwatch.send(
      new PutMetricAlarmCommand({
        ...settings,
        AlarmName: settings.AlarmName ?? '',
        EvaluationPeriods: settings.EvaluationPeriods ?? 1,
        ComparisonOperator: settings.ComparisonOperator ?? 'GreaterThanThreshold',
        Metrics: undefined,
        Tags: ['Environment=staging', 'Project=mht-api', 'Name=mht-api-staging-alb-5xx'].map((tag) => {
          const [Key = '', Value = ''] = tag.split('=');
          return { Key, Value };
        }),
      }),
    );
  await put({ ...alarm, ...change });
  return () => put(alarm);
};

const bucketKey = async ({ aws }: World, Bucket: string, KMSMasterKeyID: string) => {
  const { ServerSideEncryptionConfiguration } = await aws.s3.send(new GetBucketEncryptionCommand({ Bucket }));
  const put = (settings: typeof ServerSideEncryptionConfiguration) =>
    aws.s3.send(new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration: settings }));
  await put({ Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID } }] });
  return () => put(ServerSideEncryptionConfiguration);
};

/** Sabotages of keys. */
export const OF_KEYS: readonly Sabotage[] = [
  {
    name: "a bucket of staging's under production's key",
    rule: 'encryption',
    names: ({ production }) => production.key['arn'] as string,
    commit: ({ world }) => bucketKey(world, world.staging.bucket, world.production.key['arn'] ?? ''),
  },
  {
    name: "staging's state bucket under production's key",
    rule: 'encryption',
    names: () => 'mht-api-terraform-state-staging',
    commit: ({ world }) => bucketKey(world, 'mht-api-terraform-state-staging', world.production.key['arn'] ?? ''),
  },
  {
    name: "a secret of production's under staging's key",
    rule: 'encryption',
    names: ({ staging }) => staging.key['arn'] as string,
    commit: async ({ world: { aws, staging, production } }) => {
      const set = (KmsKeyId = '') =>
        aws.secrets.send(new UpdateSecretCommand({ SecretId: production.secret, KmsKeyId }));
      await set(staging.key['arn']);
      return () => set(production.key['arn']);
    },
  },
  {
    name: "staging's alias on production's key",
    rule: 'encryption',
    names: () => 'module.encryption.aws_kms_alias.this',
    commit: async ({ world: { aws, staging, production } }) => {
      const set = (TargetKeyId = '') =>
        aws.kms.send(new UpdateAliasCommand({ AliasName: 'alias/mht-api-staging', TargetKeyId }));
      await set(production.key['key_id']);
      return () => set(staging.key['key_id']);
    },
  },
  {
    name: "a queue of staging's under production's key",
    rule: 'encryption',
    names: ({ production }) => production.key['arn'] as string,
    commit: ({ world }) => {
      const [other = '', own = ''] = [world.production, world.staging].map(({ key }) => key['arn']);
      return queueAttribute(world, world.staging, 'KmsMasterKeyId', other, own);
    },
  },
];

/** Sabotages of what is sent, copied, logged and announced. */
export const OF_DATA: readonly Sabotage[] = [
  {
    name: "failed messages of staging's in production's dead-letter queue",
    rule: 'data-flow',
    names: ({ production }) => production.deadLetters['arn'] as string,
    commit: ({ world }) => {
      const policy = ({ deadLetters }: Environment) =>
        JSON.stringify({ deadLetterTargetArn: deadLetters['arn'], maxReceiveCount: 2 });
      return queueAttribute(world, world.staging, 'RedrivePolicy', policy(world.production), policy(world.staging));
    },
  },
  {
    name: "access logs of staging's in production's bucket",
    rule: 'data-flow',
    names: ({ production }) => production.logsBucket,
    commit: async ({ world: { aws, staging, production } }) => {
      const Bucket = staging.bucket;
      const { LoggingEnabled } = await aws.s3.send(new GetBucketLoggingCommand({ Bucket }));
      const put = (settings: typeof LoggingEnabled) =>
        aws.s3.send(new PutBucketLoggingCommand({ Bucket, BucketLoggingStatus: { LoggingEnabled: settings } }));
      // The prefix that production's bucket admits: S3 asks the target's policy.
      await put({ TargetPrefix: `s3/${production.bucket}/`, TargetBucket: production.logsBucket });
      return () => put(LoggingEnabled);
    },
  },
  {
    name: "a bucket of production's that is copied to staging's",
    rule: 'data-flow',
    names: ({ staging }) => staging.bucket,
    commit: async ({ world: { aws, staging, production } }) => {
      const Bucket = production.bucket;
      await aws.s3.send(
        new PutBucketReplicationCommand({
          Bucket,
          ReplicationConfiguration: {
            Role: production.role['arn'],
            Rules: [
              {
                ID: 'copy',
                Status: 'Enabled',
                Priority: 1,
                Filter: { Prefix: '' },
                DeleteMarkerReplication: { Status: 'Disabled' },
                Destination: { Bucket: `arn:aws:s3:::${staging.bucket}` },
              },
            ],
          },
        }),
      );
      return () => aws.s3.send(new DeleteBucketReplicationCommand({ Bucket }));
    },
  },
  {
    name: "objects of staging's that are announced in production's queue",
    rule: 'data-flow',
    names: ({ production }) => production.queue['arn'] as string,
    commit: async ({ world: { aws, staging, production } }) => {
      const put = (NotificationConfiguration: object) =>
        aws.s3.send(
          new PutBucketNotificationConfigurationCommand({
            Bucket: staging.bucket,
            NotificationConfiguration,
            SkipDestinationValidation: true,
          }),
        );
      await put({ QueueConfigurations: [{ QueueArn: production.queue['arn'], Events: ['s3:ObjectCreated:*'] }] });
      return () => put({});
    },
  },
  {
    name: "production's alarms delivered to staging's address",
    rule: 'data-flow',
    names: () => 'https://staging.api.amygdalas.com/alarms',
    commit: async ({ world: { aws, production } }) => {
      const { SubscriptionArn } = await aws.sns.send(
        new SubscribeCommand({
          TopicArn: production.topic,
          Protocol: 'https',
          Endpoint: 'https://staging.api.amygdalas.com/alarms',
          ReturnSubscriptionArn: true,
        }),
      );
      return () => aws.sns.send(new UnsubscribeCommand({ SubscriptionArn }));
    },
  },
  {
    name: "an alarm of staging's to production's topic",
    rule: 'data-flow',
    names: ({ production }) => production.topic,
    commit: ({ world }) => changedAlarm(world, { AlarmActions: [world.production.topic] }),
  },
  {
    name: "an alarm of staging's that watches production's load balancer",
    rule: 'data-flow',
    names: ({ production }) => production.balancer['arn'] as string,
    commit: ({ world }) =>
      changedAlarm(world, {
        Dimensions: [{ Name: 'LoadBalancer', Value: world.production.balancer['arn_suffix'] }],
      }),
  },
];
