import type { DynamoDBClient, TableDescription } from '@aws-sdk/client-dynamodb';
import { concerned } from './concerned.js';
import { noteEncryption } from './encryption.js';
import { listAll } from './listing.js';
import type { Reading } from './reading.js';

/** What the parts of this reader share. */
interface DynamoDb {
  readonly reading: Reading;
  readonly sdk: typeof import('../sdk/dynamodb.js');
  readonly client: DynamoDBClient;
}

/** There is no policy, or the stream has been replaced meanwhile. */
const NO_POLICY = ['PolicyNotFoundException', 'ResourceNotFoundException'];

/**
 * Tables with their keys, replicas, streams and policies.
 * Source: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListTables.html
 */
export async function readDynamoDb(reading: Reading): Promise<void> {
  const sdk = await import('../sdk/dynamodb.js');
  const client = new sdk.DynamoDBClient(reading.configuration);
  const dynamodb = { reading, sdk, client };
  try {
    const names = await listAll(reading, {
      action: 'dynamodb:ListTables',
      subject: 'all tables',
      areas: ['existence', 'policies', 'encryption', 'data-flow'],
      types: ['aws_dynamodb_table'],
      pages: () => sdk.paginateListTables({ client, pageSize: 100 }, {}),
      items: ({ TableNames }) => TableNames,
    });
    const tables = names.map((name) => ({ id: reading.arn('dynamodb', `table/${name}`), name }));
    for (const { id, name } of tables) reading.resource({ id, type: 'aws_dynamodb_table', name });
    const close = await concerned(reading, tables);
    await Promise.all(
      close.flatMap(({ id, name }) => [readTable(dynamodb, id, name), readPolicy(dynamodb, id, 'table policy')]),
    );
  } finally {
    client.destroy();
  }
}

/** Source: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeTable.html */
async function readTable(dynamodb: DynamoDb, id: string, name: string): Promise<void> {
  const { reading, sdk, client } = dynamodb;
  const answer = await reading.ask(
    { action: 'dynamodb:DescribeTable', subject: name, areas: ['encryption', 'data-flow', 'policies'] },
    () => client.send(new sdk.DescribeTableCommand({ TableName: name })),
  );
  if (answer?.Table === undefined) return;
  noteTable(reading, id, name, answer.Table);
  const { LatestStreamArn: stream, StreamSpecification } = answer.Table;
  if (stream !== undefined && StreamSpecification?.StreamEnabled)
    await readPolicy(dynamodb, id, 'stream policy', stream);
}

function noteTable(reading: Reading, id: string, name: string, table: TableDescription): void {
  const { LatestStreamArn, SSEDescription, Replicas = [] } = table;
  if (LatestStreamArn !== undefined)
    reading.resource({ id, type: 'aws_dynamodb_table', name, aliases: [LatestStreamArn] });
  noteEncryption(reading, { from: id, key: SSEDescription?.KMSMasterKeyArn, where: 'SSEDescription.KMSMasterKeyArn' });
  const { partition, accountId } = reading.vantage;
  for (const { RegionName, KMSMasterKeyId: key } of Replicas) {
    // A replica describes itself as one of them.
    if (RegionName === undefined || RegionName === reading.vantage.region) continue;
    const to = `arn:${partition}:dynamodb:${RegionName}:${accountId}:table/${name}`;
    reading.relation({ kind: 'replication', from: id, to, where: `replica in ${RegionName}` });
    noteEncryption(reading, { from: id, key, where: `replica in ${RegionName}`, region: RegionName });
  }
}

/**
 * Tables and their streams have policies of their own.
 * Source: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_GetResourcePolicy.html
 */
async function readPolicy(
  { reading, sdk, client }: DynamoDb,
  holder: string,
  name: string,
  ResourceArn: string = holder,
): Promise<void> {
  const answer = await reading.ask(
    {
      action: 'dynamodb:GetResourcePolicy',
      subject: ResourceArn,
      areas: ['policies'],
      none: NO_POLICY,
    },
    () => client.send(new sdk.GetResourcePolicyCommand({ ResourceArn })),
  );
  reading.policy({ kind: 'resource', holder, name, document: answer?.Policy });
}
