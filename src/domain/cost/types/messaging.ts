import { FREE, unknown, used } from '../costing.js';
import type { PriceKey } from '../prices.js';
import { freeTypes, pieces, type ResourceTypes, resourceType, rowOf } from '../resource-type.js';

const QUEUE = {
  requests: { value: 1_000_000, most: 1e12, what: 'requests to a queue; each look into an empty one is one' },
  dead_letter_requests: { value: 10_000, most: 1e12, what: 'requests to a dead-letter queue' },
};
const TOPIC = { requests: { value: 1_000, most: 1e12, what: 'messages published' } };
const SUBSCRIPTION = { notifications: { value: 1_000, most: 1e12, what: 'messages delivered' } };
const SCHEDULE = { invocations: { value: 60, most: 1e12, what: 'times a schedule starts something' } };

/** What a delivery costs by its protocol; null where it is free. Source: https://aws.amazon.com/sns/pricing/ */
const DELIVERY: Readonly<Record<string, PriceKey | null>> = {
  email: 'sns/email',
  'email-json': 'sns/email',
  http: 'sns/http',
  https: 'sns/http',
  lambda: null,
  sqs: null,
};

/** Queues, topics and schedules. */
export const MESSAGING: ResourceTypes = {
  aws_sqs_queue: resourceType(QUEUE, (attributes, { use, neighbours }) =>
    pieces(() => {
      const arn = attributes.textIfKnown('arn');
      const deadLetters = arn !== undefined && neighbours.deadLetterQueues.has(arn);
      const requests = use('requests', deadLetters ? use('dead_letter_requests') : undefined);
      return used('Requests', attributes.flag('fifo_queue') ? 'sqs/fifo' : 'sqs/standard', requests);
    }),
  ),
  aws_sns_topic: resourceType(TOPIC, (attributes, { use }) =>
    pieces(() => {
      if (attributes.flag('fifo_topic')) return unknown('no prices for FIFO topics');
      return used('Messages published', 'sns/requests', use('requests'));
    }),
  ),
  aws_sns_topic_subscription: resourceType(SUBSCRIPTION, (attributes, { use }) =>
    pieces(() => {
      const protocol = attributes.text('protocol') ?? '';
      const price = rowOf(DELIVERY, protocol);
      if (price === undefined) return unknown(`no prices for deliveries by ${protocol || 'no protocol'}`);
      return price === null ? FREE : used(`Deliveries by ${protocol}`, price, use('notifications'));
    }),
  ),
  aws_scheduler_schedule: resourceType(SCHEDULE, (_, { use }) =>
    used('Invocations', 'scheduler/invocations', use('invocations')),
  ),
  ...freeTypes(
    'aws_scheduler_schedule_group',
    'aws_sns_topic_policy',
    'aws_sqs_queue_policy',
    'aws_sqs_queue_redrive_allow_policy',
    'aws_sqs_queue_redrive_policy',
  ),
};
