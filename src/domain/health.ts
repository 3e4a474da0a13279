/** What one probe found. What could not be asked is `not-checked`, never healthy. */
export type CheckStatus = 'healthy' | 'unhealthy' | 'not-checked';

/** One probe: a load balancer's target, or the application's own health address. */
export interface HealthCheck {
  readonly name: string;
  readonly status: CheckStatus;
  /** What was seen, or why it was not checked. */
  readonly detail: string;
}

/** The health of an environment after all probes. */
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
