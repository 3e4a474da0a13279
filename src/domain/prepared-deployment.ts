import type { Commit } from './commit.js';
import type { PlanCost } from './cost/plan-cost.js';
import type { Binding } from './environment.js';
import type { Identity } from './identity.js';
import type { LedgerRecord, Operation, RecordedInputs } from './ledger-record.js';
import type { Plan, PlanSummary } from './plan.js';
import type { Risk } from './plan-checks/rule.js';
import type { State } from './state.js';

/** A deployment that was checked and can be confirmed: nothing has changed yet. */
export interface PreparedDeployment {
  readonly id: string;
  readonly startedAt: Date;
  readonly operation: Operation;
  readonly binding: Binding;
  readonly identity: Identity;
  /** Where mhtctl runs. */
  readonly origin: string;
  readonly commit: Commit | null;
  /** The state the plan was made from; null before the first deployment. */
  readonly state: State | null;
  /** S3's version of that state. */
  readonly stateVersionId: string | null;
  readonly inputs: RecordedInputs;
  /** What it is about beside the plan, for the record. */
  readonly about: LedgerRecord['about'];
  /** The saved plan, a private copy that nobody else can swap. */
  readonly planFile: string;
  readonly plan: Plan;
  readonly hasChanges: boolean;
  readonly digest: string;
  readonly summary: PlanSummary;
  readonly risks: readonly Risk[];
  /** What the environment costs before and after; null where that cannot be estimated. */
  readonly cost: PlanCost | null;
  /** Removes the saved plan, which holds every value in the clear, and gives back the lock. Never fails for the latter. */
  readonly release: () => Promise<void>;
}
