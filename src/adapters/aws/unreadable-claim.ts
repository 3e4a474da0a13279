import type { OperationClaim } from '../../domain/operation-lock.js';

/** What stands for a lock that is held by something mhtctl cannot read: it is held all the same. */
export function unreadableClaim(id: string | undefined): OperationClaim {
  return {
    id: id ?? 'unreadable',
    operation: 'deploy',
    actor: 'unknown',
    origin: 'unknown',
    commit: null,
    since: 'unknown',
    expires: 'unknown',
  };
}
