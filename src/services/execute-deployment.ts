import { recordOfEnd, stateMark } from '../domain/deployment-record.js';
import { interrupted } from '../domain/errors.js';
import type { ExecutedDeployment } from '../domain/executed-deployment.js';
import type { HealthReport } from '../domain/health.js';
import type { LedgerRecord } from '../domain/ledger-record.js';
import type { PreparedDeployment } from '../domain/prepared-deployment.js';
import type { SeparationAfter } from '../domain/separation-after.js';
import type { State } from '../domain/state.js';
import type { Ports } from '../ports/index.js';
import type { StageReport } from '../ports/progress.js';
import { type ApplyPorts, applyPrepared } from './apply-prepared.js';
import { probeHealth } from './probe-health.js';
import { prepareVerification, verifyAfterDeployment } from './verify-after-deployment.js';
import { writeRecord } from './write-record.js';

/** The ports that carrying out a deployment takes. */
export type ExecutePorts = ApplyPorts &
  Pick<
    Ports,
    | 'awsFacts'
    | 'catalog'
    | 'configuration'
    | 'environment'
    | 'httpProbe'
    | 'identities'
    | 'instanceConditions'
    | 'inventory'
    | 'progress'
    | 'targetHealth'
  >;

/**
 * Everything after the confirmation: the apply of exactly the plan that was confirmed, health, and the record. The
 * record is begun before the apply, so that a deployment that was killed leaves a trace, and ended whatever happens.
 */
export async function executeDeployment(
  ports: ExecutePorts,
  prepared: PreparedDeployment,
  options: { readonly overrides: LedgerRecord['overrides'] },
): Promise<ExecutedDeployment> {
  const { binding } = prepared;
  let state: State | null = prepared.state;
  let health: HealthReport = { status: 'unknown', checks: [] };
  let separation: SeparationAfter | null = null;
  const { overrides } = options;
  let versionId = prepared.stateVersionId;
  const ended = (status: 'applied' | 'no-changes' | 'interrupted'): LedgerRecord =>
    recordOfEnd(prepared, {
      status,
      error: null,
      overrides,
      finishedAt: ports.clock.now(),
      stateAfter: state === null ? null : stateMark(state, versionId),
      health: health.checks.length === 0 ? null : health,
      separation: separation?.verdict ?? null,
    });

  let final: LedgerRecord | undefined;
  const apply = async (report: StageReport): Promise<void> => {
    void prepareVerification(ports);
    const object = await applyPrepared(ports, prepared, overrides, report);
    state = object?.state ?? null;
    versionId = object?.versionId ?? null;
  };

  try {
    await ports.progress.run([
      ...(prepared.hasChanges ? [{ title: 'Apply', run: apply }] : []),
      {
        title: 'Health',
        run: async (report) => {
          health = await probeHealth(ports, { binding, state, report });
          report.result(health.status === 'unknown' ? 'not fully checked' : health.status);
        },
      },
      ...(prepared.hasChanges
        ? [
            {
              title: 'Separation',
              run: async (report: StageReport) => {
                if (ports.interruption.interrupted) return;
                separation = await verifyAfterDeployment(ports, binding, report);
              },
            },
          ]
        : []),
      {
        title: 'Record',
        run: async (report) => {
          final = ended(
            ports.interruption.interrupted ? 'interrupted' : prepared.hasChanges ? 'applied' : 'no-changes',
          );
          const unrecorded = await writeRecord(ports, binding, final);
          if (unrecorded !== undefined) throw unrecorded;
          report.result(prepared.id);
        },
      },
    ]);
  } finally {
    // A saved plan holds every value in the clear; it has served its purpose.
    await ports.workspace.remove(prepared.planFile);
  }
  if (ports.interruption.interrupted) {
    const made = prepared.hasChanges ? 'all changes are made' : 'nothing was to be changed';
    throw interrupted(`interrupted while the health of "${binding.name}" was awaited: ${made}`, [
      `mhtctl deploy ${binding.name}`,
    ]);
  }
  if (final === undefined) throw new Error('the deployment was not recorded');
  return { record: final, health, separation, state };
}
