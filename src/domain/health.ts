/** What one check found. What could not be asked is `not-checked`, never healthy. */
export type CheckStatus = 'healthy' | 'unhealthy' | 'not-checked';

/** The parts of an environment that have a health, in the order in which they are told. */
export const CHECK_GROUPS = ['traffic', 'instances', 'alarms', 'queues'] as const;

/** Which part of an environment a check is of. */
export type CheckGroup = (typeof CHECK_GROUPS)[number];

/** One check: of a load balancer's target, an address, an instance, an alarm or a queue. */
export interface HealthCheck {
  readonly group: CheckGroup;
  readonly name: string;
  readonly status: CheckStatus;
  /** What was seen, or why it was not checked. */
  readonly detail: string;
  /** What to do about it, ready to paste; empty where nothing is to be done. */
  readonly nextSteps: readonly string[];
  /** What a queue holds; only in the check of a queue that has answered. */
  readonly measured?: QueueMeasures;
}

/** A queue in figures. SQS counts messages approximately. */
export interface QueueMeasures {
  /** Messages that can be received. */
  readonly waiting: number;
  /** Messages that were received and not deleted yet. */
  readonly inFlight: number;
  /** Messages that cannot be received yet. */
  readonly delayed: number;
  /** Age of the oldest message in seconds; null where CloudWatch has none. */
  readonly oldestSeconds: number | null;
  /** More waiting messages than this are too many; null where nothing says how many are. */
  readonly threshold: number | null;
}

/** The health of an environment after all checks. */
export interface HealthReport {
  readonly status: 'healthy' | 'unhealthy' | 'unknown';
  readonly checks: readonly HealthCheck[];
}

/** Sums checks up: one unhealthy check is unhealthy; one that was not made, or no check at all, leaves it unknown. */
export function healthOf(checks: readonly HealthCheck[]): HealthReport {
  if (checks.some(({ status }) => status === 'unhealthy')) return { status: 'unhealthy', checks };
  const complete = checks.length > 0 && checks.every(({ status }) => status === 'healthy');
  return { status: complete ? 'healthy' : 'unknown', checks };
}

/** A check that could not be made. @param why in words, with the permission where one was missing */
export function notChecked(
  group: CheckGroup,
  name: string,
  why: string,
  nextSteps: readonly string[] = [],
): HealthCheck {
  return { group, name, status: 'not-checked', detail: why, nextSteps };
}

/** The check of a resource that the state has and AWS has not. @param address in the state */
export function notThere(group: CheckGroup, name: string, address: string, environment: string): HealthCheck {
  return {
    group,
    name,
    status: 'unhealthy',
    detail: `in the state, but not there: ${address}`,
    nextSteps: [`see how it would be made again: mhtctl plan ${environment}`],
  };
}

/** A time of ISO 8601 to the second, as people read it. */
export function toTheSecond(time: string): string {
  return time.replace(/\.\d+Z$/, 'Z');
}
