import type { ComparedEnvironment } from '../comparison.js';
import type { CostedResource } from '../costed-resource.js';
import type { MoneyKind } from '../costing.js';
import type { Cents } from '../decimal.js';
import type { EstimateBasis, ResourceCost } from '../estimate.js';
import type { InventoryCost } from '../inventory.js';

/** Something that could cost less. */
export interface Saving {
  readonly rule: string;
  /** Address or ARN of what it is about; several where the same is said of all. */
  readonly resources: readonly string[];
  /** What it would save a month. */
  readonly monthly: Cents;
  readonly kind: MoneyKind;
  readonly message: string;
  /** What to do: the line to change, or the command. */
  readonly change: string;
}

/** What the rules look at. */
export interface SavingsEvidence {
  readonly environment: ComparedEnvironment & {
    /** Where a value that is not set has to be written. */
    readonly variablesFile: string;
    readonly protected: boolean;
    /** Whether the policy lets a schedule stop its instances. */
    readonly offHours: boolean;
  };
  readonly resources: readonly CostedResource[];
  readonly basis: EstimateBasis;
  /** What is paid for outside the state. */
  readonly outside: readonly InventoryCost[];
  /** The environment it is compared with, when it is. */
  readonly other: (ComparedEnvironment & { readonly protected: boolean }) | undefined;
}

/** A pure rule that finds savings. It says only what the data supports: no guess at what nobody has measured. */
export type SavingsRule = (evidence: SavingsEvidence) => readonly Omit<Saving, 'rule'>[];

/** The cost of a resource by its address. */
export function costAt(costs: readonly ResourceCost[]): ReadonlyMap<string, ResourceCost> {
  return new Map(costs.flatMap((cost) => (cost.address === null ? [] : [[cost.address, cost] as const])));
}
