import type { PlanCost } from '../cost/plan-cost.js';
import type { Binding } from '../environment.js';
import type { Plan, PlanFile } from '../plan.js';

/**
 * How grave a risk is: `forbidden` is refused (exit 3), `consent` needs `--allow-destroy ADDRESS` (exit 4 without),
 * `notice` is shown and does not stop.
 */
export type RiskSeverity = 'forbidden' | 'consent' | 'notice';

/** Something a plan would do that a person must know of. */
export interface Risk {
  readonly rule: string;
  readonly severity: RiskSeverity;
  /** Address of the resource, or null when the plan as a whole is meant. */
  readonly address: string | null;
  readonly message: string;
}

/** What the rules judge. */
export interface PlanEvidence {
  readonly plan: Plan;
  readonly file: PlanFile;
  readonly binding: Binding;
  /** The other environments of the project. */
  readonly others: readonly Binding[];
  /** What the environment costs before and after; null where that cannot be estimated. */
  readonly cost: PlanCost | null;
}

/** A pure rule over a plan. */
export interface PlanRule {
  readonly id: string;
  readonly title: string;
  readonly check: (evidence: PlanEvidence) => readonly Omit<Risk, 'rule'>[];
}
