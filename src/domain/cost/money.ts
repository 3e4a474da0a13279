import type { Cents } from './decimal.js';
import { type ResourceCost, sumOfKind } from './estimate.js';

/** A month's money, its two kinds apart: what falls due in any case, and what assumed use would cost. */
export interface Money {
  readonly fixed: Cents;
  readonly usage: Cents;
}

export const NOTHING: Money = { fixed: 0, usage: 0 };

/** What is known of a resource's cost. */
export function moneyOf({ components }: Pick<ResourceCost, 'components'>): Money {
  return { fixed: sumOfKind(components, 'fixed'), usage: sumOfKind(components, 'usage') };
}

export function plus(one: Money, other: Money): Money {
  return { fixed: one.fixed + other.fixed, usage: one.usage + other.usage };
}

export function minus(one: Money, other: Money): Money {
  return { fixed: one.fixed - other.fixed, usage: one.usage - other.usage };
}

export function totalOf(costs: readonly Pick<ResourceCost, 'components'>[]): Money {
  return costs.reduce((sum, cost) => plus(sum, moneyOf(cost)), NOTHING);
}

export function isNothing({ fixed, usage }: Money): boolean {
  return fixed === 0 && usage === 0;
}

/** The money of a group, such as a module or a service. */
export interface MoneyOf {
  readonly name: string;
  readonly money: Money;
}

/** Adds up money by name, the dearest first. */
export function byName(parts: readonly MoneyOf[]): readonly MoneyOf[] {
  const sums = new Map<string, Money>();
  for (const { name, money } of parts) sums.set(name, plus(sums.get(name) ?? NOTHING, money));
  return [...sums].map(([name, money]) => ({ name, money })).sort(dearestFirst);
}

/** What is certain decides, then what is assumed, then the name, so that the order never changes by itself. */
export function dearestFirst(one: MoneyOf, other: MoneyOf): number {
  return (
    other.money.fixed - one.money.fixed ||
    other.money.usage - one.money.usage ||
    (one.name < other.name ? -1 : one.name > other.name ? 1 : 0)
  );
}
