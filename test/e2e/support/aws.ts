import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import type { CommandLine } from './command-line.js';

/** Clients of the emulator a command line was pointed at; what AWS itself says, past our own adapters. */
export function clientSettings({ variables }: CommandLine) {
  const endpoint = variables['AWS_ENDPOINT_URL'];
  if (endpoint === undefined) throw new Error('start the emulator first');
  return { endpoint, region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };
}

/** Every object of a bucket by its key. */
export async function objectsOf(mhtctl: CommandLine, bucket: string): Promise<ReadonlyMap<string, string>> {
  const s3 = new S3Client({ ...clientSettings(mhtctl), forcePathStyle: true });
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: bucket }));
  const objects = await Promise.all(
    Contents.map(async ({ Key = '' }) => {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key }));
      return [Key, (await Body?.transformToString()) ?? ''] as const;
    }),
  );
  s3.destroy();
  return new Map(objects);
}

/** The ids of Terraform's locks in a lock table; its digest of the state is kept there too, and mhtctl's own lock. */
export async function locksIn(mhtctl: CommandLine, table: string): Promise<readonly string[]> {
  const dynamodb = new DynamoDBClient(clientSettings(mhtctl));
  const { Items = [] } = await dynamodb.send(new ScanCommand({ TableName: table }));
  dynamodb.destroy();
  return Items.map(({ LockID }) => LockID?.S ?? '').filter((id) => !/(-md5|\.operation)$/.test(id));
}

/** The records of an environment's ledger, oldest first. */
export function recordsIn(
  objects: ReadonlyMap<string, string>,
): readonly { readonly id: string; readonly operation: string; readonly status: string }[] {
  return [...objects]
    .filter(([key]) => key.includes('.deployments/') && !key.endsWith('.started.json'))
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([, text]) => JSON.parse(text));
}
