import type { MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import type { Binding } from '../../domain/environment.js';
import type { QueueCounts } from '../../domain/health/queues.js';
import type { Clock } from '../../ports/clock.js';
import type { QueueBacklogs } from '../../ports/health-probes.js';
import { awsFailure, isAwsError } from './aws-failure.js';
import { batches } from './batches.js';
import type { AwsClients } from './clients.js';

/**
 * As many queries as one call takes.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html
 */
const QUERIES_A_CALL = 500;

/**
 * SQS tells CloudWatch every minute, and of a queue that was idle only after up to 15.
 * Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
 */
const PERIOD_SECONDS = 60;
const LOOK_BACK_MS = 15 * 60 * 1000;

/** What queues hold, by SQS; the age of the oldest message, which SQS itself does not tell, by CloudWatch. */
export class SqsQueueBacklogs implements QueueBacklogs {
  readonly #clients: AwsClients;
  readonly #clock: Clock;

  constructor(clients: AwsClients, clock: Clock) {
    this.#clients = clients;
    this.#clock = clock;
  }

  async counts(binding: Binding, url: string): Promise<QueueCounts | null> {
    try {
      const { GetQueueAttributesCommand } = await import('./sdk/sqs.js');
      const client = await this.#clients.sqs(binding);
      const { Attributes = {} } = await client.send(
        new GetQueueAttributesCommand({
          QueueUrl: url,
          AttributeNames: [
            'ApproximateNumberOfMessages',
            'ApproximateNumberOfMessagesNotVisible',
            'ApproximateNumberOfMessagesDelayed',
          ],
        }),
      );
      return {
        waiting: count(Attributes['ApproximateNumberOfMessages']),
        inFlight: count(Attributes['ApproximateNumberOfMessagesNotVisible']),
        delayed: count(Attributes['ApproximateNumberOfMessagesDelayed']),
      };
    } catch (error) {
      if (isAwsError(error, 'QueueDoesNotExist', 'AWS.SimpleQueueService.NonExistentQueue')) return null;
      throw awsFailure(error, 'sqs:GetQueueAttributes', url);
    }
  }

  async oldestSeconds(binding: Binding, names: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const found = await Promise.all(batches(names, QUERIES_A_CALL).map((batch) => this.#ages(binding, batch)));
    return new Map(found.flat());
  }

  async #ages(binding: Binding, names: readonly string[]): Promise<readonly (readonly [string, number])[]> {
    try {
      const { GetMetricDataCommand } = await import('./sdk/cloudwatch.js');
      const client = await this.#clients.cloudWatch(binding);
      const now = this.#clock.now();
      const { MetricDataResults = [] } = await client.send(
        new GetMetricDataCommand({
          MetricDataQueries: names.map(ageQuery),
          StartTime: new Date(now.getTime() - LOOK_BACK_MS),
          EndTime: now,
          ScanBy: 'TimestampDescending',
        }),
      );
      return MetricDataResults.flatMap(({ Id = '', Values: [newest] = [] }) => {
        const name = names[Number(Id.slice(1))];
        return name === undefined || newest === undefined ? [] : [[name, newest] as const];
      });
    } catch (error) {
      throw awsFailure(error, 'cloudwatch:GetMetricData', names.join(', '));
    }
  }
}

function ageQuery(queue: string, index: number): MetricDataQuery {
  return {
    Id: `q${index}`,
    MetricStat: {
      Metric: {
        Namespace: 'AWS/SQS',
        MetricName: 'ApproximateAgeOfOldestMessage',
        Dimensions: [{ Name: 'QueueName', Value: queue }],
      },
      Period: PERIOD_SECONDS,
      Stat: 'Maximum',
    },
  };
}

function count(text: string | undefined): number {
  if (text === undefined || !/^\d+$/.test(text)) throw new Error(`SQS counts "${text}" messages`);
  return Number(text);
}
