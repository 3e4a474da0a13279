import { type HealthCheck, notThere, type QueueMeasures } from '../health.js';
import { shellWord } from '../shell-word.js';
import type { WatchedQueue } from './watched-queues.js';

/** How many messages SQS counts in a queue, approximately. */
export type QueueCounts = Pick<QueueMeasures, 'waiting' | 'inFlight' | 'delayed'>;

/**
 * A dead-letter queue is healthy when it is empty; any other while no more wait than its threshold. What waits where
 * nothing says how much is too much is told, not judged.
 * @param counts null when SQS knows no such queue
 * @param oldestSeconds null where CloudWatch has no age
 */
export function judgeQueue(
  queue: WatchedQueue,
  counts: QueueCounts | null,
  oldestSeconds: number | null,
  { environment, region }: { readonly environment: string; readonly region: string },
): HealthCheck {
  const { name, isDeadLetter, threshold } = queue;
  if (counts === null) return notThere('queues', name, queue.address, environment);
  const limit = isDeadLetter ? 0 : (threshold?.value ?? null);
  const check = {
    group: 'queues',
    name,
    measured: { ...counts, oldestSeconds, threshold: limit },
    nextSteps: [],
  } as const;
  const { waiting, inFlight, delayed } = counts;
  const seen = [
    `${waiting} waiting`,
    ...(inFlight === 0 ? [] : [`${inFlight} in flight`]),
    ...(delayed === 0 ? [] : [`${delayed} delayed`]),
    ...(oldestSeconds === null ? [] : [`oldest ${age(oldestSeconds)}`]),
  ].join(', ');
  if (isDeadLetter) {
    const held = waiting + inFlight + delayed;
    if (held === 0) return { ...check, status: 'healthy', detail: 'empty' };
    const failed = `${held} ${held === 1 ? 'message' : 'messages'} failed every try (${seen})`;
    return { ...check, status: 'unhealthy', detail: failed, nextSteps: lookAt(queue, region) };
  }
  if (threshold === undefined) {
    if (waiting === 0) return { ...check, status: 'healthy', detail: seen };
    const unjudged = `${seen}; neither an alarm of the state nor alarm_max_depth says how many are too many`;
    return { ...check, status: 'not-checked', detail: unjudged };
  }
  const { value, inclusive, source } = threshold;
  const tooMany = inclusive ? waiting >= value : waiting > value;
  const limits = `too many ${inclusive ? `from ${value} on` : `above ${value}`} (${source})`;
  return { ...check, status: tooMany ? 'unhealthy' : 'healthy', detail: `${seen}; ${limits}` };
}

/**
 * Received without hiding them, the messages stay for whoever comes next; redrive puts them back where they failed.
 * Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_StartMessageMoveTask.html
 */
function lookAt({ url, arn }: WatchedQueue, region: string): readonly string[] {
  const receive =
    `aws sqs receive-message --queue-url ${shellWord(url)} --region ${region} --visibility-timeout 0 ` +
    '--max-number-of-messages 10 --attribute-names All --message-attribute-names All';
  const redrive = `aws sqs start-message-move-task --source-arn ${shellWord(arn)} --region ${region}`;
  return [`look at them: ${receive}`, `when the cause is mended, put them back: ${redrive}`];
}

const UNITS = [
  ['s', 60],
  ['min', 60],
  ['h', 24],
] as const;

/** Seconds in the largest unit that leaves two or more of it: `90 s`, `15 min`, `30 h`, `3 d`. */
function age(seconds: number): string {
  let value = seconds;
  for (const [unit, next] of UNITS) {
    if (value < 2 * next) return `${Math.round(value)} ${unit}`;
    value /= next;
  }
  return `${Math.round(value)} d`;
}
