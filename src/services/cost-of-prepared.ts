import { costOfPlan, costUnchanged, type PlanCost } from '../domain/cost/plan-cost.js';
import type { Binding } from '../domain/environment.js';
import type { Plan } from '../domain/plan.js';
import type { State } from '../domain/state.js';
import type { Ports } from '../ports/index.js';
import { costBasis } from './cost-basis.js';

/**
 * What a plan does to the cost of its environment; null where the region has no price table.
 * @param plan null where Terraform has said that it changes nothing: then the state tells the cost
 */
export async function costOfPrepared(
  ports: Pick<Ports, 'catalog' | 'costSources'>,
  binding: Binding,
  plan: Plan | null,
  state: State | null,
): Promise<PlanCost | null> {
  const basis = await costBasis(ports, binding);
  if (basis === null) return null;
  return plan === null ? costUnchanged(state, basis) : costOfPlan(plan, basis);
}
