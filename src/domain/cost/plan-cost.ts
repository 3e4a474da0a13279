import type { Json, Plan, ResourceChange } from '../plan.js';
import type { State } from '../state.js';
import type { CostedResource } from './costed-resource.js';
import { type EstimateBasis, estimate, type ResourceCost } from './estimate.js';
import { byName, type Money, minus, moneyOf, NOTHING, totalOf } from './money.js';

/** Money before and after a plan. */
export interface MoneyChange {
  readonly before: Money;
  readonly after: Money;
}

/** What a plan does to the cost of a month. */
export interface PlanCost extends MoneyChange {
  readonly currency: string;
  /** Modules whose cost changes, the largest change first. */
  readonly modules: readonly (MoneyChange & { readonly name: string })[];
  /** Resources that cannot be priced in full, before or after; the sums are the least that it is. */
  readonly unknown: readonly { readonly address: string; readonly reasons: readonly string[] }[];
}

/** What the environment costs before a plan is applied and after, by the plan's own word. */
export function costOfPlan(plan: Pick<Plan, 'changes' | 'unchanged'>, basis: EstimateBasis): PlanCost {
  return change(
    estimate([...plan.unchanged, ...plan.changes.flatMap(resourceBefore)], basis),
    estimate([...plan.unchanged, ...plan.changes.flatMap(resourceAfter)], basis),
    basis,
  );
}

/** What an environment goes on costing that no plan changes. */
export function costUnchanged(state: State | null, basis: EstimateBasis): PlanCost {
  const costs = estimate(state?.instances ?? [], basis);
  return change(costs, costs, basis);
}

/** What is certain that a plan adds to the month; below zero where it takes away. */
export function increaseOf({ before, after }: MoneyChange): Money {
  return minus(after, before);
}

function change(before: readonly ResourceCost[], after: readonly ResourceCost[], { prices }: EstimateBasis): PlanCost {
  const unknown = new Map(
    [...before, ...after].flatMap(({ address, status, unknown: reasons }) =>
      status === 'unknown' && address !== null ? [[address, reasons] as const] : [],
    ),
  );
  return {
    currency: prices.currency,
    before: totalOf(before),
    after: totalOf(after),
    modules: modulesOf(before, after),
    unknown: [...unknown].map(([address, reasons]) => ({ address, reasons })),
  };
}

function modulesOf(before: readonly ResourceCost[], after: readonly ResourceCost[]): PlanCost['modules'] {
  const [sumsBefore, sumsAfter] = [sumsByModule(before), sumsByModule(after)];
  return [...new Set([...sumsBefore.keys(), ...sumsAfter.keys()])]
    .map((name) => ({ name, before: sumsBefore.get(name) ?? NOTHING, after: sumsAfter.get(name) ?? NOTHING }))
    .filter((module) => size(module) > 0)
    .sort((one, other) => size(other) - size(one) || (one.name < other.name ? -1 : 1));
}

function sumsByModule(costs: readonly ResourceCost[]): ReadonlyMap<string, Money> {
  const groups = byName(
    costs.map((cost) => ({ name: cost.module === '' ? '(root)' : cost.module, money: moneyOf(cost) })),
  );
  return new Map(groups.map(({ name, money }) => [name, money]));
}

function size(module: MoneyChange): number {
  const { fixed, usage } = increaseOf(module);
  return Math.abs(fixed) + Math.abs(usage);
}

function resourceBefore({ address, previousAddress, type, before }: ResourceChange): readonly CostedResource[] {
  const attributes = fieldsOf(before);
  return attributes === undefined ? [] : [{ address: previousAddress ?? address, type, attributes }];
}

/** A resource that is only forgotten goes on being paid for. */
function resourceAfter(change: ResourceChange): readonly CostedResource[] {
  const { address, type, actions, after, afterUnknown } = change;
  if (actions.length === 1 && actions[0] === 'forget') return resourceBefore(change);
  const attributes = fieldsOf(after);
  return attributes === undefined ? [] : [{ address, type, attributes, afterUnknown }];
}

function fieldsOf(value: Json): CostedResource['attributes'] | undefined {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
    ? (value as CostedResource['attributes'])
    : undefined;
}
