import type { LedgerRecord, RecordStatus, StateMark } from './ledger-record.js';
import type { PreparedDeployment } from './prepared-deployment.js';
import type { State } from './state.js';

/** What came of a deployment, as far as it is known when an entry is written. */
export type DeploymentEnd = Pick<LedgerRecord, 'stateAfter' | 'health' | 'separation' | 'error'>;

const NOTHING_YET: DeploymentEnd = { stateAfter: null, health: null, separation: null, error: null };

/** The entry written before a deployment begins. */
export function recordOfStart(prepared: PreparedDeployment, overrides: LedgerRecord['overrides']): LedgerRecord {
  return recordOf(prepared, { ...NOTHING_YET, status: 'started', finishedAt: null, overrides });
}

/** The entry written at its end. */
export function recordOfEnd(
  prepared: PreparedDeployment,
  end: DeploymentEnd & {
    readonly status: Exclude<RecordStatus, 'started'>;
    readonly finishedAt: Date;
    readonly overrides: LedgerRecord['overrides'];
  },
): LedgerRecord {
  return recordOf(prepared, { ...end, finishedAt: end.finishedAt.toISOString() });
}

function recordOf(
  prepared: PreparedDeployment,
  end: DeploymentEnd & Pick<LedgerRecord, 'status' | 'finishedAt' | 'overrides'>,
): LedgerRecord {
  const { id, binding, operation, commit, identity, startedAt, cost, state } = prepared;
  return {
    format: 1,
    id,
    environment: binding.name,
    operation,
    commit: commit?.hash ?? null,
    branch: commit?.branch ?? null,
    dirty: (commit?.dirtyFiles.length ?? 0) > 0,
    actor: identity.arn,
    origin: prepared.origin,
    startedAt: startedAt.toISOString(),
    inputs: prepared.inputs,
    planDigest: prepared.digest,
    summary: prepared.summary,
    cost:
      cost === null
        ? null
        : { before: cost.before.fixed / 100, after: cost.after.fixed / 100, currency: cost.currency },
    stateBefore: state === null ? null : stateMark(state, prepared.stateVersionId),
    about: prepared.about,
    ...end,
  };
}

/** How a record names a state. */
export function stateMark(state: Pick<State, 'lineage' | 'serial'>, versionId: string | null): StateMark {
  return { lineage: state.lineage, serial: state.serial, versionId };
}
