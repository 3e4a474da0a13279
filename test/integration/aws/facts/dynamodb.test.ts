import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DynamoDBClient,
  PutResourcePolicyCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readDynamoDb } from '../../../../src/adapters/aws/facts/dynamodb.js';
import { factsWhereDenied, operationOf } from '../../../support/denying-aws.js';
import { EmulatedAws } from '../../../support/emulated-aws.js';
import { everyPolicy, everyRelation, gaps } from '../../../support/fact-lines.js';
import { factsBy, factsOfRecorded, idsOf, listedTypes, noted } from '../../../support/fact-reading.js';

const table = (name: string, region = 'us-east-1') => `arn:aws:dynamodb:${region}:123456789012:table/${name}`;
const KEY = 'arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const POLICY = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Deny', Principal: '*', Action: 'dynamodb:DeleteTable', Resource: '*' }],
};

describe('tables, read from DynamoDB', () => {
  let aws: EmulatedAws;

  beforeAll(async () => {
    aws = await EmulatedAws.start();
    const client = new DynamoDBClient();
    const make = (TableName: string, more: Partial<CreateTableCommandInput>) =>
      client.send(
        new CreateTableCommand({
          TableName,
          BillingMode: 'PAY_PER_REQUEST',
          AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
          KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
          ...more,
        }),
      );
    await make('orders', {
      SSESpecification: { Enabled: true, SSEType: 'KMS', KMSMasterKeyId: KEY },
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'KEYS_ONLY' },
    });
    await make('other', {});
    const Policy = JSON.stringify(POLICY);
    for (const name of ['orders', 'other'])
      await client.send(new PutResourcePolicyCommand({ ResourceArn: table(name), Policy }));
    client.destroy();
  });

  afterAll(() => aws.stop());

  it('have their keys, streams and policies', async () => {
    const read = await factsBy(readDynamoDb, ({ name }) => name === 'orders');
    expect(noted(read, table('orders'))).toEqual([
      expect.objectContaining({ type: 'aws_dynamodb_table', name: 'orders', aliases: [] }),
      expect.objectContaining({ aliases: [expect.stringContaining(`${table('orders')}/stream/`)] }),
    ]);
    expect(everyPolicy(read)).toEqual([
      { kind: 'resource', holder: table('orders'), name: 'table policy', document: POLICY },
    ]);
    expect(everyRelation(read)).toEqual([
      `encrypted-with: ${table('orders')} -> ${KEY}: SSEDescription.KMSMasterKeyArn`,
    ]);
    expect(idsOf(read, 'aws_dynamodb_table')).toEqual([table('orders'), table('other')]);
    expect(listedTypes(read)).toEqual(['aws_dynamodb_table in us-east-1']);
    expect(read.unread).toEqual([]);
  });

  it.each([
    ['DescribeTable', 'dynamodb:DescribeTable on orders: encryption, data-flow, policies'],
    ['GetResourcePolicy', `dynamodb:GetResourcePolicy on ${table('orders')}: policies`],
  ])('leave a gap and tell the rest when %s is denied', async (operation, gap) => {
    const read = await factsWhereDenied(
      aws,
      readDynamoDb,
      (request) => operationOf(request) === operation && /orders"/.test(request.body),
    );
    expect(gaps(read)).toEqual([gap]);
    expect(idsOf(read, 'aws_dynamodb_table')).toHaveLength(2);
    expect(everyPolicy(read).map(({ holder }) => holder)).toContain(table('other'));
  });

  it('are not known to be missing when they may not be listed', async () => {
    const read = await factsWhereDenied(aws, readDynamoDb, () => true);
    expect(gaps(read)).toEqual(['dynamodb:ListTables on all tables: existence, policies, encryption, data-flow']);
    expect(listedTypes(read)).toEqual([]);
  });

  it('have replicas in other regions, over all pages, and policies of their streams, as AWS answers', async () => {
    const stream = `${table('two')}/stream/2026-01-01T00:00:00.000`;
    const replicas = [{ RegionName: 'us-east-1' }, { RegionName: 'eu-west-1', KMSMasterKeyId: 'alias/app' }];
    const tables: Record<string, object> = {
      one: { TableName: 'one', Replicas: replicas },
      two: { TableName: 'two', LatestStreamArn: stream, StreamSpecification: { StreamEnabled: true } },
    };
    const read = await factsOfRecorded(readDynamoDb, (request) => {
      const input = JSON.parse(request.body) as Record<string, string>;
      switch (operationOf(request)) {
        case 'ListTables':
          return input['ExclusiveStartTableName'] === undefined
            ? { status: 200, body: JSON.stringify({ TableNames: ['one'], LastEvaluatedTableName: 'one' }) }
            : { status: 200, body: JSON.stringify({ TableNames: ['two'] }) };
        case 'DescribeTable':
          return { status: 200, body: JSON.stringify({ Table: tables[input['TableName'] ?? ''] }) };
        default:
          return input['ResourceArn'] === stream
            ? { status: 200, body: JSON.stringify({ Policy: JSON.stringify(POLICY) }) }
            : { status: 400, body: JSON.stringify({ __type: 'PolicyNotFoundException' }) };
      }
    });
    expect(everyRelation(read)).toEqual([
      `encrypted-with: ${table('one')} -> arn:aws:kms:eu-west-1:123456789012:alias/app: replica in eu-west-1`,
      `replication: ${table('one')} -> ${table('one', 'eu-west-1')}: replica in eu-west-1`,
    ]);
    expect(everyPolicy(read)).toEqual([
      { kind: 'resource', holder: table('two'), name: 'stream policy', document: POLICY },
    ]);
    expect(read.unread).toEqual([]);
  });
});
