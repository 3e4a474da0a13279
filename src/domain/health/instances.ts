import { type CheckStatus, type HealthCheck, notThere, toTheSecond } from '../health.js';
import { physicalName } from '../physical-name.js';
import { shellWord } from '../shell-word.js';
import type { State } from '../state.js';
import { instancesOf, textOf } from './state-attributes.js';

/** An instance of the state. */
export interface WatchedInstance {
  readonly address: string;
  readonly id: string;
  /** Its `Name` tag; undefined when it has none. */
  readonly name: string | undefined;
}

/** An instance as EC2 describes it. Each status is `ok`, `impaired`, `initializing`, `insufficient-data` or `not-applicable`. */
export interface InstanceCondition {
  readonly id: string;
  /** `running`, `stopped`, ... */
  readonly state: string;
  /** What the checks found, by their name: `system`, `instance` and, where told, `attached EBS`. */
  readonly checks: Readonly<Record<string, string>>;
  readonly events: readonly ScheduledEvent[];
}

/** Something AWS has announced to do to an instance. */
export interface ScheduledEvent {
  /** `instance-retirement`, `system-reboot`, ... */
  readonly code: string;
  readonly description: string;
  /** ISO 8601; null where AWS does not say when. */
  readonly notBefore: string | null;
}

/** The instances of a state. */
export function watchedInstances(state: State): readonly WatchedInstance[] {
  return instancesOf(state, 'aws_instance').map(({ address, type, attributes }) => ({
    address,
    id: textOf(attributes['id']),
    name: physicalName(type, attributes),
  }));
}

/**
 * Healthy when it runs and its checks have found nothing. An announced event is said, and is not unhealthy before it
 * happens.
 * Source: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/monitoring-system-instance-status-check.html
 * @param condition null when EC2 knows no such instance
 */
export function judgeInstance(
  { address, id, name }: WatchedInstance,
  condition: InstanceCondition | null,
  { environment, region }: { readonly environment: string; readonly region: string },
): HealthCheck {
  const title = name === undefined ? id : `${id} (${name})`;
  if (condition === null || condition.state === 'terminated') {
    return notThere('instances', title, address, environment);
  }
  const { state, checks, events } = condition;
  const announced = events.filter(isToCome);
  const look = `aws ec2 describe-instance-status --instance-ids ${shellWord(id)} --region ${region}`;
  const detail = [
    state,
    ...(state === 'running' ? [checked(checks)] : []),
    ...announced.map(
      ({ code, description, notBefore }) =>
        `announced: ${code} ${notBefore === null ? 'soon' : `on ${toTheSecond(notBefore)}`} (${description})`,
    ),
  ].join('; ');
  const status = state === 'running' ? statusOf(Object.values(checks)) : 'unhealthy';
  if (state === 'stopped') {
    return { group: 'instances', name: title, status, detail, nextSteps: [`mhtctl start ${environment}`] };
  }
  const told = status === 'unhealthy' || announced.length > 0;
  return { group: 'instances', name: title, status, detail, nextSteps: told ? [look] : [] };
}

function checked(checks: Readonly<Record<string, string>>): string {
  const found = Object.entries(checks);
  if (found.length > 0 && found.every(([, status]) => isFine(status))) return 'status checks ok';
  return found.length === 0 ? 'no status checks' : found.map(([name, status]) => `${name} ${status}`).join(', ');
}

/** A check that does not exist for a kind of instance finds nothing wrong with it. */
function isFine(status: string): boolean {
  return status === 'ok' || status === 'not-applicable';
}

function statusOf(checks: readonly string[]): CheckStatus {
  if (checks.includes('impaired')) return 'unhealthy';
  return checks.length > 0 && checks.every(isFine) ? 'healthy' : 'not-checked';
}

/** AWS leaves an event that is over in the list for a week, marked so. Source: as of DescribeInstanceStatus. */
function isToCome({ description }: ScheduledEvent): boolean {
  return !/^\[(?:Completed|Canceled)\]/.test(description);
}
