import type { SQSClient } from '@aws-sdk/client-sqs';
import { concerned } from './concerned.js';
import { noteEncryption } from './encryption.js';
import { listAll } from './listing.js';
import { parsedJson } from './parsed-json.js';
import type { Reading } from './reading.js';

/** What the parts of this reader share. */
interface Sqs {
  readonly reading: Reading;
  readonly sdk: typeof import('../sdk/sqs.js');
  readonly client: SQSClient;
}

interface Queue {
  readonly id: string;
  readonly name: string;
  readonly url: string;
}

/**
 * Queues with their policies, keys and dead-letter queues.
 * Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ListQueues.html
 */
export async function readSqs(reading: Reading): Promise<void> {
  const sdk = await import('../sdk/sqs.js');
  // Queues are asked where all of SQS is asked, wherever their URLs lead.
  const client = new sdk.SQSClient({ ...reading.configuration, useQueueUrlAsEndpoint: false });
  try {
    const urls = await listAll(reading, {
      action: 'sqs:ListQueues',
      subject: 'all queues',
      areas: ['existence', 'policies', 'encryption', 'data-flow'],
      types: ['aws_sqs_queue'],
      pages: () => sdk.paginateListQueues({ client, pageSize: 1000 }, {}),
      items: ({ QueueUrls }) => QueueUrls,
    });
    const queues = urls.map((url) => queueOf(reading, url));
    for (const { id, name, url } of queues) reading.resource({ id, type: 'aws_sqs_queue', name, aliases: [url] });
    const close = await concerned(reading, queues);
    await Promise.all(close.map((queue) => readAttributes({ reading, sdk, client }, queue)));
  } finally {
    client.destroy();
  }
}

function queueOf(reading: Reading, url: string): Queue {
  const name = url.slice(url.lastIndexOf('/') + 1);
  return { id: reading.arn('sqs', name), name, url };
}

/** Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html */
async function readAttributes({ reading, sdk, client }: Sqs, { id, name, url }: Queue): Promise<void> {
  const answer = await reading.ask(
    { action: 'sqs:GetQueueAttributes', subject: name, areas: ['policies', 'encryption', 'data-flow'] },
    () => client.send(new sdk.GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['All'] })),
  );
  const { Policy, KmsMasterKeyId, RedrivePolicy, RedriveAllowPolicy } = answer?.Attributes ?? {};
  reading.policy({ kind: 'resource', holder: id, name: 'queue policy', document: Policy });
  noteEncryption(reading, { from: id, key: KmsMasterKeyId, where: 'KmsMasterKeyId' });
  const { deadLetterTargetArn: to } = parsedJson<{ readonly deadLetterTargetArn: string }>(RedrivePolicy);
  reading.relation({ kind: 'redrive', from: id, to, where: 'RedrivePolicy.deadLetterTargetArn' });
  const { sourceQueueArns = [] } = parsedJson<{ readonly sourceQueueArns: readonly string[] }>(RedriveAllowPolicy);
  for (const source of sourceQueueArns)
    reading.relation({ kind: 'redrive', from: id, to: source, where: 'RedriveAllowPolicy.sourceQueueArns' });
}
