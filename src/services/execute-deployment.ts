import { join } from 'node:path';
import { ApplyProgress } from '../domain/apply-progress.js';
import { recordOfEnd, recordOfStart, stateMark } from '../domain/deployment-record.js';
import { interrupted, MhtctlError } from '../domain/errors.js';
import type { ExecutedDeployment } from '../domain/executed-deployment.js';
import type { HealthReport } from '../domain/health.js';
import type { LedgerRecord } from '../domain/ledger-record.js';
import { operationCount } from '../domain/plan.js';
import type { PreparedDeployment } from '../domain/prepared-deployment.js';
import type { SeparationAfter } from '../domain/separation-after.js';
import type { State, StateObject } from '../domain/state.js';
import type { Ports } from '../ports/index.js';
import type { StageReport } from '../ports/progress.js';
import type { UnsavedState } from '../ports/terraform.js';
import { probeHealth } from './probe-health.js';
import { howToSave, isUnsaved } from './unsaved-state.js';
import { verifyAfterDeployment } from './verify-after-deployment.js';
import { writeRecord } from './write-record.js';

/** The ports that carrying out a deployment takes. */
export type ExecutePorts = Pick<
  Ports,
  | 'awsFacts'
  | 'catalog'
  | 'clock'
  | 'configuration'
  | 'environment'
  | 'httpProbe'
  | 'instanceConditions'
  | 'identities'
  | 'interruption'
  | 'inventory'
  | 'ledger'
  | 'progress'
  | 'stateStore'
  | 'targetHealth'
  | 'terraform'
  | 'workspace'
>;

/** How often the waiting times at a terminal are brought up to date. */
const TICK_MS = 1000;

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
  const ended = (status: 'applied' | 'no-changes' | 'failed' | 'interrupted', error: string | null): LedgerRecord =>
    recordOfEnd(prepared, {
      status,
      error,
      overrides,
      finishedAt: ports.clock.now(),
      stateAfter: state === null ? null : stateMark(state, versionId),
      health: health.checks.length === 0 ? null : health,
      separation: separation?.verdict ?? null,
    });

  let final: LedgerRecord | undefined;
  const apply = async (report: StageReport): Promise<void> => {
    await ports.ledger.append(binding, recordOfStart(prepared, overrides));
    try {
      await applyPlan(ports, prepared, report);
    } catch (error) {
      const status = error instanceof MhtctlError && error.outcome === 'interrupted' ? 'interrupted' : 'failed';
      const left = await whatIsLeft(ports, prepared);
      state = left.object?.state ?? null;
      versionId = left.object?.versionId ?? null;
      const unrecorded = await writeRecord(ports, binding, ended(status, (error as Error).message));
      if (error instanceof MhtctlError) throw explain(error, prepared, left, unrecorded);
      if (unrecorded !== undefined) report.note(`warning: ${unrecorded.message}`);
      throw error;
    }
    // The changes are made: whatever cannot be read from here on, the record is ended.
    const object = await ports.stateStore.readStateObject(binding).catch((error: Error) => {
      report.note(`warning: the state could not be read after the apply: ${error.message}`);
      return null;
    });
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
            null,
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

async function applyPlan(ports: ExecutePorts, prepared: PreparedDeployment, report: StageReport): Promise<void> {
  const { binding, planFile, plan, id } = prepared;
  const progress = new ApplyProgress(operationCount(plan.changes));
  const tell = (): void => {
    const [longest, ...rest] = progress.waiting(ports.clock.now().getTime());
    const waiting =
      longest === undefined
        ? ''
        : `, waiting for ${longest.address} (${longest.seconds} s)${rest.length === 0 ? '' : ` and ${rest.length} more`}`;
    report.now(`${progress.done} of ${progress.total}${waiting}`);
  };
  let pid: number | undefined;
  const unsubscribe = [
    ports.interruption.onFirst(() => {
      report.note('interrupted: Terraform finishes what it has begun and saves its state; please wait');
    }),
    ports.interruption.onRepeat(() => {
      report.note(`still finishing; a second interrupt would lose the state (if it must be: kill -INT ${pid})`);
    }),
  ];
  const timer = setInterval(tell, TICK_MS);
  try {
    await ports.terraform.apply(binding, {
      planFile,
      logFile: join(binding.workDir, 'logs', `${id}-apply.jsonl`),
      onStart: (started) => {
        pid = started;
      },
      onEvent: (event) => {
        progress.take(event, ports.clock.now().getTime());
        if (event.kind === 'finished' && event.action !== 'read') {
          report.event(
            `${progress.done} of ${progress.total}: ${event.address} (${event.action}, ${event.elapsedSeconds} s)`,
          );
        }
        if (event.kind === 'failed') report.note(`failed: ${event.address}`);
        tell();
      },
    });
  } finally {
    clearInterval(timer);
    for (const stop of unsubscribe) stop();
  }
  report.result(`${progress.done} of ${progress.total} done`);
}

/** What a failed apply has left. */
interface Left {
  /** The state AWS has; null when there is none, undefined when it could not be read. */
  readonly object: StateObject | null | undefined;
  /** Why it could not be read. */
  readonly unread: string;
  /** What Terraform could not save, on this machine. */
  readonly unsaved: UnsavedState | null;
}

/** Never fails: why the apply did is what is to be told. */
async function whatIsLeft(ports: ExecutePorts, { binding, state: before }: PreparedDeployment): Promise<Left> {
  let unread = '';
  const object = await ports.stateStore.readStateObject(binding).catch((error: Error) => {
    unread = error.message;
    return undefined;
  });
  const state = object?.state ?? null;
  const lineage = (state ?? before)?.lineage;
  const kept = await ports.terraform.unsavedStates(binding, lineage).then(
    ({ own }) => own,
    () => null,
  );
  return { object, unread, unsaved: kept !== null && isUnsaved(kept, state) ? kept : null };
}

function describeLeft({ object, unread, unsaved }: Left): string {
  if (unsaved !== null) return `the state could not be saved (serial ${unsaved.serial}); it is kept in ${unsaved.file}`;
  if (object === undefined) return `the state could not be read: ${unread}`;
  if (object === null) return 'no state was written';
  const { state } = object;
  return `the state is saved (serial ${state.serial}, ${state.instances.length} resources)`;
}

/** Adds to a failed apply what a person needs first: whether the state is whole, and how to go on. */
function explain(
  error: MhtctlError,
  { binding, id }: PreparedDeployment,
  left: Left,
  unrecorded: MhtctlError | undefined,
): MhtctlError {
  const recorded = unrecorded === undefined ? `the deployment is recorded as ${id}` : unrecorded.message;
  return new MhtctlError({
    code: error.code,
    outcome: error.outcome,
    message: `${error.message}\n${describeLeft(left)}${unrecorded === undefined ? '; ' : '\n'}${recorded}`,
    nextSteps: [
      // Before all else: whatever is deployed before that forks the state.
      ...(left.unsaved === null ? [] : [howToSave(binding, left.unsaved)]),
      ...error.nextSteps,
      `go on where it stopped: mhtctl deploy ${binding.name}`,
      ...(unrecorded?.nextSteps ?? []),
    ],
    cause: error,
  });
}
