import type { PlanSummary } from '../domain/plan.js';
import type { RiskSeverity } from '../domain/plan-checks/rule.js';
import type { PreparedDeployment } from '../domain/prepared-deployment.js';

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
  /** Monthly cost before and after; null until the cost of a plan is estimated. */
  readonly cost: null;
}

/** The public form of a prepared plan. No attribute values are in it: they may be secret. */
export function planJson(
  prepared: Pick<PreparedDeployment, 'binding' | 'digest' | 'summary' | 'plan' | 'risks'>,
): PlanJson {
  const { binding, digest, summary, plan, risks } = prepared;
  return {
    environment: binding.name,
    digest,
    summary,
    changes: plan.changes.map(({ address, type, actions, reasons }) => ({ address, type, actions, reasons })),
    risks,
    cost: null,
  };
}
