import type { Binding } from '../domain/environment.js';
import type { StateBackup, StateCopy, StatePlace, StateVersion } from '../domain/state-archive.js';

/** The newest of a list, newest first. */
export interface Newest<T> {
  readonly newest: readonly T[];
  /** How many older ones there are. */
  readonly older: number;
}

/** An environment's states of the past, as AWS keeps them: the versions of the state's object, and the backups beside it. */
export interface StateArchive {
  /** Whether the bucket keeps versions from now on; false without a bucket. */
  keepsVersions(binding: Binding): Promise<boolean>;
  /** The newest versions of the state's object, at most `limit`; none without a bucket. */
  versions(binding: Binding, limit: number): Promise<Newest<StateVersion>>;
  /** The newest backups, at most `limit`; none without a bucket. */
  backups(binding: Binding, limit: number): Promise<Newest<StateBackup>>;
  /** A copy, or null when it is not there (any more), or holds nothing since it marks a deletion. */
  read(binding: Binding, place: StatePlace): Promise<StateCopy | null>;
  /**
   * Whether Terraform would take a copy for the current state: in the lock table it keeps the digest of what it wrote
   * last, and reads nothing else. True where there is no digest.
   */
  isExpected(binding: Binding, copy: StateCopy): Promise<boolean>;
  /**
   * Puts a copy beside the state, encrypted as the state is. Returns its address, like `s3://bucket/key`. Fails (exit 5)
   * with `BackupExists` when there is one of that id: a backup is never written again.
   */
  keep(binding: Binding, id: string, copy: StateCopy): Promise<string>;
  /**
   * Makes a copy the current state, byte by byte, where Terraform itself cannot write one: it refuses to touch a state
   * that is gone or that it does not expect. Fails (exit 6) with `StateMoved` when the state is not `replaced` any more.
   * @param replaced what is there now; null for nothing
   */
  putBack(binding: Binding, copy: StateCopy, replaced: StateCopy | null): Promise<void>;
}
