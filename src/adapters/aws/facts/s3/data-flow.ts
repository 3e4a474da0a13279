import type { InventoryConfiguration, ReplicationRule } from '@aws-sdk/client-s3';
import { noteEncryption } from '../encryption.js';
import { listAll } from '../listing.js';
import { pagesByToken } from '../pages-by-token.js';
import type { Bucket } from './bucket.js';

/**
 * Where objects are copied to, as what role, and under what key.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketReplication.html
 */
export async function readReplication(bucket: Bucket): Promise<void> {
  const { reading, sdk, client, id, name } = bucket;
  const answer = await reading.ask(
    {
      action: 's3:GetReplicationConfiguration',
      subject: name,
      areas: ['data-flow', 'encryption', 'policies'],
      none: ['ReplicationConfigurationNotFoundError'],
    },
    () => client.send(new sdk.GetBucketReplicationCommand({ Bucket: name })),
  );
  const { Role, Rules = [] } = answer?.ReplicationConfiguration ?? {};
  reading.relation({ kind: 'service-role', from: id, to: Role, where: 'ReplicationConfiguration.Role' });
  for (const rule of Rules) noteReplication(bucket, rule);
}

function noteReplication({ reading, id }: Bucket, { ID, Destination }: ReplicationRule): void {
  const where = `replication rule "${ID}"`;
  reading.relation({ kind: 'replication', from: id, to: Destination?.Bucket, where });
  noteEncryption(reading, { from: id, key: Destination?.EncryptionConfiguration?.ReplicaKmsKeyID, where });
}

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLogging.html */
export async function readLogging({ reading, sdk, client, id, name }: Bucket): Promise<void> {
  const answer = await reading.ask({ action: 's3:GetBucketLogging', subject: name, areas: ['data-flow'] }, () =>
    client.send(new sdk.GetBucketLoggingCommand({ Bucket: name })),
  );
  const target = answer?.LoggingEnabled?.TargetBucket;
  const to = target === undefined ? undefined : reading.bucketArn(target);
  reading.relation({ kind: 'access-log', from: id, to, where: 'LoggingEnabled.TargetBucket' });
}

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketNotificationConfiguration.html */
export async function readNotifications({ reading, sdk, client, id, name }: Bucket): Promise<void> {
  const answer = await reading.ask({ action: 's3:GetBucketNotification', subject: name, areas: ['data-flow'] }, () =>
    client.send(new sdk.GetBucketNotificationConfigurationCommand({ Bucket: name })),
  );
  for (const { QueueArn: to } of answer?.QueueConfigurations ?? [])
    reading.relation({ kind: 'notification', from: id, to, where: 'QueueConfigurations' });
  for (const { TopicArn: to } of answer?.TopicConfigurations ?? [])
    reading.relation({ kind: 'notification', from: id, to, where: 'TopicConfigurations' });
  for (const { LambdaFunctionArn: to } of answer?.LambdaFunctionConfigurations ?? [])
    reading.relation({ kind: 'notification', from: id, to, where: 'LambdaFunctionConfigurations' });
}

/**
 * The buckets that lists of the objects are written to, and under what key.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBucketInventoryConfigurations.html
 */
export async function readInventories(bucket: Bucket): Promise<void> {
  const { reading, sdk, client, name } = bucket;
  const inventories = await listAll(reading, {
    action: 's3:GetInventoryConfiguration',
    subject: name,
    areas: ['data-flow', 'encryption'],
    pages: () =>
      pagesByToken(
        (ContinuationToken) =>
          client.send(new sdk.ListBucketInventoryConfigurationsCommand({ Bucket: name, ContinuationToken })),
        ({ NextContinuationToken }) => NextContinuationToken,
      ),
    items: ({ InventoryConfigurationList }) => InventoryConfigurationList,
  });
  for (const inventory of inventories) noteInventory(bucket, inventory);
}

function noteInventory({ reading, id }: Bucket, { Id, Destination }: InventoryConfiguration): void {
  const where = `inventory "${Id}"`;
  const { Bucket: to, Encryption } = Destination?.S3BucketDestination ?? {};
  reading.relation({ kind: 'replication', from: id, to, where });
  noteEncryption(reading, { from: id, key: Encryption?.SSEKMS?.KeyId, where });
}
