import { CreateTopicCommand, SetSubscriptionAttributesCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readSns } from '../../../../src/adapters/aws/facts/sns.js';
import { factsWhereDenied, operationOf } from '../../../support/denying-aws.js';
import { EmulatedAws } from '../../../support/emulated-aws.js';
import { everyPolicy, everyRelation, gaps } from '../../../support/fact-lines.js';
import { factsBy, factsOfRecorded, idsOf, listedTypes, noted } from '../../../support/fact-reading.js';

const topic = (name: string) => `arn:aws:sns:us-east-1:123456789012:${name}`;
const queue = (name: string) => `arn:aws:sqs:us-east-1:123456789012:${name}`;
const POLICY = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Deny', Principal: '*', Action: 'sns:*', Resource: '*' }],
};

describe('topics and subscriptions, read from SNS', () => {
  let aws: EmulatedAws;
  let subscription = '';

  beforeAll(async () => {
    aws = await EmulatedAws.start();
    const [sns, sqs] = [new SNSClient(), new SQSClient()];
    await sqs.send(new CreateQueueCommand({ QueueName: 'orders' }));
    const Attributes = { Policy: JSON.stringify(POLICY), KmsMasterKeyId: 'alias/app' };
    await sns.send(new CreateTopicCommand({ Name: 'alarms', Attributes }));
    await sns.send(new CreateTopicCommand({ Name: 'other' }));
    const subscribe = async (Name: string, Protocol: string, Endpoint: string) => {
      const made = await sns.send(new SubscribeCommand({ TopicArn: topic(Name), Protocol, Endpoint }));
      return made.SubscriptionArn ?? '';
    };
    subscription = await subscribe('alarms', 'sqs', queue('orders'));
    await subscribe('other', 'sqs', queue('orders'));
    await sns.send(
      new SetSubscriptionAttributesCommand({
        SubscriptionArn: subscription,
        AttributeName: 'RedrivePolicy',
        AttributeValue: JSON.stringify({ deadLetterTargetArn: queue('undelivered') }),
      }),
    );
    sns.destroy();
    sqs.destroy();
  });

  afterAll(() => aws.stop());

  it('have their policies, keys, endpoints and dead-letter queues', async () => {
    const read = await factsBy(readSns, ({ name }) => name === 'alarms');
    expect(noted(read, topic('alarms'))).toEqual([
      { id: topic('alarms'), type: 'aws_sns_topic', name: 'alarms', aliases: [], tags: undefined, partOf: undefined },
    ]);
    expect(everyPolicy(read)).toEqual([
      { kind: 'resource', holder: topic('alarms'), name: 'topic policy', document: POLICY },
    ]);
    expect(everyRelation(read)).toEqual([
      `encrypted-with: ${topic('alarms')} -> arn:aws:kms:us-east-1:123456789012:alias/app: KmsMasterKeyId`,
      `redrive: ${topic('alarms')} -> ${queue('undelivered')} by ${subscription}: RedrivePolicy.deadLetterTargetArn`,
      `subscription: ${topic('alarms')} -> ${queue('orders')} by ${subscription}: subscription by sqs`,
      expect.stringMatching(`^subscription: ${topic('other')} -> ${queue('orders')} by ${topic('other')}:.+`),
    ]);
    expect(idsOf(read, 'aws_sns_topic')).toEqual([topic('alarms'), topic('other')]);
    expect(listedTypes(read)).toEqual(['aws_sns_topic in us-east-1']);
    expect(read.unread).toEqual([]);
  });

  it.each([
    ['ListTopics', 'sns:ListTopics on all topics: existence, policies, encryption, data-flow'],
    ['GetTopicAttributes', `sns:GetTopicAttributes on ${topic('alarms')}: policies, encryption`],
    ['ListSubscriptions', 'sns:ListSubscriptions on all subscriptions: data-flow'],
  ])('leave a gap and tell the rest when %s is denied', async (operation, gap) => {
    const read = await factsWhereDenied(
      aws,
      readSns,
      (request) => operationOf(request) === operation && !/other/.test(request.body),
    );
    expect(gaps(read)).toEqual([gap]);
    expect(read.unread[0]?.reason).toContain(`AWS denied sns:${operation}`);
    expect(listedTypes(read)).toEqual(operation === 'ListTopics' ? [] : ['aws_sns_topic in us-east-1']);
    const subscriptions = everyRelation(read).filter((line) => line.startsWith('subscription:'));
    expect(subscriptions).toHaveLength(operation === 'ListSubscriptions' ? 0 : 2);
  });

  it('are read over all pages, those that wait to be confirmed too, as AWS answers them', async () => {
    const page = (operation: string, content: string, next = '') =>
      `<${operation}Response><${operation}Result>${content}${next}</${operation}Result></${operation}Response>`;
    const more = '<NextToken>more</NextToken>';
    const read = await factsOfRecorded(readSns, (request) => {
      const operation = operationOf(request) ?? '';
      const next = request.body.includes('NextToken') ? '' : more;
      const [name, mail] = next === '' ? ['two', 'b@example.com'] : ['one', 'a@example.com'];
      const TopicArn = `<TopicArn>${topic(name)}</TopicArn>`;
      const answers: Record<string, string> = {
        ListTopics: `<Topics><member>${TopicArn}</member></Topics>`,
        ListSubscriptions: `<Subscriptions><member>${TopicArn}<Protocol>email</Protocol>
          <SubscriptionArn>PendingConfirmation</SubscriptionArn><Endpoint>${mail}</Endpoint></member></Subscriptions>`,
        GetTopicAttributes: '<Attributes></Attributes>',
      };
      return { status: 200, body: page(operation, answers[operation] ?? '', next) };
    });
    expect(idsOf(read, 'aws_sns_topic')).toEqual([topic('one'), topic('two')]);
    expect(everyRelation(read)).toEqual([
      `subscription: ${topic('one')} -> a@example.com: subscription by email`,
      `subscription: ${topic('two')} -> b@example.com: subscription by email`,
    ]);
    expect(read.unread).toEqual([]);
  });
});
