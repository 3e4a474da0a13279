import { join } from 'node:path';
import { ApplyProgress } from '../domain/apply-progress.js';
import { recordOfEnd, recordOfStart, stateMark } from '../domain/deployment-record.js';
import { MhtctlError } from '../domain/errors.js';
import { type LedgerRecord, operationNoun } from '../domain/ledger-record.js';
import { operationCount } from '../domain/plan.js';
import type { PreparedDeployment } from '../domain/prepared-deployment.js';
import type { StateObject } from '../domain/state.js';
import type { Ports } from '../ports/index.js';
import type { StageReport } from '../ports/progress.js';
import type { UnsavedState } from '../ports/terraform.js';
import { howToSave, isUnsaved } from './unsaved-state.js';
import { writeRecord } from './write-record.js';

/** The ports that applying a plan takes. */
export type ApplyPorts = Pick<Ports, 'clock' | 'interruption' | 'ledger' | 'stateStore' | 'terraform' | 'workspace'>;

/** How often the waiting times at a terminal are brought up to date. */
const TICK_MS = 1000;

/**
 * Begins the record and applies exactly the plan that was confirmed. Returns the state it leaves; null where that could
 * not be read. When the apply fails the record is ended, and the failure says what is left and how to go on; otherwise
 * the record is the caller's to end.
 */
export async function applyPrepared(
  ports: ApplyPorts,
  prepared: PreparedDeployment,
  overrides: LedgerRecord['overrides'],
  report: StageReport,
): Promise<StateObject | null> {
  const { binding } = prepared;
  await ports.ledger.append(binding, recordOfStart(prepared, overrides));
  try {
    await applyPlan(ports, prepared, report);
  } catch (error) {
    const left = await whatIsLeft(ports, prepared);
    const unrecorded = await writeRecord(
      ports,
      binding,
      recordOfEnd(prepared, {
        status: error instanceof MhtctlError && error.outcome === 'interrupted' ? 'interrupted' : 'failed',
        error: (error as Error).message,
        overrides,
        finishedAt: ports.clock.now(),
        stateAfter: left.object == null ? null : stateMark(left.object.state, left.object.versionId),
        health: null,
        separation: null,
      }),
    );
    if (error instanceof MhtctlError) throw explain(error, prepared, left, unrecorded);
    if (unrecorded !== undefined) report.note(`warning: ${unrecorded.message}`);
    throw error;
  }
  // The changes are made: whatever cannot be read from here on, the record is ended.
  return ports.stateStore.readStateObject(binding).catch((error: Error) => {
    report.note(`warning: the state could not be read after the apply: ${error.message}`);
    return null;
  });
}

async function applyPlan(ports: ApplyPorts, prepared: PreparedDeployment, report: StageReport): Promise<void> {
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
async function whatIsLeft(ports: ApplyPorts, { binding, state: before }: PreparedDeployment): Promise<Left> {
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
  { binding, id, operation }: PreparedDeployment,
  left: Left,
  unrecorded: MhtctlError | undefined,
): MhtctlError {
  const recorded =
    unrecorded === undefined ? `the ${operationNoun(operation)} is recorded as ${id}` : unrecorded.message;
  return new MhtctlError({
    code: error.code,
    outcome: error.outcome,
    message: `${error.message}\n${describeLeft(left)}${unrecorded === undefined ? '; ' : '\n'}${recorded}`,
    nextSteps: [
      // Before all else: whatever is deployed before that forks the state.
      ...(left.unsaved === null ? [] : [howToSave(binding, left.unsaved)]),
      ...error.nextSteps,
      `go on where it stopped: mhtctl ${operation === 'destroy' ? 'destroy' : 'deploy'} ${binding.name}`,
      ...(unrecorded?.nextSteps ?? []),
    ],
    cause: error,
  });
}
