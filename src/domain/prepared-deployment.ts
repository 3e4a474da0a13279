import type { PlanCost } from './cost/plan-cost.js';
import type { Commit, Identity } from './deployment.js';
import type { Binding } from './environment.js';
import type { Plan, PlanSummary } from './plan.js';
import type { Risk } from './plan-checks/rule.js';
import type { State } from './state.js';

/** A deployment that was checked and can be confirmed: nothing has changed yet. */
export interface PreparedDeployment {
  readonly id: string;
  readonly startedAt: Date;
  readonly binding: Binding;
  readonly identity: Identity;
  readonly commit: Commit | null;
  /** The state the plan was made from; null before the first deployment. */
  readonly state: State | null;
  /** The saved plan, a private copy that nobody else can swap. */
  readonly planFile: string;
  readonly plan: Plan;
  readonly hasChanges: boolean;
  readonly digest: string;
  readonly summary: PlanSummary;
  readonly risks: readonly Risk[];
  /** What the environment costs before and after; null where that cannot be estimated. */
  readonly cost: PlanCost | null;
}
