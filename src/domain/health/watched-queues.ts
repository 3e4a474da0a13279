import { place } from '../binding/invalid-configuration.js';
import type { Binding } from '../environment.js';
import type { Json } from '../plan.js';
import type { State, StateInstance } from '../state.js';
import { instancesOf, textOf } from './state-attributes.js';

/** How many waiting messages are too many. */
export interface QueueThreshold {
  readonly value: number;
  /** Whether the value itself is too many. */
  readonly inclusive: boolean;
  /** Where that is said. */
  readonly source: string;
}

/** A queue of the state. */
export interface WatchedQueue {
  readonly address: string;
  readonly name: string;
  readonly url: string;
  readonly arn: string;
  /** Whether a redrive policy of the state names it: what is in it failed every try. */
  readonly isDeadLetter: boolean;
  /** Undefined where nothing says how many messages are too many. */
  readonly threshold: QueueThreshold | undefined;
}

type Files = Pick<Binding, 'variables' | 'variableSources'>;
type Fields = { readonly [name: string]: unknown };

/** The queues of a state, with what the environment itself says about each. */
export function watchedQueues(state: State, files: Files): readonly WatchedQueue[] {
  const deadLetter = deadLetterArns(state);
  return instancesOf(state, 'aws_sqs_queue').map(({ address, attributes }) => {
    const [name, arn] = [textOf(attributes['name']), textOf(attributes['arn'])];
    // The provider's id of a queue is its URL.
    const url = textOf(attributes['url']) || textOf(attributes['id']);
    const threshold = alarmThreshold(state, name) ?? configuredThreshold(state, files, url);
    return { address, name, url, arn, isDeadLetter: deadLetter.has(arn), threshold };
  });
}

/** Queues that a redrive policy names, be it a resource of its own or written in the queue. */
function deadLetterArns(state: State): ReadonlySet<string> {
  const policies = ['aws_sqs_queue', 'aws_sqs_queue_redrive_policy']
    .flatMap((type) => instancesOf(state, type))
    .map(({ attributes }) => textOf(attributes['redrive_policy']));
  return new Set(policies.flatMap((policy) => deadLetterTarget(policy) ?? []));
}

function deadLetterTarget(policy: string): string | undefined {
  try {
    const target = fields(JSON.parse(policy))['deadLetterTargetArn'];
    return typeof target === 'string' ? target : undefined;
  } catch {
    return undefined;
  }
}

const ABOVE: Readonly<Record<string, boolean>> = {
  GreaterThanThreshold: false,
  GreaterThanOrEqualToThreshold: true,
};

/** The threshold of the alarm that watches how many messages of the queue wait. */
function alarmThreshold(state: State, queue: string): QueueThreshold | undefined {
  const alarm = instancesOf(state, 'aws_cloudwatch_metric_alarm').find((each) => watchesDepth(each, queue));
  if (alarm === undefined) return undefined;
  const { threshold, comparison_operator, alarm_name } = alarm.attributes;
  const inclusive = ABOVE[textOf(comparison_operator)];
  if (typeof threshold !== 'number' || inclusive === undefined) return undefined;
  return { value: threshold, inclusive, source: `alarm ${textOf(alarm_name)}` };
}

function watchesDepth({ attributes }: StateInstance, queue: string): boolean {
  const { namespace, metric_name, dimensions } = attributes;
  return (
    namespace === 'AWS/SQS' &&
    metric_name === 'ApproximateNumberOfMessagesVisible' &&
    fields(dimensions)['QueueName'] === queue
  );
}

/** `alarm_max_depth` of the queue, which outputs `queue_urls` by its key, where no alarm is made of it. */
function configuredThreshold(state: State, files: Files, url: string): QueueThreshold | undefined {
  const urls: Json | undefined = state.outputs['queue_urls']?.value;
  const [key] = Object.entries(fields(urls)).find(([, each]) => each === url) ?? [];
  if (key === undefined) return undefined;
  const depth = fields(fields(files.variables['sqs_queue_configurations'])[key])['alarm_max_depth'];
  if (typeof depth !== 'number') return undefined;
  const written = files.variableSources['sqs_queue_configurations'];
  const where = written === undefined ? '' : `, ${place(written.location)}`;
  return { value: depth, inclusive: false, source: `alarm_max_depth of ${key}${where}` };
}

function fields(value: unknown): Fields {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Fields) : {};
}
