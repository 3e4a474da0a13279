import type { Binding } from '../domain/environment.js';

/** An environment's configuration beside a copy of a state, where a plan can be made that changes nothing anywhere. */
export interface Rehearsal {
  /** The environment with its own values, but with this configuration and this state. */
  readonly binding: Binding;
  /** Writes a file of the configuration, here alone. */
  write(file: string, text: string): Promise<void>;
  /** Removes it all: the copy of the state holds secrets. */
  close(): Promise<void>;
}

/** Makes rehearsals. */
export interface Rehearsals {
  /**
   * Opens one, and removes what a killed one of the environment has left.
   * @param state text of the state that plans are made from
   */
  open(binding: Binding, state: string): Promise<Rehearsal>;
}
