import type { CheckStatus, HealthCheck, HealthReport } from '../health.js';

/** A check whose status is another than before. */
export interface HealthChange {
  /** The check as it is now, or as it was when it is gone. */
  readonly check: HealthCheck;
  /** Undefined for a check that was not there before. */
  readonly before: CheckStatus | undefined;
  /** Whether there is no such check any more. */
  readonly gone: boolean;
}

/** What is otherwise than before: statuses, new checks, and checks that are gone. */
export function healthChanges(before: HealthReport, after: HealthReport): readonly HealthChange[] {
  const [earlier, now] = [byKey(before), byKey(after)];
  const changed = [...now].flatMap(([key, check]) => {
    const status = earlier.get(key)?.status;
    return status === check.status ? [] : [{ check, before: status, gone: false }];
  });
  const gone = [...earlier].flatMap(([key, check]) =>
    now.has(key) ? [] : [{ check, before: check.status, gone: true }],
  );
  return [...changed, ...gone];
}

function byKey({ checks }: HealthReport): ReadonlyMap<string, HealthCheck> {
  return new Map(checks.map((check) => [`${check.group} ${check.name}`, check]));
}
