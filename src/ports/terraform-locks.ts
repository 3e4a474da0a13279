import type { Binding } from '../domain/environment.js';
import type { TerraformLock } from '../domain/terraform-lock.js';

/** Terraform's own locks on an environment's state, by the APIs of where they are kept. */
export interface TerraformLocks {
  /** The locks that are held: one in the lock table, one beside the state, or both. */
  held(binding: Binding): Promise<readonly TerraformLock[]>;
}
