import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { TaggingInventory } from '../../../src/adapters/aws/tagging-inventory.js';
import { bindingOf } from '../../support/bindings.js';
import { CallerEnvironment } from '../../support/caller-environment.js';
import { EMULATED_ACCOUNT, EmulatedAws } from '../../support/emulated-aws.js';
import { RecordedAws } from '../../support/recorded-aws.js';

const MORE_THAN_A_PAGE = 105;
const inventory = new TaggingInventory();
const staging = bindingOf('staging');

describe('the inventory by tags', () => {
  let aws: EmulatedAws;
  let dynamodb: DynamoDBClient;
  const createTable = (TableName: string, Environment: string) =>
    dynamodb.send(
      new CreateTableCommand({
        TableName,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        Tags: [
          { Key: 'Environment', Value: Environment },
          { Key: 'Owner', Value: 'Zoë' },
        ],
      }),
    );
  const arnOf = (table: string) => `arn:aws:dynamodb:us-east-1:${EMULATED_ACCOUNT}:table/${table}`;

  beforeAll(async () => {
    aws = await EmulatedAws.start();
    dynamodb = new DynamoDBClient();
  });

  afterAll(async () => {
    dynamodb.destroy();
    await aws.stop();
  });

  beforeEach(() => aws.reset());

  it('is empty where nothing carries the tag', async () => {
    expect(await inventory.taggedWithEnvironment(staging)).toEqual([]);
  });

  it("lists an environment's own resources with all their tags, and nobody else's", async () => {
    await createTable('own', 'staging');
    await createTable('of-production', 'production');
    await createTable('of-another-staging', 'staging-eu');
    expect(await inventory.taggedWithEnvironment(staging)).toEqual([
      { arn: arnOf('own'), tags: { Environment: 'staging', Owner: 'Zoë' } },
    ]);
  });

  it('lists more resources than a page holds, each once', async () => {
    const names = Array.from({ length: MORE_THAN_A_PAGE }, (_, index) => `table-${index}`);
    await Promise.all(names.map((name) => createTable(name, 'staging')));
    const arns = (await inventory.taggedWithEnvironment(staging)).map(({ arn }) => arn);
    expect([...arns].sort()).toEqual(names.map(arnOf).sort());
  });

  it('goes on after a page that is empty but has a token, as AWS answers while it filters', async () => {
    const pages: Readonly<Record<string, object>> = {
      '': { PaginationToken: 'second', ResourceTagMappingList: [] },
      second: {
        PaginationToken: '',
        ResourceTagMappingList: [{ ResourceARN: arnOf('late'), Tags: [{ Key: 'Environment', Value: 'staging' }] }],
      },
    };
    const recorded = await RecordedAws.start(({ body }) => {
      const { PaginationToken = '' } = JSON.parse(body) as { PaginationToken?: string };
      return { status: 200, body: JSON.stringify(pages[PaginationToken]) };
    });
    const environment = new CallerEnvironment();
    environment.set({ AWS_ENDPOINT_URL: recorded.endpoint });
    try {
      expect(await inventory.taggedWithEnvironment(staging)).toEqual([
        { arn: arnOf('late'), tags: { Environment: 'staging' } },
      ]);
    } finally {
      environment.restore();
      await recorded.stop();
    }
  });
});
