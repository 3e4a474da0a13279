import { join } from 'node:path';
import { ApplyProgress } from '../domain/apply-progress.js';
import { type DeploymentRecord, type DeploymentStatus, ledgerKey } from '../domain/deployment.js';
import { interrupted, MhtctlError } from '../domain/errors.js';
import type { HealthReport } from '../domain/health.js';
import { operationCount } from '../domain/plan.js';
import type { PreparedDeployment } from '../domain/prepared-deployment.js';
import type { State } from '../domain/state.js';
import type { Ports } from '../ports/index.js';
import type { StageReport } from '../ports/progress.js';
import type { UnsavedState } from '../ports/terraform.js';
import { probeHealth } from './probe-health.js';
import { howToSave, isUnsaved } from './unsaved-state.js';
import { type SeparationAfter, verifyAfterDeployment } from './verify-after-deployment.js';

type Needed = Pick<
  Ports,
  | 'awsFacts'
  | 'catalog'
  | 'clock'
  | 'configuration'
  | 'environment'
  | 'httpProbe'
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

/** A deployment that was carried out. */
export interface ExecutedDeployment {
  readonly record: DeploymentRecord;
  readonly health: HealthReport;
  /** What it shares with other environments now; null when nothing was changed, or there is no other. */
  readonly separation: SeparationAfter | null;
  /** The state as it is now. */
  readonly state: State | null;
}

/** How often the waiting times at a terminal are brought up to date. */
const TICK_MS = 1000;

/**
 * Everything after the confirmation: the apply of exactly the plan that was confirmed, health, and the record. The
 * record is begun before the apply, so that a deployment that was killed leaves a trace, and ended whatever happens.
 */
export async function executeDeployment(
  ports: Needed,
  prepared: PreparedDeployment,
  options: { readonly allowedDestroys: readonly string[] },
): Promise<ExecutedDeployment> {
  const { binding } = prepared;
  let state = prepared.state;
  let health: HealthReport = { status: 'unknown', checks: [] };
  let separation: SeparationAfter | null = null;
  const record = (status: DeploymentStatus, error: string | null): DeploymentRecord => ({
    format: 1,
    id: prepared.id,
    environment: binding.name,
    status,
    commit: prepared.commit?.hash ?? null,
    dirty: (prepared.commit?.dirtyFiles.length ?? 0) > 0,
    actor: prepared.identity.arn,
    startedAt: prepared.startedAt.toISOString(),
    finishedAt: status === 'started' ? null : ports.clock.now().toISOString(),
    planDigest: prepared.digest,
    summary: prepared.summary,
    allowedDestroys: options.allowedDestroys,
    stateBefore: position(prepared.state),
    stateAfter: status === 'started' ? null : position(state),
    health: status === 'started' || health.checks.length === 0 ? null : health,
    separation: separation?.verdict ?? null,
    error,
  });

  let final: DeploymentRecord | undefined;
  const apply = async (report: StageReport): Promise<void> => {
    await ports.ledger.append(binding, record('started', null));
    try {
      await applyPlan(ports, prepared, report);
    } catch (error) {
      const status = error instanceof MhtctlError && error.outcome === 'interrupted' ? 'interrupted' : 'failed';
      const left = await whatIsLeft(ports, prepared);
      state = left.state ?? null;
      const unrecorded = await keep(ports, prepared, record(status, (error as Error).message));
      if (error instanceof MhtctlError) throw explain(error, prepared, left, unrecorded);
      if (unrecorded !== undefined) report.note(`warning: ${unrecorded.message}`);
      throw error;
    }
    // The changes are made: whatever cannot be read from here on, the record is ended.
    state = await ports.stateStore.readState(binding).catch((error: Error) => {
      report.note(`warning: the state could not be read after the apply: ${error.message}`);
      return null;
    });
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
          final = record(
            ports.interruption.interrupted ? 'interrupted' : prepared.hasChanges ? 'applied' : 'no-changes',
            null,
          );
          const unrecorded = await keep(ports, prepared, final);
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

function position(state: State | null): { readonly lineage: string; readonly serial: number } | null {
  return state === null ? null : { lineage: state.lineage, serial: state.serial };
}

async function applyPlan(ports: Needed, prepared: PreparedDeployment, report: StageReport): Promise<void> {
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

/**
 * Writes the record's last entry. Where the ledger cannot be written it is kept here; the failure that says so is
 * returned, not thrown: an apply that failed for a reason of its own is told for that.
 */
async function keep(
  ports: Needed,
  { binding }: PreparedDeployment,
  final: DeploymentRecord,
): Promise<MhtctlError | undefined> {
  try {
    await ports.ledger.append(binding, final);
    return undefined;
  } catch (cause) {
    const file = join(binding.workDir, 'unsent', `${final.id}.json`);
    const unkept = await ports.workspace.writePrivate(file, `${JSON.stringify(final, null, 2)}\n`).then(
      () => undefined,
      (error: Error) => error,
    );
    const message = `the deployment ${final.id} of "${binding.name}" (${final.status}) could not be recorded: ${(cause as Error).message}`;
    return new MhtctlError({
      code: 'RecordNotWritten',
      outcome: 'toolFailed',
      message: unkept === undefined ? message : `${message}\nnor could its record be kept here: ${unkept.message}`,
      nextSteps:
        unkept === undefined
          ? [
              `the record is kept in ${file}`,
              `write it when the bucket can be reached: aws s3 cp ${file} s3://${binding.backend.bucket}/${ledgerKey(binding.backend, final)}`,
            ]
          : [],
      cause,
    });
  }
}

/** What a failed apply has left. */
interface Left {
  /** The state AWS has; null when there is none, undefined when it could not be read. */
  readonly state: State | null | undefined;
  /** Why it could not be read. */
  readonly unread: string;
  /** What Terraform could not save, on this machine. */
  readonly unsaved: UnsavedState | null;
}

/** Never fails: why the apply did is what is to be told. */
async function whatIsLeft(ports: Needed, { binding, state: before }: PreparedDeployment): Promise<Left> {
  let unread = '';
  const state = await ports.stateStore.readState(binding).catch((error: Error) => {
    unread = error.message;
    return undefined;
  });
  const lineage = (state ?? before)?.lineage;
  const kept = await ports.terraform.unsavedStates(binding, lineage).then(
    ({ own }) => own,
    () => null,
  );
  return { state, unread, unsaved: kept !== null && isUnsaved(kept, state ?? null) ? kept : null };
}

function describeLeft({ state, unread, unsaved }: Left): string {
  if (unsaved !== null) return `the state could not be saved (serial ${unsaved.serial}); it is kept in ${unsaved.file}`;
  if (state === undefined) return `the state could not be read: ${unread}`;
  if (state === null) return 'no state was written';
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
