import type { CompositeAlarm, MetricAlarm } from '@aws-sdk/client-cloudwatch';
import type { Binding } from '../../domain/environment.js';
import type { AlarmCondition } from '../../domain/health/alarms.js';
import type { AlarmConditions } from '../../ports/health-probes.js';
import { awsFailure } from './aws-failure.js';
import { batches } from './batches.js';
import type { AwsClients } from './clients.js';

/**
 * As many alarms as one call takes names.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html
 */
const NAMES_A_CALL = 100;

/** The states of alarms by CloudWatch. */
export class CloudWatchAlarmConditions implements AlarmConditions {
  readonly #clients: AwsClients;

  constructor(clients: AwsClients) {
    this.#clients = clients;
  }

  async alarms(binding: Binding, names: readonly string[]): Promise<readonly AlarmCondition[]> {
    const found = await Promise.all(batches(names, NAMES_A_CALL).map((batch) => this.#batch(binding, batch)));
    return found.flat();
  }

  async #batch(binding: Binding, names: readonly string[]): Promise<readonly AlarmCondition[]> {
    const found: AlarmCondition[] = [];
    try {
      const { paginateDescribeAlarms } = await import('./sdk/cloudwatch.js');
      const client = await this.#clients.cloudWatch(binding);
      const pages = paginateDescribeAlarms(
        { client, pageSize: NAMES_A_CALL },
        { AlarmNames: [...names], AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] },
      );
      for await (const { MetricAlarms = [], CompositeAlarms = [] } of pages)
        found.push(...[...MetricAlarms, ...CompositeAlarms].map(conditionOf));
    } catch (error) {
      throw awsFailure(error, 'cloudwatch:DescribeAlarms', names.join(', '));
    }
    return found;
  }
}

function conditionOf(alarm: MetricAlarm | CompositeAlarm): AlarmCondition {
  // The one tells when the state was last evaluated anew, the other when it last became another one.
  const since = alarm.StateTransitionedTimestamp ?? alarm.StateUpdatedTimestamp;
  return {
    name: alarm.AlarmName ?? '',
    state: alarm.StateValue ?? 'unknown',
    reason: alarm.StateReason ?? '',
    since: since?.toISOString() ?? null,
    actionsEnabled: alarm.ActionsEnabled !== false,
  };
}
