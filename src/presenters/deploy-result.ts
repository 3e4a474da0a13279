import type { ExecutedDeployment } from '../domain/executed-deployment.js';
import type { Outcome } from '../domain/exit-codes.js';
import type { HealthReport } from '../domain/health.js';
import { type DeploymentSummary, deploymentSummary } from '../domain/ledger-record.js';
import type { Json } from '../domain/plan.js';
import type { PreparedDeployment } from '../domain/prepared-deployment.js';
import type { SeparationAfter } from '../domain/separation-after.js';
import { visibleOutputs } from '../domain/state.js';
import { type PlanJson, planJson } from './plan-json.js';

/** What `deploy --json` returns. */
export interface DeployResult {
  readonly environment: string;
  readonly outcome: 'applied' | 'no-changes' | 'dry-run';
  readonly plan: PlanJson;
  /** Null for a dry run, which is not recorded. */
  readonly deployment: DeploymentSummary | null;
  readonly health: HealthReport;
  /** What it shares with other environments; null when nothing was changed. */
  readonly separation: SeparationAfter | null;
  readonly outputs: Readonly<Record<string, Json>>;
  /** What was rolled back at once because it is not healthy, by policy; null where nothing was. */
  readonly rollback: DeploymentSummary | null;
}

/** A result, and the row of the exit-code table it ends with. */
export interface EndedDeployment {
  readonly outcome: Outcome;
  readonly json: DeployResult;
}

/** The result of a plan that was not to be carried out: it says no where its risks do. */
export function dryRunResult(prepared: PreparedDeployment): EndedDeployment {
  const forbidden = prepared.risks.some(({ severity }) => severity === 'forbidden');
  return {
    outcome: forbidden ? 'refused' : 'done',
    json: {
      environment: prepared.binding.name,
      outcome: 'dry-run',
      plan: planJson(prepared),
      deployment: null,
      health: { status: 'unknown', checks: [] },
      separation: null,
      outputs: visibleOutputs(prepared.state),
      rollback: null,
    },
  };
}

/** The result of a plan that was carried out. An environment that is not healthy is worse than one not separated. */
export function executedResult(prepared: PreparedDeployment, executed: ExecutedDeployment): EndedDeployment {
  const { record, health, separation, state } = executed;
  return {
    outcome: health.status === 'unhealthy' ? 'unhealthy' : separation?.verdict === 'violated' ? 'refused' : 'done',
    json: {
      environment: prepared.binding.name,
      outcome: prepared.hasChanges ? 'applied' : 'no-changes',
      plan: planJson(prepared),
      deployment: deploymentSummary(record),
      health,
      separation,
      outputs: visibleOutputs(state),
      rollback: null,
    },
  };
}
