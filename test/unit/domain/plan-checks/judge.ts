import type { PlanCost } from '../../../../src/domain/cost/plan-cost.js';
import type { Binding } from '../../../../src/domain/environment.js';
import type { PlanFile, ResourceChange } from '../../../../src/domain/plan.js';
import { judgePlan } from '../../../../src/domain/plan-checks/index.js';
import type { Risk } from '../../../../src/domain/plan-checks/rule.js';
import { PRODUCTION, STAGING } from '../../../fakes/bindings.js';
import { planFileOf, planOf } from '../../../fakes/plans.js';

/** Judges a plan of the binding, by default of staging beside production. */
export function judge(
  changes: readonly ResourceChange[],
  parts: {
    readonly binding?: Binding;
    readonly others?: readonly Binding[];
    readonly environment?: string | undefined;
    readonly region?: string | undefined;
    readonly file?: Partial<PlanFile>;
    readonly cost?: PlanCost;
  } = {},
): readonly Risk[] {
  const binding = parts.binding ?? STAGING;
  const environment = 'environment' in parts ? parts.environment : binding.name;
  return judgePlan({
    plan: planOf(changes, { environment, region: parts.region }),
    file: planFileOf(binding, parts.file),
    binding,
    others: parts.others ?? [PRODUCTION],
    cost: parts.cost ?? null,
  });
}

/** The risks that one rule found. */
export function found(rule: string, ...judged: Parameters<typeof judge>): readonly Risk[] {
  return judge(...judged).filter((risk) => risk.rule === rule);
}
