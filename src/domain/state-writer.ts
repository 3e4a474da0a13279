import type { LedgerRecord, StateMark } from './ledger-record.js';

/** The operation that wrote a state, as far as a list shows it. */
export type StateWriter = Pick<LedgerRecord, 'id' | 'operation' | 'status' | 'commit' | 'actor'>;

/**
 * Which operation wrote a state; undefined where none of the records says so. Terraform saves a state several times in an
 * apply: every serial after the one it began with, and up to the one it left, is its own.
 * @param records newest first
 */
export function writerOf(state: StateMark, records: readonly LedgerRecord[]): StateWriter | undefined {
  const { lineage, serial, versionId = null } = state;
  const exact = records.find(({ stateAfter }) => versionId !== null && stateAfter?.versionId === versionId);
  const record =
    exact ??
    records.find(({ operation, stateBefore, stateAfter }) => {
      if (stateAfter?.lineage !== lineage || serial > stateAfter.serial) return false;
      // What a restore found lost was not the beginning.
      if (stateBefore === null) return operation !== 'state-restore';
      return stateBefore.lineage === lineage && serial > stateBefore.serial;
    });
  if (record === undefined) return undefined;
  const { id, operation, status, commit, actor } = record;
  return { id, operation, status, commit, actor };
}
