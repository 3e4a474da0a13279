import type { Commit } from '../domain/commit.js';
import type { Binding } from '../domain/environment.js';
import type { Identity } from '../domain/identity.js';
import { type LedgerRecord, type Operation, type RecordStatus, UNRECORDED } from '../domain/ledger-record.js';
import type { Ports } from '../ports/index.js';
import { writeRecord } from './write-record.js';

/** An operation without a plan that has ended. */
export interface EndedOperation {
  readonly binding: Binding;
  readonly id: string;
  readonly operation: Operation;
  readonly status: Extract<RecordStatus, 'done' | 'failed' | 'interrupted'>;
  readonly identity: Identity;
  readonly commit: Commit | null;
  readonly startedAt: Date;
  /** What it was about, by name. */
  readonly about: LedgerRecord['about'];
  /** Parts of the record that it has beside these. */
  readonly parts?: Partial<Pick<LedgerRecord, 'stateBefore' | 'stateAfter' | 'health' | 'error' | 'overrides'>>;
}

/**
 * Records an operation that has no plan. Fails (exit 5) with `RecordNotWritten` when the ledger cannot be written; the
 * record is then kept on this machine, and the next operation here writes it first.
 */
export async function recordOperation(
  ports: Pick<Ports, 'clock' | 'ledger' | 'origin' | 'workspace'>,
  ended: EndedOperation,
): Promise<LedgerRecord> {
  const { binding, id, operation, status, identity, commit, startedAt, about, parts } = ended;
  const record: LedgerRecord = {
    ...UNRECORDED,
    format: 1,
    id,
    environment: binding.name,
    operation,
    status,
    commit: commit?.hash ?? null,
    branch: commit?.branch ?? null,
    dirty: (commit?.dirtyFiles.length ?? 0) > 0,
    actor: identity.arn,
    origin: ports.origin,
    startedAt: startedAt.toISOString(),
    finishedAt: ports.clock.now().toISOString(),
    about,
    ...parts,
  };
  const unrecorded = await writeRecord(ports, binding, record);
  if (unrecorded !== undefined) throw unrecorded;
  return record;
}
