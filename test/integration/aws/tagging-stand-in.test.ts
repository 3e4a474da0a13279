import { CreateQueueCommand, GetQueueUrlCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ClientConfigurations } from '../../../src/adapters/aws/client-configuration.js';
import { TaggingInventory } from '../../../src/adapters/aws/tagging-inventory.js';
import { FakeClock } from '../../fakes/clock.js';
import { CallerEnvironment } from '../../support/caller-environment.js';
import { EMULATED_ACCOUNT, EmulatedAws } from '../../support/emulated-aws.js';
import { generatedResources } from '../../support/generated-resources.js';
import { everythingOf } from '../../support/pages.js';
import { TaggingStandIn } from '../../support/tagging-stand-in.js';

const resources = generatedResources({
  project: 'acme',
  environments: ['production', 'staging'],
  each: 3,
  accountId: EMULATED_ACCOUNT,
  region: 'us-east-1',
});

describe('a stand-in for the tagging API before an emulator', () => {
  const environment = new CallerEnvironment();
  let aws: EmulatedAws;
  let standIn: TaggingStandIn;

  beforeAll(async () => {
    aws = await EmulatedAws.start();
    standIn = await TaggingStandIn.start(resources, { passOnTo: aws.endpoint });
    environment.set({ AWS_ENDPOINT_URL: standIn.endpoint });
  });

  afterAll(async () => {
    environment.restore();
    await standIn.stop();
    await aws.stop();
  });

  it('answers the inventory itself', async () => {
    const where = { accountId: EMULATED_ACCOUNT, region: 'us-east-1', roleArn: undefined };
    const query = { tag: 'Environment', values: ['staging'] };
    const found = await everythingOf(
      new TaggingInventory(new ClientConfigurations(), new FakeClock()).pages(where, query),
    );
    expect(found.map(({ tags }) => tags['Name'])).toEqual(['acme-staging-1', 'acme-staging-3', 'acme-staging-5']);
  });

  it('lets the emulator answer everything else', async () => {
    const sqs = new SQSClient();
    const direct = new SQSClient({ endpoint: aws.endpoint });
    try {
      await sqs.send(new CreateQueueCommand({ QueueName: 'orders' }));
      const { QueueUrl } = await direct.send(new GetQueueUrlCommand({ QueueName: 'orders' }));
      expect(QueueUrl).toContain('/orders');
      await expect(sqs.send(new GetQueueUrlCommand({ QueueName: 'never-made' }))).rejects.toMatchObject({
        name: expect.stringContaining('QueueDoesNotExist'),
      });
    } finally {
      sqs.destroy();
      direct.destroy();
    }
  });
});
