import type { ActualCost, Billed } from '../../domain/cost/actual.js';
import type { Comparison } from '../../domain/cost/comparison.js';
import type { MoneyKind } from '../../domain/cost/costing.js';
import type { CostStatus } from '../../domain/cost/estimate.js';
import type { InventoryCost, Origin } from '../../domain/cost/inventory.js';
import { type Money, type MoneyOf, moneyOf } from '../../domain/cost/money.js';
import { type CostReport, placeOf } from '../../domain/cost/report.js';
import { type OffHoursJson, offHoursJson } from '../schedule-json.js';
import { units } from './amounts.js';

/** A month's money in units of the currency, with two decimals. */
export interface MoneyJson {
  readonly fixedMonthly: number;
  readonly usageMonthly: number;
}

/** A part of a resource's cost. */
export interface ComponentJson {
  readonly name: string;
  readonly kind: MoneyKind;
  readonly unit: string;
  readonly quantity: number;
  readonly unitPrice: number;
  readonly monthly: number;
}

/** A resource. Money of which nothing is known is null, never 0. */
export interface ResourceCostJson {
  /** Null for what no state has. */
  readonly address: string | null;
  readonly arn: string | null;
  readonly type: string;
  readonly name: string;
  readonly module: string;
  readonly quantity: number;
  readonly fixedMonthly: number | null;
  readonly usageMonthly: number | null;
  readonly components: readonly ComponentJson[];
  readonly status: CostStatus;
  /** Why the status is `unknown`; empty for any other. */
  readonly unknown: readonly string[];
  readonly origin: Origin;
}

/** What Cost Explorer says. */
export interface ActualCostJson {
  readonly from: string;
  /** The day after the last. */
  readonly to: string;
  readonly currency: string;
  readonly monthToDate: number;
  readonly forecast: number | null;
  readonly byService: readonly { readonly service: string; readonly amount: number }[];
  readonly byDay: readonly { readonly day: string; readonly amount: number }[];
}

/** What `cost-report --json` returns. */
export interface CostReportJson {
  readonly environment: string;
  readonly currency: string;
  readonly region: string;
  readonly priceDate: string;
  readonly totals: MoneyJson;
  /** How long instances are counted as running where a schedule stops them; null where none does. */
  readonly hoursOn: {
    readonly schedule: OffHoursJson;
    readonly hoursPerMonth: number;
    readonly instances: readonly string[];
  } | null;
  readonly resources: readonly ResourceCostJson[];
  readonly byModule: readonly (MoneyJson & { readonly module: string })[];
  readonly byService: readonly (MoneyJson & { readonly service: string })[];
  readonly actual: ActualCostJson | null;
  readonly savings: readonly {
    readonly rule: string;
    readonly resources: readonly string[];
    readonly monthly: number;
    readonly kind: MoneyKind;
    readonly message: string;
    readonly change: string;
  }[];
  readonly comparison: ComparisonJson | null;
}

/** Another environment beside this one. */
export interface ComparisonJson {
  readonly environment: string;
  readonly totals: { readonly own: MoneyJson; readonly other: MoneyJson };
  readonly byModule: readonly { readonly module: string; readonly own: MoneyJson; readonly other: MoneyJson }[];
  readonly reasons: readonly {
    readonly type: string;
    readonly own: number;
    readonly other: number;
    readonly difference: MoneyJson;
    readonly values: readonly { readonly name: string; readonly own: string | null; readonly other: string | null }[];
  }[];
}

/** The public form of a report. It holds names, types and sizes, and no other attribute of a resource. */
export function costReportJson(report: CostReport): CostReportJson {
  const { environment, currency, region, priceDate, totals, resources, byModule, byService } = report;
  return {
    environment,
    currency,
    region,
    priceDate,
    totals: moneyJson(totals),
    hoursOn: hoursOnJson(report),
    resources: resources.map(resourceJson),
    byModule: byModule.map(({ name, money }) => ({ module: name, ...moneyJson(money) })),
    byService: byService.map(({ name, money }: MoneyOf) => ({ service: name, ...moneyJson(money) })),
    actual: report.actual === null ? null : actualJson(report.actual),
    savings: report.savings.map((saving) => ({ ...saving, monthly: units(saving.monthly) })),
    comparison: report.comparison === null ? null : comparisonJson(report.comparison),
  };
}

function hoursOnJson({ hoursOn }: CostReport): CostReportJson['hoursOn'] {
  if (hoursOn === null) return null;
  const { schedule, hours, instances } = hoursOn;
  return { schedule: offHoursJson(schedule), hoursPerMonth: Number(hours.toString()), instances };
}

/** Money of which nothing is known is null. */
export function knownMoney(cost: Pick<InventoryCost, 'status' | 'components'>): {
  readonly fixed: number | null;
  readonly usage: number | null;
} {
  const { fixed, usage } = moneyOf(cost);
  const has = (kind: MoneyKind) => cost.status !== 'unknown' || cost.components.some((one) => one.kind === kind);
  return { fixed: has('fixed') ? fixed : null, usage: has('usage') ? usage : null };
}

function moneyJson({ fixed, usage }: Money): MoneyJson {
  return { fixedMonthly: units(fixed), usageMonthly: units(usage) };
}

function resourceJson(cost: InventoryCost): ResourceCostJson {
  const { address, arn, type, name, status, unknown, origin } = cost;
  const { fixed, usage } = knownMoney(cost);
  return {
    address,
    arn,
    type,
    name,
    module: placeOf(cost),
    quantity: 1,
    fixedMonthly: fixed === null ? null : units(fixed),
    usageMonthly: usage === null ? null : units(usage),
    components: cost.components.map((component) => ({
      name: component.name,
      kind: component.kind,
      unit: component.unit,
      quantity: component.quantity.toNumber(),
      unitPrice: component.unitPrice.toNumber(),
      monthly: units(component.monthly),
    })),
    status,
    unknown,
    origin,
  };
}

function actualJson(actual: ActualCost): ActualCostJson {
  const { from, to, currency, monthToDate, forecast } = actual;
  const named = (billed: readonly Billed[]) => billed.map(({ name, amount }) => ({ name, amount: units(amount) }));
  return {
    from,
    to,
    currency,
    monthToDate: units(monthToDate),
    forecast: forecast === null ? null : units(forecast),
    byService: named(actual.byService).map(({ name, amount }) => ({ service: name, amount })),
    byDay: named(actual.byDay).map(({ name, amount }) => ({ day: name, amount })),
  };
}

function comparisonJson({ environment, totals, modules, reasons }: Comparison): ComparisonJson {
  return {
    environment,
    totals: { own: moneyJson(totals.own), other: moneyJson(totals.other) },
    byModule: modules.map(({ name, own, other }) => ({ module: name, own: moneyJson(own), other: moneyJson(other) })),
    reasons: reasons.map(({ type, own, other, difference, values }) => ({
      type,
      own,
      other,
      difference: moneyJson(difference),
      values,
    })),
  };
}
