import type { HealthReport } from './health.js';
import type { LedgerRecord } from './ledger-record.js';
import type { SeparationAfter } from './separation-after.js';
import type { State } from './state.js';

/** A deployment that was carried out. */
export interface ExecutedDeployment {
  readonly record: LedgerRecord;
  readonly health: HealthReport;
  /** What it shares with other environments now; null when nothing was changed, or there is no other. */
  readonly separation: SeparationAfter | null;
  /** The state as it is now. */
  readonly state: State | null;
}
