/** Terraform's own lock on a state, as Terraform wrote it. */
export interface TerraformLock {
  readonly id: string;
  /** `OperationTypeApply`, `OperationTypePlan`. */
  readonly operation: string;
  /** `user@host`. */
  readonly who: string;
  /** ISO 8601. */
  readonly created: string;
  /** What holds it: the item of the lock table, or the file beside the state. */
  readonly kept: 'table' | 'file';
}

/**
 * Reads the lock information Terraform keeps. What cannot be read is empty: that there is a lock is what matters.
 * Source: https://github.com/hashicorp/terraform/blob/v1.11.4/internal/states/statemgr/locker.go (LockInfo)
 */
export function terraformLockOf(text: string, kept: TerraformLock['kept']): TerraformLock {
  let info: Readonly<Record<string, unknown>> = {};
  try {
    const value: unknown = JSON.parse(text);
    if (value !== null && typeof value === 'object') info = value as typeof info;
  } catch {
    // Said by its empty fields.
  }
  const field = (name: string): string => (typeof info[name] === 'string' ? info[name] : '');
  return { id: field('ID'), operation: field('Operation'), who: field('Who'), created: field('Created'), kept };
}
