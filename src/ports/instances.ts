import type { Binding } from '../domain/environment.js';
import type { LiveInstance } from '../domain/off-hours/instances.js';

/** EC2's instances, and their power. */
export interface Instances {
  /** Those of the ids that EC2 still knows, in any order. Fails (exit 5) as AWS refuses. */
  describe(binding: Binding, ids: readonly string[]): Promise<readonly LiveInstance[]>;
  /** Asks EC2 to stop an instance; it goes on by itself. Fails (exit 5) as AWS refuses. */
  stop(binding: Binding, id: string): Promise<void>;
  /** Asks EC2 to start an instance; it goes on by itself. Fails (exit 5) as AWS refuses. */
  start(binding: Binding, id: string): Promise<void>;
}
