import type { Binding } from '../domain/environment.js';
import type { LedgerRecord } from '../domain/ledger-record.js';

/** An entry of the ledger that is not what mhtctl wrote. */
export interface UnreadableRecord {
  readonly id: string;
  /** Its object, like `s3://bucket/key`. */
  readonly object: string;
  readonly why: string;
}

/** A part of the ledger, newest first. */
export interface LedgerListing {
  /** The last entry of each operation: its end, or its start where it has not ended. */
  readonly records: readonly LedgerRecord[];
  /** Entries among these that could not be read. */
  readonly unreadable: readonly UnreadableRecord[];
  /** How many older operations there are. */
  readonly older: number;
}

/** The record of what was done to an environment, append-only, kept in its state bucket. */
export interface Ledger {
  /** Writes a new entry. Fails (exit 5) with `RecordExists` when one with this id and status exists: entries never change. */
  append(binding: Binding, record: LedgerRecord): Promise<void>;
  /** The newest operations, at most `limit`; none when nothing was ever done (or there is no bucket). */
  list(binding: Binding, limit: number): Promise<LedgerListing>;
  /** The last entry of an operation, or null. Fails (exit 5) with `RecordUnreadable`. */
  find(binding: Binding, id: string): Promise<LedgerRecord | null>;
}
