import { written } from '../binding/invalid-configuration.js';
import type { HclAttribute, HclValue } from '../hcl-value.js';
import { driversOf } from './drivers.js';
import type { ResourceCost } from './estimate.js';
import { byName, dearestFirst, isNothing, type Money, minus, moneyOf, NOTHING, totalOf } from './money.js';

/** An environment as a comparison sees it. */
export interface ComparedEnvironment {
  readonly name: string;
  readonly costs: readonly ResourceCost[];
  /** Values of its tfvars by name, with the place of each. */
  readonly variables: Readonly<Record<string, HclAttribute>>;
}

/** A module in both environments. */
export interface ComparedModule {
  readonly name: string;
  readonly own: Money;
  readonly other: Money;
}

/** A value that the two tfvars have differently. */
export interface DifferentValue {
  /** The variable, and the way into it where it is an object: `queues.feedback.retention`. */
  readonly name: string;
  /** As HCL writes it; null where the file does not set it. */
  readonly own: string | null;
  readonly other: string | null;
}

/** Why resources of one type cost more or less. */
export interface Reason {
  readonly type: string;
  /** How many of them there are. */
  readonly own: number;
  readonly other: number;
  /** What the own ones cost more; below zero where they cost less. */
  readonly difference: Money;
  /** Values of the tfvars that decide it; empty where none differs. */
  readonly values: readonly DifferentValue[];
}

/** Two environments side by side. */
export interface Comparison {
  readonly environment: string;
  readonly totals: { readonly own: Money; readonly other: Money };
  readonly modules: readonly ComparedModule[];
  /** The largest difference first. */
  readonly reasons: readonly Reason[];
}

/** Lays the cost of two environments side by side, with the reasons that their tfvars give. */
export function compare(own: ComparedEnvironment, other: ComparedEnvironment): Comparison {
  return {
    environment: other.name,
    totals: { own: totalOf(own.costs), other: totalOf(other.costs) },
    modules: modulesOf(own.costs, other.costs),
    reasons: reasonsOf(own, other),
  };
}

/** Every value of a variable that two tfvars have differently; those of objects one by one. */
export function differentValues(
  name: string,
  own: HclValue | undefined,
  other: HclValue | undefined,
): readonly DifferentValue[] {
  if (isObject(own) && isObject(other)) {
    const keys = [...new Set([...Object.keys(own), ...Object.keys(other)])];
    return keys.flatMap((key) => differentValues(`${name}.${key}`, own[key], other[key]));
  }
  const values = { own: own === undefined ? null : written(own), other: other === undefined ? null : written(other) };
  return values.own === values.other ? [] : [{ name, ...values }];
}

function modulesOf(own: readonly ResourceCost[], other: readonly ResourceCost[]): readonly ComparedModule[] {
  const [ownSums, otherSums] = [sumsBy(own, ({ module }) => module), sumsBy(other, ({ module }) => module)];
  return [...new Set([...ownSums.keys(), ...otherSums.keys()])]
    .map((name) => ({ name, own: ownSums.get(name) ?? NOTHING, other: otherSums.get(name) ?? NOTHING }))
    .filter((module) => !isNothing(module.own) || !isNothing(module.other))
    .sort((one, two) => dearestFirst({ name: one.name, money: one.own }, { name: two.name, money: two.own }));
}

function reasonsOf(own: ComparedEnvironment, other: ComparedEnvironment): readonly Reason[] {
  const [ownSums, otherSums] = [sumsBy(own.costs, ({ type }) => type), sumsBy(other.costs, ({ type }) => type)];
  const count = (costs: readonly ResourceCost[], type: string) => costs.filter((cost) => cost.type === type).length;
  return [...new Set([...ownSums.keys(), ...otherSums.keys()])]
    .map((type) => ({
      type,
      own: count(own.costs, type),
      other: count(other.costs, type),
      difference: minus(ownSums.get(type) ?? NOTHING, otherSums.get(type) ?? NOTHING),
      values: driversOf(type).flatMap((name) =>
        differentValues(name, own.variables[name]?.value, other.variables[name]?.value),
      ),
    }))
    .filter(({ difference }) => !isNothing(difference))
    .sort((one, two) => size(two.difference) - size(one.difference) || (one.type < two.type ? -1 : 1));
}

function sumsBy(costs: readonly ResourceCost[], key: (cost: ResourceCost) => string): ReadonlyMap<string, Money> {
  const groups = byName(costs.map((cost) => ({ name: key(cost), money: moneyOf(cost) })));
  return new Map(groups.map(({ name, money }) => [name, money]));
}

function size({ fixed, usage }: Money): number {
  return Math.abs(fixed) + Math.abs(usage);
}

function isObject(value: HclValue | undefined): value is { readonly [key: string]: HclValue } {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
