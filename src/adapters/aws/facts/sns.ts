import type { SNSClient, Subscription } from '@aws-sdk/client-sns';
import { parseArn } from '../../../domain/separation/identifiers.js';
import { concerned } from './concerned.js';
import { noteEncryption } from './encryption.js';
import { listAll } from './listing.js';
import { parsedJson } from './parsed-json.js';
import type { Reading } from './reading.js';

/** What the parts of this reader share. */
interface Sns {
  readonly reading: Reading;
  readonly sdk: typeof import('../sdk/sns.js');
  readonly client: SNSClient;
}

/** Topics with their policies and keys, and the account's subscriptions, to its own topics and to those of others. */
export async function readSns(reading: Reading): Promise<void> {
  const sdk = await import('../sdk/sns.js');
  const client = new sdk.SNSClient(reading.configuration);
  const sns = { reading, sdk, client };
  try {
    await Promise.all([readTopics(sns), readSubscriptions(sns)]);
  } finally {
    client.destroy();
  }
}

/** Source: https://docs.aws.amazon.com/sns/latest/api/API_ListTopics.html */
async function readTopics(sns: Sns): Promise<void> {
  const { reading, sdk, client } = sns;
  const arns = await listAll(reading, {
    action: 'sns:ListTopics',
    subject: 'all topics',
    areas: ['existence', 'policies', 'encryption', 'data-flow'],
    types: ['aws_sns_topic'],
    pages: () => sdk.paginateListTopics({ client }, {}),
    items: ({ Topics = [] }) => Topics.map(({ TopicArn = '' }) => TopicArn),
  });
  const topics = arns.map((id) => ({ id, name: parseArn(id)?.resource }));
  for (const { id, name } of topics) reading.resource({ id, type: 'aws_sns_topic', name });
  const close = await concerned(reading, topics);
  await Promise.all(close.map(({ id }) => readAttributes(sns, id)));
}

/** Source: https://docs.aws.amazon.com/sns/latest/api/API_GetTopicAttributes.html */
async function readAttributes({ reading, sdk, client }: Sns, id: string): Promise<void> {
  const answer = await reading.ask(
    { action: 'sns:GetTopicAttributes', subject: id, areas: ['policies', 'encryption'] },
    () => client.send(new sdk.GetTopicAttributesCommand({ TopicArn: id })),
  );
  const { Policy, KmsMasterKeyId } = answer?.Attributes ?? {};
  reading.policy({ kind: 'resource', holder: id, name: 'topic policy', document: Policy });
  noteEncryption(reading, { from: id, key: KmsMasterKeyId, where: 'KmsMasterKeyId' });
}

/** Source: https://docs.aws.amazon.com/sns/latest/api/API_ListSubscriptions.html */
async function readSubscriptions(sns: Sns): Promise<void> {
  const { reading, sdk, client } = sns;
  const subscriptions = await listAll(reading, {
    action: 'sns:ListSubscriptions',
    subject: 'all subscriptions',
    areas: ['data-flow'],
    pages: () => sdk.paginateListSubscriptions({ client }, {}),
    items: ({ Subscriptions }) => Subscriptions,
  });
  for (const subscription of subscriptions) noteSubscription(reading, subscription);
  const close = await concerned(
    reading,
    subscriptions.filter(isConfirmed).map(({ TopicArn: id = '', SubscriptionArn = '' }) => ({
      id,
      name: parseArn(id)?.resource,
      subscription: SubscriptionArn,
    })),
  );
  await Promise.all(close.map(({ id, subscription }) => readRedrive(sns, id, subscription)));
}

function noteSubscription(reading: Reading, subscription: Subscription): void {
  const { TopicArn: from = '', Endpoint: to, Protocol, SubscriptionArn = '' } = subscription;
  const where = `subscription by ${Protocol}`;
  const link = { kind: 'subscription', from, to, where } as const;
  reading.relation(isConfirmed(subscription) ? { ...link, through: SubscriptionArn } : link);
}

/** One that waits to be confirmed, or was deleted, has a word in place of its ARN. */
function isConfirmed({ SubscriptionArn = '' }: Subscription): boolean {
  return parseArn(SubscriptionArn) !== undefined;
}

/**
 * The queue that takes what could not be delivered.
 * Source: https://docs.aws.amazon.com/sns/latest/api/API_GetSubscriptionAttributes.html
 */
async function readRedrive({ reading, sdk, client }: Sns, topic: string, subscription: string): Promise<void> {
  const answer = await reading.ask(
    { action: 'sns:GetSubscriptionAttributes', subject: subscription, areas: ['data-flow'] },
    () => client.send(new sdk.GetSubscriptionAttributesCommand({ SubscriptionArn: subscription })),
  );
  const policy = parsedJson<{ readonly deadLetterTargetArn: string }>(answer?.Attributes?.['RedrivePolicy']);
  reading.relation({
    kind: 'redrive',
    from: topic,
    to: policy.deadLetterTargetArn,
    through: subscription,
    where: 'RedrivePolicy.deadLetterTargetArn',
  });
}
