import { isPlanned, type LedgerRecord } from './ledger-record.js';

/** A deployment to roll back to; it has a commit, and the values it was made with. */
export type RollbackTarget = LedgerRecord & {
  readonly commit: string;
  readonly inputs: NonNullable<LedgerRecord['inputs']>;
};

/** What is rolled back from, and what to. */
export interface Rollback {
  /** The last operation on the environment. */
  readonly from: LedgerRecord;
  readonly to: RollbackTarget;
}

/** Why a deployment cannot be rolled back to; undefined when it can. */
export function whyNotTarget(record: LedgerRecord): string | undefined {
  const { operation, status, commit, dirty, inputs, health, separation } = record;
  if (operation !== 'deploy' && operation !== 'rollback') return `it is no deployment, but: ${operation}`;
  if (status !== 'applied' && status !== 'no-changes') return `it did not end well (${status})`;
  if (commit === null) return 'it was made without a git commit';
  if (dirty) return 'it was made with files that were not committed, which nobody has any more';
  if (inputs === null) return 'it was recorded without its values';
  if (health?.status === 'unhealthy') return 'it was not healthy';
  if (separation === 'violated') return 'it left the environments not separated';
  return undefined;
}

function isTarget(record: LedgerRecord): record is RollbackTarget {
  return whyNotTarget(record) === undefined;
}

/** What a deployment was made from, as far as a rollback can bring it back. */
function madeFrom({ commit, inputs }: LedgerRecord): string {
  return `${commit} ${inputs?.variables.digest}`;
}

/**
 * The last good deployment: the newest that ended well and healthy before the last operation. Where that itself is
 * good, one that was made from something else: going back to what is there is no rollback.
 * @param records newest first
 * @returns undefined where there is none
 */
export function lastGood(records: readonly LedgerRecord[]): Rollback | undefined {
  const [from, ...earlier] = records.filter(isPlanned);
  if (from === undefined) return undefined;
  const now = isTarget(from) ? madeFrom(from) : undefined;
  const to = earlier.filter(isTarget).find((record) => madeFrom(record) !== now);
  return to === undefined ? undefined : { from, to };
}

/** The rollback to a deployment that was chosen by its id; undefined where it cannot be rolled back to. */
export function rollbackTo(records: readonly LedgerRecord[], chosen: LedgerRecord): Rollback | undefined {
  const from = records.find(isPlanned);
  return from === undefined || !isTarget(chosen) ? undefined : { from, to: chosen };
}
