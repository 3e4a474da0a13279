import type { LedgerRecord } from './ledger-record.js';

/** A record without the values that its plan was made from: these may be secret, and are shown one record at a time. */
export type HistoryEntry = Omit<LedgerRecord, 'inputs'> & {
  readonly inputs: {
    readonly variables: { readonly digest: string };
    readonly lockFile: NonNullable<LedgerRecord['inputs']>['lockFile'];
    readonly terraformVersion: string;
  } | null;
};

/** The part of a record that a list shows. */
export function historyEntry(record: LedgerRecord): HistoryEntry {
  const { inputs } = record;
  if (inputs === null) return { ...record, inputs };
  return { ...record, inputs: { ...inputs, variables: { digest: inputs.variables.digest } } };
}
