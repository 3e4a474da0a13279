import type { CheckStatus, HealthCheck } from '../health.js';

/** A target group as the load balancer sees it. */
export interface TargetGroup {
  readonly name: string;
  /** Null when there is no such target group. */
  readonly targets: readonly Target[] | null;
}

/** A registered target. */
export interface Target {
  readonly id: string;
  /** As the load balancer names it: `healthy`, `draining`, ... */
  readonly state: string;
  /** Why it is in that state; empty where the load balancer says nothing. */
  readonly reason: string;
}

/** One check for each target. A group without targets serves nobody: one unhealthy check. */
export function judgeTargets({ name, targets }: TargetGroup): readonly HealthCheck[] {
  const group = 'traffic';
  if (targets === null || targets.length === 0) {
    const detail = targets === null ? 'the outputs name it, but it is not there' : 'no target is registered';
    return [{ group, name: `targets of ${name}`, status: 'unhealthy', detail, nextSteps: [] }];
  }
  return targets.map(({ id, state, reason }) => ({
    group,
    name: `target ${id} of ${name}`,
    status: statusOf(state),
    detail: reason === '' ? state : `${state} (${reason})`,
    nextSteps: [],
  }));
}

/**
 * Only a target whose group has no health checks (`unavailable`) was not checked; one that gets no traffic is not healthy.
 * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
 */
function statusOf(state: string): CheckStatus {
  if (state === 'healthy') return 'healthy';
  return state === 'unavailable' ? 'not-checked' : 'unhealthy';
}
