import type { Binding } from '../environment.js';
import { minutesOnPerWeek, type OffHours } from '../off-hours/schedule.js';
import type { State } from '../state.js';
import type { ActualCost } from './actual.js';
import { type ComparedEnvironment, type Comparison, compare } from './comparison.js';
import type { Decimal } from './decimal.js';
import { type EstimateBasis, estimate } from './estimate.js';
import { hoursAMonth } from './hours-on.js';
import { costsOutsideState, type InventoryCost } from './inventory.js';
import { byName, type Money, type MoneyOf, moneyOf, totalOf } from './money.js';
import { Neighbours } from './neighbours.js';
import { findSavings } from './savings/index.js';
import type { Saving } from './savings/saving.js';

/** What an environment costs, why, and what could be saved. */
export interface CostReport {
  readonly environment: string;
  readonly currency: string;
  readonly region: string;
  /** The day of the price table. */
  readonly priceDate: string;
  readonly totals: Money;
  /** How long instances are counted as running where a schedule stops them; null where none does. */
  readonly hoursOn: CountedHours | null;
  /** The state's in its order, then what is paid for outside it. */
  readonly resources: readonly InventoryCost[];
  readonly byModule: readonly MoneyOf[];
  readonly byService: readonly MoneyOf[];
  readonly savings: readonly Saving[];
  /** Null unless another environment was named. */
  readonly comparison: Comparison | null;
  /** Null where Cost Explorer was not asked, or could not be. */
  readonly actual: ActualCost | null;
}

/** The hours of instances that a schedule stops. */
export interface CountedHours {
  readonly schedule: OffHours;
  /** Hours a month. */
  readonly hours: Decimal;
  /** Addresses of the instances; one whose hours the usage file states is not among them. */
  readonly instances: readonly string[];
}

/** What is known of an environment when its cost is reckoned. */
export interface CostEvidence {
  readonly binding: Binding;
  /** Null before the first deployment. */
  readonly state: State | null;
  readonly basis: EstimateBasis;
  /** Resources that carry the environment's tag; empty where they could not be listed. */
  readonly tagged: readonly { readonly arn: string; readonly tags: Readonly<Record<string, string>> }[];
}

/** Names of groups for what stands in no module. */
const ROOT = '(root)';
const BACKEND = '(state backend)';
const ORPHANS = '(not in the state)';

/** Reckons the report. Pure: everything that was asked for is in the evidence. */
export function reportCosts(
  evidence: CostEvidence,
  other: CostEvidence | undefined,
  actual: ActualCost | null,
): CostReport {
  const { binding, basis, state } = evidence;
  const resources = inventoryOf(evidence);
  const own = comparedOf(binding, resources);
  const others = other === undefined ? undefined : comparedOf(other.binding, inventoryOf(other));
  return {
    environment: binding.name,
    currency: basis.prices.currency,
    region: basis.prices.region,
    priceDate: basis.prices.date,
    totals: totalOf(resources),
    hoursOn: countedHours(evidence),
    resources,
    byModule: byName(resources.map((cost) => ({ name: placeOf(cost), money: moneyOf(cost) }))),
    byService: servicesOf(resources),
    savings: findSavings({
      environment: {
        ...own,
        protected: binding.policy.protected,
        offHours: binding.policy.offHours,
        variablesFile: binding.variableSources['environment']?.location.file ?? binding.variablesFile,
      },
      resources: state?.instances ?? [],
      basis,
      outside: resources.filter(({ origin }) => origin !== 'state'),
      other:
        other === undefined || others === undefined
          ? undefined
          : { ...others, protected: other.binding.policy.protected },
    }),
    comparison: others === undefined ? null : compare(own, others),
    actual,
  };
}

function countedHours({ state, basis }: CostEvidence): CountedHours | null {
  const instances = state?.instances ?? [];
  const { hoursOn } = new Neighbours(instances);
  const [first, ...rest] = instances.flatMap(({ address, type, attributes: { id } }) => {
    if (type !== 'aws_instance' || typeof id !== 'string') return [];
    const schedule = hoursOn.scheduleOf(id)?.schedule;
    const stated = basis.usage.stated(type, address, 'hours') !== undefined;
    return schedule === undefined || stated ? [] : [{ address, schedule }];
  });
  if (first === undefined) return null;
  return {
    schedule: first.schedule,
    hours: hoursAMonth(minutesOnPerWeek(first.schedule)),
    instances: [first, ...rest].map(({ address }) => address),
  };
}

function inventoryOf({ binding, state, basis, tagged }: CostEvidence): readonly InventoryCost[] {
  const instances = state?.instances ?? [];
  const managed = estimate(instances, basis).map((cost) => ({ ...cost, origin: 'state' as const }));
  return [...managed, ...costsOutsideState(instances, tagged, binding.backend, basis)];
}

function comparedOf({ name, variableSources }: Binding, costs: readonly InventoryCost[]): ComparedEnvironment {
  const placed = costs.map((cost) => (placeOf(cost) === cost.module ? cost : { ...cost, module: placeOf(cost) }));
  return { name, variables: variableSources, costs: placed };
}

/** The module a cost belongs to, or what to call its place where it has none. */
export function placeOf({ origin, module }: InventoryCost): string {
  if (origin === 'orphan') return ORPHANS;
  if (origin === 'backend') return BACKEND;
  return module === '' ? ROOT : module;
}

function servicesOf(resources: readonly InventoryCost[]): readonly MoneyOf[] {
  return byName(
    resources.flatMap(({ components }) =>
      components.map((component) => ({ name: component.service, money: moneyOf({ components: [component] }) })),
    ),
  );
}
