import { type CheckStatus, type HealthCheck, notThere, toTheSecond } from '../health.js';
import { shellWord } from '../shell-word.js';
import type { State } from '../state.js';
import { instancesOf, textOf } from './state-attributes.js';

/** An alarm of the state. */
export interface WatchedAlarm {
  readonly address: string;
  readonly name: string;
}

/** An alarm as CloudWatch describes it. */
export interface AlarmCondition {
  readonly name: string;
  /** `OK`, `ALARM` or `INSUFFICIENT_DATA`. */
  readonly state: string;
  /** CloudWatch's own words for why. */
  readonly reason: string;
  /** When it came into this state, ISO 8601; null where CloudWatch does not say. */
  readonly since: string | null;
  /** Whether it tells anybody. */
  readonly actionsEnabled: boolean;
}

/** The alarms of a state, of metrics and composite. */
export function watchedAlarms(state: State): readonly WatchedAlarm[] {
  return ['aws_cloudwatch_metric_alarm', 'aws_cloudwatch_composite_alarm']
    .flatMap((type) => instancesOf(state, type))
    .map(({ address, attributes }) => ({ address, name: textOf(attributes['alarm_name']) }));
}

/**
 * An alarm without data has not been decided.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html
 * @param condition null when CloudWatch knows no such alarm
 */
export function judgeAlarm(
  { address, name }: WatchedAlarm,
  condition: AlarmCondition | null,
  { environment, region }: { readonly environment: string; readonly region: string },
): HealthCheck {
  if (condition === null) return notThere('alarms', name, address, environment);
  const { state, reason, since, actionsEnabled } = condition;
  const status = statusOf(state);
  const begun = since === null ? '' : ` since ${toTheSecond(since)}`;
  const said = {
    healthy: state,
    unhealthy: `${state}${begun}: ${reason}`,
    'not-checked': `${state === 'INSUFFICIENT_DATA' ? 'not enough data' : state}${begun}: ${reason}`,
  }[status];
  const history =
    `aws cloudwatch describe-alarm-history --alarm-name ${shellWord(name)} ` +
    `--history-item-type StateUpdate --region ${region}`;
  return {
    group: 'alarms',
    name,
    status,
    detail: actionsEnabled ? said : `${said}; its actions are disabled, so it tells nobody`,
    nextSteps: status === 'unhealthy' ? [history] : [],
  };
}

function statusOf(state: string): CheckStatus {
  if (state === 'OK') return 'healthy';
  return state === 'ALARM' ? 'unhealthy' : 'not-checked';
}
