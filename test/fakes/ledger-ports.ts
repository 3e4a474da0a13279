import type { Binding } from '../../src/domain/environment.js';
import type { LedgerRecord } from '../../src/domain/ledger-record.js';
import type { OperationClaim } from '../../src/domain/operation-lock.js';
import type { TerraformLock } from '../../src/domain/terraform-lock.js';
import type { Ledger, LedgerListing } from '../../src/ports/ledger.js';
import type { OperationLock } from '../../src/ports/operation-lock.js';
import type { TerraformLocks } from '../../src/ports/terraform-locks.js';
import type { Journal } from './journal.js';

export class FakeLedger implements Ledger {
  /** What was written, in order. */
  readonly records: LedgerRecord[] = [];
  /** What was there before. */
  last: LedgerRecord | null = null;
  unreadable: LedgerListing['unreadable'] = [];
  /** What reading fails with; undefined when it works. */
  failure: unknown;
  /** What writing a record fails with; undefined when it works. */
  refuse: (record: LedgerRecord) => unknown = () => undefined;

  constructor(readonly journal: Journal) {}

  async append(_: Binding, record: LedgerRecord): Promise<void> {
    this.journal.push(`ledger.append ${record.status}`);
    const failure = this.refuse(record);
    if (failure !== undefined) throw failure;
    this.records.push(record);
  }

  async list(_: Binding, limit: number): Promise<LedgerListing> {
    this.journal.push('ledger.list');
    if (this.failure !== undefined) throw this.failure;
    const all = this.#newestFirst();
    return { records: all.slice(0, limit), unreadable: this.unreadable, older: Math.max(0, all.length - limit) };
  }

  async find(_: Binding, id: string): Promise<LedgerRecord | null> {
    return this.#newestFirst().find((record) => record.id === id) ?? null;
  }

  #newestFirst(): readonly LedgerRecord[] {
    const ended = new Map(
      [...(this.last === null ? [] : [this.last]), ...this.records].map((entry) => [entry.id, entry]),
    );
    return [...ended.values()].sort(({ id }, other) => (id < other.id ? 1 : -1));
  }
}

/** A lock that somebody may hold already. */
export class FakeOperationLock implements OperationLock {
  held: OperationClaim | null = null;
  failure: unknown;

  constructor(readonly journal: Journal) {}

  async take(_: Binding, claim: OperationClaim): Promise<OperationClaim | null> {
    this.journal.push('operationLock.take');
    if (this.failure !== undefined) throw this.failure;
    if (this.held !== null) return this.held;
    this.held = claim;
    return null;
  }

  async renew(_: Binding, claim: OperationClaim): Promise<boolean> {
    if (this.held?.id !== claim.id) return false;
    this.held = claim;
    return true;
  }

  async release(_: Binding, id: string): Promise<boolean> {
    this.journal.push('operationLock.release');
    if (this.failure !== undefined) throw this.failure;
    if (this.held?.id !== id) return false;
    this.held = null;
    return true;
  }

  async holder(): Promise<OperationClaim | null> {
    return this.held;
  }
}

export class FakeTerraformLocks implements TerraformLocks {
  locks: readonly TerraformLock[] = [];

  async held(_: Binding): Promise<readonly TerraformLock[]> {
    return this.locks;
  }
}
