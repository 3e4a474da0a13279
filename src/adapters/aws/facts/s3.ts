import type { S3Client } from '@aws-sdk/client-s3';
import { concerned } from './concerned.js';
import { noteEncryption } from './encryption.js';
import { listAll } from './listing.js';
import type { Reading } from './reading.js';
import type { Bucket } from './s3/bucket.js';
import { readInventories, readLogging, readNotifications, readReplication } from './s3/data-flow.js';

/**
 * Buckets with their policies and keys, and where what is in them goes. A bucket is asked in its own region.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html
 */
export async function readS3(reading: Reading): Promise<void> {
  const sdk = await import('../sdk/s3.js');
  const clients = new Map<string, S3Client>();
  const clientIn = (region: string): S3Client => {
    const client =
      clients.get(region) ?? new sdk.S3Client({ ...reading.configuration, region, followRegionRedirects: true });
    clients.set(region, client);
    return client;
  };
  const { region: here } = reading.vantage;
  try {
    const listed = await listAll(reading, {
      action: 's3:ListAllMyBuckets',
      subject: 'all buckets',
      areas: ['existence', 'policies', 'encryption', 'data-flow'],
      types: ['aws_s3_bucket'],
      scope: 'global',
      // Only an answer in pages tells the regions.
      pages: () => sdk.paginateListBuckets({ client: clientIn(here), pageSize: 1000 }, {}),
      items: ({ Buckets }) => Buckets,
    });
    const buckets = listed.map(({ Name: name = '', BucketRegion: region = here }) => ({
      id: reading.bucketArn(name),
      name,
      region,
    }));
    for (const { id, name } of buckets) reading.resource({ id, type: 'aws_s3_bucket', name });
    const close = await concerned(reading, buckets);
    await Promise.all(close.map((bucket) => readBucket({ ...bucket, reading, sdk, client: clientIn(bucket.region) })));
  } finally {
    for (const client of clients.values()) client.destroy();
  }
}

async function readBucket(bucket: Bucket): Promise<void> {
  await Promise.all([
    readPolicy(bucket),
    readEncryption(bucket),
    readReplication(bucket),
    readLogging(bucket),
    readNotifications(bucket),
    readInventories(bucket),
  ]);
}

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketPolicy.html */
async function readPolicy({ reading, sdk, client, id, name }: Bucket): Promise<void> {
  const answer = await reading.ask(
    { action: 's3:GetBucketPolicy', subject: name, areas: ['policies'], none: ['NoSuchBucketPolicy'] },
    () => client.send(new sdk.GetBucketPolicyCommand({ Bucket: name })),
  );
  reading.policy({ kind: 'resource', holder: id, name: 'bucket policy', document: answer?.Policy });
}

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketEncryption.html */
async function readEncryption({ reading, sdk, client, id, name, region }: Bucket): Promise<void> {
  const answer = await reading.ask(
    {
      action: 's3:GetEncryptionConfiguration',
      subject: name,
      areas: ['encryption'],
      none: ['ServerSideEncryptionConfigurationNotFoundError'],
    },
    () => client.send(new sdk.GetBucketEncryptionCommand({ Bucket: name })),
  );
  for (const { ApplyServerSideEncryptionByDefault } of answer?.ServerSideEncryptionConfiguration?.Rules ?? []) {
    const key = ApplyServerSideEncryptionByDefault?.KMSMasterKeyID;
    noteEncryption(reading, { from: id, key, where: 'ApplyServerSideEncryptionByDefault.KMSMasterKeyID', region });
  }
}
