import { type Attributes, OddAttribute, UnknownAttribute } from './attributes.js';
import { type Costing, FREE, together, unknown } from './costing.js';
import { Decimal } from './decimal.js';
import type { Neighbours } from './neighbours.js';

/** Hours of a month, as AWS's own calculator and Infracost count them: 365 days in 12 months. */
export const HOURS = Decimal.of(730);

/** Use that is assumed of every resource of a type until a usage file says better. */
export interface Assumption {
  /** A month's quantity. */
  readonly value: number;
  /** More than this is taken for a mistake. */
  readonly most: number;
  /** What is counted, for the documentation. */
  readonly what: string;
}

/** Assumptions by the names that usage files give them. */
export type Assumptions = Readonly<Record<string, Assumption>>;

/** What a resource's costing may look at besides its own attributes. */
export interface Surroundings<Name extends string = string> {
  /** The month's use: what the usage file says, else `derived`, else what is assumed. */
  use(name: Name, derived?: Decimal): Decimal;
  readonly neighbours: Neighbours;
}

/** How resources of one type are costed. */
export interface ResourceType {
  readonly usage: Assumptions;
  readonly cost: (attributes: Attributes, surroundings: Surroundings) => Costing;
}

/** Resource types by their name in Terraform. */
export type ResourceTypes = Readonly<Record<string, ResourceType>>;

/** A resource type, its use named in `usage` and nowhere else. */
export function resourceType<U extends Assumptions>(
  usage: U,
  cost: (attributes: Attributes, surroundings: Surroundings<keyof U & string>) => Costing,
): ResourceType {
  return { usage, cost: cost as ResourceType['cost'] };
}

/** Types that AWS bills nothing for. */
export function freeTypes(...names: readonly string[]): ResourceTypes {
  return Object.fromEntries(names.map((name) => [name, { usage: {}, cost: () => FREE }]));
}

/** The row of a table by a name that comes from an attribute; undefined when there is none. */
export function rowOf<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

/** A cost, or `unknown` with the reason where attributes cannot be reckoned with. */
export function reckoned(make: () => Costing): Costing {
  try {
    return make();
  } catch (error) {
    if (error instanceof OddAttribute || error instanceof UnknownAttribute) return unknown(error.message);
    throw error;
  }
}

/** The pieces of a resource's cost, each by itself: one that cannot be reckoned spoils no other. */
export function pieces(...makers: readonly (() => Costing)[]): Costing {
  return together(...makers.map(reckoned));
}
