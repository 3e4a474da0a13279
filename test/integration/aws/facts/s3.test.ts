import {
  CreateBucketCommand,
  PutBucketEncryptionCommand,
  PutBucketInventoryConfigurationCommand,
  PutBucketLoggingCommand,
  PutBucketNotificationConfigurationCommand,
  PutBucketPolicyCommand,
  PutBucketReplicationCommand,
  PutBucketVersioningCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readS3 } from '../../../../src/adapters/aws/facts/s3.js';
import { factsWhereDenied } from '../../../support/denying-aws.js';
import { EmulatedAws } from '../../../support/emulated-aws.js';
import { everyPolicy, everyRelation, gaps } from '../../../support/fact-lines.js';
import { factsBy, factsOfRecorded, idsOf, listedTypes, noted } from '../../../support/fact-reading.js';

const bucket = (name: string) => `arn:aws:s3:::${name}`;
const key = (id: string) => `arn:aws:kms:us-east-1:123456789012:key/${id}`;
const QUEUE = 'arn:aws:sqs:us-east-1:123456789012:arrivals';
const TOPIC = 'arn:aws:sns:us-east-1:123456789012:arrivals';
const ROLE = 'arn:aws:iam::123456789012:role/replication';
const policyOf = (name: string) => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Service: 'logging.s3.amazonaws.com' },
      Action: 's3:PutObject',
      Resource: `${bucket(name)}/*`,
    },
  ],
});

