import type { BackendFacts } from '../domain/backend-facts.js';
import type { Binding } from '../domain/environment.js';
import type { State, StateObject } from '../domain/state.js';

/** The environment's state backend, read by AWS's own API. */
export interface StateStore {
  /** What AWS says of the bucket and the lock table. */
  inspect(binding: Binding): Promise<BackendFacts>;
  /** The current state, or null when there is none (no object, or no bucket). */
  readState(binding: Binding): Promise<State | null>;
  /** The current state with what S3 says of its object, or null when there is none. */
  readStateObject(binding: Binding): Promise<StateObject | null>;
  /** Creates the bucket or the lock table and sets what is not as it should be. Safe to repeat. */
  repair(binding: Binding, facts: BackendFacts): Promise<void>;
}
