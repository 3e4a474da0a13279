import type { Binding } from '../domain/environment.js';
import type { OperationClaim } from '../domain/operation-lock.js';

/** The lock on an environment from plan to health. Terraform holds its own only inside a plan and an apply. */
export interface OperationLock {
  /** Takes the lock. Returns null when it was taken, and whoever holds it when it was not. */
  take(binding: Binding, claim: OperationClaim): Promise<OperationClaim | null>;
  /** Moves the claim's expiry forward. False when the lock is not this claim's any more. */
  renew(binding: Binding, claim: OperationClaim): Promise<boolean>;
  /** Gives the lock back, if it is still that operation's. False when it was not. */
  release(binding: Binding, id: string): Promise<boolean>;
  /** Who holds it, or null. */
  holder(binding: Binding): Promise<OperationClaim | null>;
}
