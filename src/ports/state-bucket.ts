import type { Backend } from '../domain/environment.js';

/** The objects of a state bucket that are no records: states as they are written, and what lies beside them. */
export interface StateBucket {
  /** The text of an object, or null when it is not there. */
  read(backend: Backend, key: string): Promise<string | null>;
  /** Writes an object, encrypted as the state is. */
  write(backend: Backend, key: string, text: string): Promise<void>;
  /** Removes an object if it is there; a versioned bucket keeps it. */
  remove(backend: Backend, key: string): Promise<void>;
}
