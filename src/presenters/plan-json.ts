import { increaseOf, type MoneyChange, type PlanCost } from '../domain/cost/plan-cost.js';
import type { PlanSummary } from '../domain/plan.js';
import type { RiskSeverity } from '../domain/plan-checks/rule.js';
import type { PreparedDeployment } from '../domain/prepared-deployment.js';
import { units } from './cost/amounts.js';

/** What `plan --json` returns, and `deploy --json` under `plan`. */
export interface PlanJson {
  readonly environment: string;
  readonly digest: string;
  readonly summary: PlanSummary;
  readonly changes: readonly {
    readonly address: string;
    readonly type: string;
    readonly actions: readonly string[];
    readonly reasons: readonly string[];
  }[];
  readonly risks: readonly {
    readonly rule: string;
    readonly severity: RiskSeverity;
    readonly address: string | null;
    readonly message: string;
  }[];
  /** What the environment costs a month; null where there is no price table for its region. */
  readonly cost: PlanCostJson | null;
}

/** An amount before and after, and the difference. */
export interface AmountChangeJson {
  readonly before: number;
  readonly after: number;
  readonly delta: number;
}

/** The cost of a month: what falls due in any case, and beside it what assumed use would cost. */
export interface PlanCostJson extends AmountChangeJson {
  readonly currency: string;
  readonly usage: AmountChangeJson;
  /** Modules whose cost changes. */
  readonly byModule: readonly (AmountChangeJson & { readonly module: string; readonly usage: AmountChangeJson })[];
  /** What cannot be priced in full, before or after. */
  readonly unknown: readonly { readonly address: string; readonly reasons: readonly string[] }[];
}

/** The public form of a prepared plan. No attribute values are in it: they may be secret. */
export function planJson(
  prepared: Pick<PreparedDeployment, 'binding' | 'digest' | 'summary' | 'plan' | 'risks' | 'cost'>,
): PlanJson {
  const { binding, digest, summary, plan, risks, cost } = prepared;
  return {
    environment: binding.name,
    digest,
    summary,
    changes: plan.changes.map(({ address, type, actions, reasons }) => ({ address, type, actions, reasons })),
    risks,
    cost: cost === null ? null : costJson(cost),
  };
}

function costJson(cost: PlanCost): PlanCostJson {
  return {
    ...amounts(cost, 'fixed'),
    currency: cost.currency,
    usage: amounts(cost, 'usage'),
    byModule: cost.modules.map((module) => ({
      module: module.name,
      ...amounts(module, 'fixed'),
      usage: amounts(module, 'usage'),
    })),
    unknown: cost.unknown,
  };
}

function amounts(change: MoneyChange, kind: 'fixed' | 'usage'): AmountChangeJson {
  const { before, after } = change;
  return { before: units(before[kind]), after: units(after[kind]), delta: units(increaseOf(change)[kind]) };
}