describe('buckets, read from S3', () => {
  let aws: EmulatedAws;

  beforeAll(async () => {
    aws = await EmulatedAws.start();
    const [s3, sqs, sns] = [new S3Client(), new SQSClient(), new SNSClient()];
    await sqs.send(new CreateQueueCommand({ QueueName: 'arrivals' }));
    await sns.send(new CreateTopicCommand({ Name: 'arrivals' }));
    for (const Bucket of ['data', 'logs', 'copy']) await s3.send(new CreateBucketCommand({ Bucket }));
    const Bucket = 'data';
    for (const name of ['data', 'copy']) {
      const VersioningConfiguration = { Status: 'Enabled' } as const;
      await s3.send(new PutBucketVersioningCommand({ Bucket: name, VersioningConfiguration }));
    }
    for (const name of ['data', 'logs'])
      await s3.send(new PutBucketPolicyCommand({ Bucket: name, Policy: JSON.stringify(policyOf(name)) }));
    await s3.send(
      new PutBucketEncryptionCommand({
        Bucket,
        ServerSideEncryptionConfiguration: {
          Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'own' } }],
        },
      }),
    );
    await s3.send(
      new PutBucketReplicationCommand({
        Bucket,
        ReplicationConfiguration: {
          Role: ROLE,
          Rules: [
            {
              ID: 'everything',
              Status: 'Enabled',
              Priority: 1,
              Filter: { Prefix: '' },
              DeleteMarkerReplication: { Status: 'Disabled' },
              Destination: { Bucket: bucket('copy'), EncryptionConfiguration: { ReplicaKmsKeyID: key('replica') } },
            },
          ],
        },
      }),
    );
    await s3.send(
      new PutBucketLoggingCommand({
        Bucket,
        BucketLoggingStatus: { LoggingEnabled: { TargetBucket: 'logs', TargetPrefix: 's3/' } },
      }),
    );
    await s3.send(
      new PutBucketNotificationConfigurationCommand({
        Bucket,
        NotificationConfiguration: {
          QueueConfigurations: [{ QueueArn: QUEUE, Events: ['s3:ObjectCreated:*'] }],
          TopicConfigurations: [{ TopicArn: TOPIC, Events: ['s3:ObjectRemoved:*'] }],
        },
      }),
    );
    await s3.send(
      new PutBucketInventoryConfigurationCommand({
        Bucket,
        Id: 'weekly',
        InventoryConfiguration: {
          Id: 'weekly',
          IsEnabled: true,
          IncludedObjectVersions: 'Current',
          Schedule: { Frequency: 'Weekly' },
          Destination: { S3BucketDestination: { Bucket: bucket('logs'), Format: 'CSV' } },
        },
      }),
    );
    for (const client of [s3, sqs, sns]) client.destroy();
  });

  afterAll(() => aws.stop());

  it('have their policies and keys, and where objects, logs, lists and notifications go', async () => {
    const read = await factsBy(readS3, ({ name }) => name !== 'logs');
    expect(noted(read, bucket('data'))).toEqual([
      { id: bucket('data'), type: 'aws_s3_bucket', name: 'data', aliases: [], tags: undefined, partOf: undefined },
    ]);
    expect(everyPolicy(read)).toEqual([
      { kind: 'resource', holder: bucket('data'), name: 'bucket policy', document: policyOf('data') },
    ]);
    expect(everyRelation(read)).toEqual([
      `access-log: ${bucket('data')} -> ${bucket('logs')}: LoggingEnabled.TargetBucket`,
      `encrypted-with: ${bucket('data')} -> ${key('own')}: ApplyServerSideEncryptionByDefault.KMSMasterKeyID`,
      `encrypted-with: ${bucket('data')} -> ${key('replica')}: replication rule "everything"`,
      `notification: ${bucket('data')} -> ${TOPIC}: TopicConfigurations`,
      `notification: ${bucket('data')} -> ${QUEUE}: QueueConfigurations`,
      `replication: ${bucket('data')} -> ${bucket('copy')}: replication rule "everything"`,
      `replication: ${bucket('data')} -> ${bucket('logs')}: inventory "weekly"`,
      `service-role: ${bucket('data')} -> ${ROLE}: ReplicationConfiguration.Role`,
    ]);
    expect(idsOf(read, 'aws_s3_bucket')).toEqual([bucket('copy'), bucket('data'), bucket('logs')]);
    expect(listedTypes(read)).toEqual(['aws_s3_bucket in global']);
    expect(read.unread).toEqual([]);
  });

  it.each([
    ['policy', 's3:GetBucketPolicy on data: policies', 0],
    ['encryption', 's3:GetEncryptionConfiguration on data: encryption', 1],
    ['replication', 's3:GetReplicationConfiguration on data: data-flow, encryption, policies', 3],
    ['logging', 's3:GetBucketLogging on data: data-flow', 1],
    ['notification', 's3:GetBucketNotification on data: data-flow', 2],
    ['inventory', 's3:GetInventoryConfiguration on data: data-flow, encryption', 1],
  ])('leave a gap and tell the rest when their %s may not be read', async (subresource, gap, relations) => {
    const complete = await factsBy(readS3);
    const read = await factsWhereDenied(aws, readS3, ({ url }) =>
      new RegExp(`^/data/?\\?${subresource}(?:&|=|$)`).test(url),
    );
    expect(gaps(read)).toEqual([gap]);
    expect(everyRelation(read)).toHaveLength(everyRelation(complete).length - relations);
    expect(everyPolicy(read).map(({ holder }) => holder)).toContain(bucket('logs'));
  });

  it('are not known to be missing when they may not be listed', async () => {
    const read = await factsWhereDenied(aws, readS3, () => true);
    expect(gaps(read)).toEqual(['s3:ListAllMyBuckets on all buckets: existence, policies, encryption, data-flow']);
    expect(listedTypes(read)).toEqual([]);
  });

  it('are asked each in its own region, over all pages, as AWS answers', async () => {
    const page = (content: string) => `<ListAllMyBucketsResult>${content}</ListAllMyBucketsResult>`;
    const entry = (name: string, region: string) =>
      `<Buckets><Bucket><Name>${name}</Name><BucketRegion>${region}</BucketRegion></Bucket></Buckets>`;
    const rule = `<Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>aws:kms</SSEAlgorithm>
      <KMSMasterKeyID>alias/app</KMSMasterKeyID></ApplyServerSideEncryptionByDefault></Rule>`;
    const lambda = 'arn:aws:lambda:eu-west-1:123456789012:function:resize';
    const read = await factsOfRecorded(readS3, ({ url }) => {
      if (url.includes('max-buckets'))
        return url.includes('continuation-token')
          ? { status: 200, body: page(entry('there', 'eu-west-1')) }
          : { status: 200, body: page(`${entry('here', 'us-east-1')}<ContinuationToken>more</ContinuationToken>`) };
      if (url.startsWith('/there') && url.includes('?encryption'))
        return { status: 200, body: `<ServerSideEncryptionConfiguration>${rule}</ServerSideEncryptionConfiguration>` };
      if (url.startsWith('/there') && url.includes('?notification')) {
        const target = `<CloudFunctionConfiguration><CloudFunction>${lambda}</CloudFunction></CloudFunctionConfiguration>`;
        return { status: 200, body: `<NotificationConfiguration>${target}</NotificationConfiguration>` };
      }
      const none = url.includes('?policy')
        ? 'NoSuchBucketPolicy'
        : url.includes('?replication')
          ? 'ReplicationConfigurationNotFoundError'
          : url.includes('?encryption')
            ? 'ServerSideEncryptionConfigurationNotFoundError'
            : undefined;
      return none === undefined
        ? { status: 200, body: '<Configuration></Configuration>' }
        : { status: 404, body: `<Error><Code>${none}</Code></Error>` };
    });
    expect(idsOf(read, 'aws_s3_bucket')).toEqual([bucket('here'), bucket('there')]);
    const regions = (name: string) =>
      read.asked
        .filter(({ url }) => url.startsWith(`/${name}`))
        .map(({ headers }) => /\/\d{8}\/([\w-]+)\/s3\//.exec(headers.authorization ?? '')?.[1]);
    expect(new Set(regions('here'))).toEqual(new Set(['us-east-1']));
    expect(new Set(regions('there'))).toEqual(new Set(['eu-west-1']));
    const where = 'ApplyServerSideEncryptionByDefault.KMSMasterKeyID';
    expect(everyRelation(read)).toEqual([
      `encrypted-with: ${bucket('there')} -> arn:aws:kms:eu-west-1:123456789012:alias/app: ${where}`,
      `notification: ${bucket('there')} -> ${lambda}: LambdaFunctionConfigurations`,
    ]);
    expect(read.unread).toEqual([]);
  });
});
