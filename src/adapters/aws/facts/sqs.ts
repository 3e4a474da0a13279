import type { Reading } from './reading.js';

/**
 * Queues with their policies, keys and dead-letter queues.
 * Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html
 */
export async function readSqs(reading: Reading): Promise<void> {
  const { SQSClient, GetQueueAttributesCommand, paginateListQueues } = await import('../sdk/sqs.js');
  const client = new SQSClient(reading.configuration);
  try {
    const urls: string[] = [];
    const listing = { action: 'sqs:ListQueues', subject: 'all queues', areas: ['existence'] } as const;
    const whole = await reading.pages(
      listing,
      () => paginateListQueues({ client }, { MaxResults: 1000 }),
      ({ QueueUrls = [] }) => urls.push(...QueueUrls),
    );
    if (whole) reading.listed('regional', 'aws_sqs_queue');
    const focus = await reading.focus;
    await Promise.all(
      urls.map(async (url) => {
        const name = url.slice(url.lastIndexOf('/') + 1);
        const id = reading.arn('sqs', name);
        reading.resource({ id, type: 'aws_sqs_queue', name, aliases: [url] });
        if (!focus.concerns({ id, name })) return;
        const answer = await reading.ask(
          { action: 'sqs:GetQueueAttributes', subject: name, areas: ['policies', 'encryption', 'data-flow'] },
          () => client.send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['All'] })),
        );
        const { Policy, KmsMasterKeyId, RedrivePolicy, RedriveAllowPolicy } = answer?.Attributes ?? {};
        reading.policy({ kind: 'resource', holder: id, name: 'queue policy', document: Policy });
        reading.relation({ kind: 'encrypted-with', from: id, to: KmsMasterKeyId, where: 'KmsMasterKeyId' });
        reading.relation({
          kind: 'redrive',
          from: id,
          to: parsed(RedrivePolicy)['deadLetterTargetArn'] as string | undefined,
          where: 'RedrivePolicy.deadLetterTargetArn',
        });
        for (const to of (parsed(RedriveAllowPolicy)['sourceQueueArns'] as readonly string[] | undefined) ?? [])
          reading.relation({ kind: 'redrive', from: id, to, where: 'RedriveAllowPolicy.sourceQueueArns' });
      }),
    );
  } finally {
    client.destroy();
  }
}

function parsed(text: string | undefined): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(text ?? '{}') ?? {};
  } catch {
    return {};
  }
}
