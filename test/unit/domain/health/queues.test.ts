import { describe, expect, it } from '@jest/globals';
import { judgeQueue, type QueueCounts } from '../../../../src/domain/health/queues.js';
import type { QueueThreshold, WatchedQueue } from '../../../../src/domain/health/watched-queues.js';

const THRESHOLD: QueueThreshold = { value: 50, inclusive: false, source: 'alarm depth' };
const QUEUE: WatchedQueue = {
  address: 'module.queues.aws_sqs_queue.this["feedback"]',
  name: 'feedback.fifo',
  url: 'https://sqs.us-east-1.amazonaws.com/111111111111/feedback.fifo',
  arn: 'arn:aws:sqs:us-east-1:111111111111:feedback.fifo',
  isDeadLetter: false,
  threshold: THRESHOLD,
};
const EMPTY: QueueCounts = { waiting: 0, inFlight: 0, delayed: 0 };
const judge = (
  counts: Partial<QueueCounts> | null,
  queue: Partial<WatchedQueue> = {},
  oldestSeconds: number | null = null,
) =>
  judgeQueue({ ...QUEUE, ...queue }, counts && { ...EMPTY, ...counts }, oldestSeconds, {
    environment: 'staging',
    region: 'us-east-1',
  });

describe('a queue', () => {
  it.each([
    { waiting: 50, inclusive: false, status: 'healthy', limit: 'too many above 50 (alarm depth)' },
    { waiting: 51, inclusive: false, status: 'unhealthy', limit: 'too many above 50 (alarm depth)' },
    { waiting: 49, inclusive: true, status: 'healthy', limit: 'too many from 50 on (alarm depth)' },
    { waiting: 50, inclusive: true, status: 'unhealthy', limit: 'too many from 50 on (alarm depth)' },
  ])('with $waiting waiting is $status where $limit', ({ waiting, inclusive, status, limit }) => {
    expect(judge({ waiting }, { threshold: { ...THRESHOLD, inclusive } })).toMatchObject({
      group: 'queues',
      name: 'feedback.fifo',
      status,
      detail: `${waiting} waiting; ${limit}`,
    });
  });

  it('is judged by what waits, not by what is worked on or not due yet', () => {
    expect(judge({ waiting: 1, inFlight: 100, delayed: 70 })).toMatchObject({
      status: 'healthy',
      detail: '1 waiting, 100 in flight, 70 delayed; too many above 50 (alarm depth)',
    });
  });

  it('is told in figures too', () => {
    expect(judge({ waiting: 7, inFlight: 2 }, {}, 90).measured).toEqual({
      waiting: 7,
      inFlight: 2,
      delayed: 0,
      oldestSeconds: 90,
      threshold: 50,
    });
  });

  it.each([
    [0, '0 s'],
    [119, '119 s'],
    [120, '2 min'],
    [7_199, '120 min'],
    [7_200, '2 h'],
    [172_800, '2 d'],
    [1_209_600, '14 d'],
  ])('whose oldest message is %i seconds old says %s', (seconds, age) => {
    expect(judge({ waiting: 1 }, {}, seconds).detail).toContain(`oldest ${age};`);
  });

  it('without a threshold is told, and not judged unless it is empty', () => {
    expect(judge({ waiting: 3 }, { threshold: undefined })).toMatchObject({
      status: 'not-checked',
      detail: '3 waiting; neither an alarm of the state nor alarm_max_depth says how many are too many',
      measured: { threshold: null },
    });
    expect(judge({}, { threshold: undefined })).toMatchObject({ status: 'healthy', detail: '0 waiting' });
  });

  it('that is not there is unhealthy', () => {
    const found = judge(null);
    expect(found).toMatchObject({ status: 'unhealthy', detail: `in the state, but not there: ${QUEUE.address}` });
    expect(found).not.toHaveProperty('measured');
  });
});

describe('a dead-letter queue', () => {
  const DEAD = { isDeadLetter: true, threshold: undefined };

  it('that is empty is healthy', () => {
    expect(judge({}, DEAD)).toMatchObject({ status: 'healthy', detail: 'empty', measured: { threshold: 0 } });
  });

  it.each<[Partial<QueueCounts>, string]>([
    [{ waiting: 1 }, '1 message failed every try (1 waiting)'],
    [{ inFlight: 2 }, '2 messages failed every try (0 waiting, 2 in flight)'],
    [{ delayed: 1 }, '1 message failed every try (0 waiting, 1 delayed)'],
  ])('that holds %j is unhealthy', (counts, detail) => {
    expect(judge(counts, DEAD)).toMatchObject({ status: 'unhealthy', detail });
  });

  it('is unhealthy whatever threshold it has', () => {
    expect(judge({ waiting: 1 }, { ...DEAD, threshold: THRESHOLD }).status).toBe('unhealthy');
  });

  it('says how to look at the messages without hiding them, and how to put them back', () => {
    expect(judge({ waiting: 1 }, DEAD).nextSteps).toEqual([
      `look at them: aws sqs receive-message --queue-url ${QUEUE.url} --region us-east-1 --visibility-timeout 0 ` +
        '--max-number-of-messages 10 --attribute-names All --message-attribute-names All',
      `when the cause is mended, put them back: aws sqs start-message-move-task --source-arn ${QUEUE.arn} --region us-east-1`,
    ]);
  });
});
