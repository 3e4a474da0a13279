import type { OperationClaim } from './operation-lock.js';
import type { TerraformLock } from './terraform-lock.js';

/** A lock on an environment, as `unlock` shows it. */
export interface EnvironmentLock {
  /** `operation`: mhtctl's own, from plan to health. `terraform`: Terraform's on the state. */
  readonly kind: 'operation' | 'terraform';
  readonly id: string;
  /** What holds it: `deploy`, `OperationTypeApply`. */
  readonly operation: string;
  readonly holder: string;
  readonly since: string;
  /** ISO 8601; for an operation: when its holder would have to be heard of again. Null for Terraform's. */
  readonly expires: string | null;
}

/** Both kinds of lock in one list, the operation's first. Terraform's counts once, wherever it is kept. */
export function environmentLocks(
  claim: OperationClaim | null,
  terraform: readonly TerraformLock[],
): readonly EnvironmentLock[] {
  const operation =
    claim === null
      ? []
      : [
          {
            kind: 'operation' as const,
            id: claim.id,
            operation: claim.operation,
            holder: `${claim.actor} on ${claim.origin}`,
            since: claim.since,
            expires: claim.expires,
          },
        ];
  const byId = new Map(terraform.map((lock) => [lock.id, lock]));
  const locks = [...byId.values()].map(({ id, operation: name, who, created }) => ({
    kind: 'terraform' as const,
    id,
    operation: name,
    holder: who,
    since: created,
    expires: null,
  }));
  return [...operation, ...locks];
}
