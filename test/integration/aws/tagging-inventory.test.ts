import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ClientConfigurations } from '../../../src/adapters/aws/client-configuration.js';
import { TaggingInventory } from '../../../src/adapters/aws/tagging-inventory.js';
import type { TagQuery } from '../../../src/ports/tag-inventory.js';
import { FakeClock } from '../../fakes/clock.js';
import { EMULATED_ACCOUNT, EmulatedAws } from '../../support/emulated-aws.js';
import { everythingOf } from '../../support/pages.js';

const MORE_THAN_A_PAGE = 105;
const staging: TagQuery = { tag: 'Environment', values: ['staging'] };

describe('the inventory by tags', () => {
  let aws: EmulatedAws;
  let dynamodb: DynamoDBClient;
  const inventory = new TaggingInventory(new ClientConfigurations(), new FakeClock());
  const find = (query: TagQuery, region = 'us-east-1') =>
    everythingOf(inventory.pages({ accountId: EMULATED_ACCOUNT, region, roleArn: undefined }, query));
  const createTable = (TableName: string, tags: Readonly<Record<string, string>>) =>
    dynamodb.send(
      new CreateTableCommand({
        TableName,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
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
    expect(await find(staging)).toEqual([]);
  });

  it("lists an environment's own resources with the tags that say whose they are, and nobody else's", async () => {
    await createTable('own', { Environment: 'staging', Name: 'Zoë', Owner: 'ada' });
    await createTable('of-production', { Environment: 'production' });
    await createTable('of-another-staging', { Environment: 'staging-eu' });
    expect(await find(staging)).toEqual([{ arn: arnOf('own'), tags: { Environment: 'staging', Name: 'Zoë' } }]);
  });

  it('lists more resources than a page holds, each once', async () => {
    const names = Array.from({ length: MORE_THAN_A_PAGE }, (_, index) => `table-${index}`);
    await Promise.all(names.map((name) => createTable(name, { Environment: 'staging' })));
    const arns = (await find(staging)).map(({ arn }) => arn);
    expect([...arns].sort()).toEqual(names.map(arnOf).sort());
  });

  it('lists several environments at once', async () => {
    await createTable('of-staging', { Environment: 'staging' });
    await createTable('of-production', { Environment: 'production' });
    await createTable('of-development', { Environment: 'development' });
    const found = await find({ tag: 'Environment', values: ['production', 'staging'] });
    expect(found.map(({ arn }) => arn).sort()).toEqual([arnOf('of-production'), arnOf('of-staging')]);
  });

  it('shows by its project what carries no environment, or a wrong one', async () => {
    await createTable('untagged', { Project: 'acme' });
    await createTable('near-miss', { Project: 'acme', Environment: 'Staging ', env: 'staging' });
    await createTable('of-another-project', { Project: 'emca', Environment: 'staging' });
    expect(await find({ tag: 'Project', values: ['acme'] })).toEqual([
      { arn: arnOf('untagged'), tags: { Project: 'acme' } },
      { arn: arnOf('near-miss'), tags: { Project: 'acme', Environment: 'Staging ', env: 'staging' } },
    ]);
  });

  it('lists by ARN those that are there, and no others', async () => {
    await createTable('asked-for', { Environment: 'staging' });
    await createTable('not-asked-for', { Environment: 'staging' });
    expect(await find({ arns: [arnOf('asked-for'), arnOf('never-made')] })).toEqual([
      { arn: arnOf('asked-for'), tags: { Environment: 'staging' } },
    ]);
  });

  it('looks in the region it is asked for', async () => {
    await createTable('own', { Environment: 'staging' });
    expect(await find(staging, 'eu-central-1')).toEqual([]);
  });
});
