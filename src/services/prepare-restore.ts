import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Commit } from '../domain/commit.js';
import type { Binding } from '../domain/environment.js';
import { MhtctlError } from '../domain/errors.js';
import type { Identity } from '../domain/identity.js';
import { type LedgerRecord, recordId } from '../domain/ledger-record.js';
import { describeSource, type RestoreSource } from '../domain/restore-source.js';
import { parseState, type State } from '../domain/state.js';
import type { StateCopy } from '../domain/state-archive.js';
import { type StateChanges, stateChanges } from '../domain/state-changes.js';
import { sameButForSerial } from '../domain/state-text.js';
import type { Ports } from '../ports/index.js';
import type { StageReport } from '../ports/progress.js';
import { abandonOnInterrupt } from './abandon-on-interrupt.js';
import { type HeldOperation, holdOperation } from './hold-operation.js';
import { operatorStages } from './operator-stages.js';
import { describeStateNow, readStateNow, type StateNow } from './state-now.js';
import { refuseUnsavedState } from './unsaved-state.js';

type Needed = Pick<
  Ports,
  | 'clock'
  | 'environment'
  | 'identities'
  | 'interruption'
  | 'ledger'
  | 'operationLock'
  | 'origin'
  | 'progress'
  | 'repository'
  | 'stateArchive'
  | 'terraform'
  | 'workspace'
>;

/** Records looked through for one that names a state. */
const RECORDS = 8;

/** Versions looked through for one that can be read. */
const VERSIONS = 20;

/** What to restore. */
export interface RestoreOptions {
  readonly binding: Binding;
  readonly source: RestoreSource;
  /** Takes the operation lock, and waits so many seconds for it. Left out by who changes nothing. */
  readonly hold: { readonly waitSeconds: number } | undefined;
}

/** A state that can be restored, and what that would mean. Nothing has changed yet. */
export interface PreparedRestore {
  readonly id: string;
  readonly startedAt: Date;
  readonly binding: Binding;
  readonly identity: Identity;
  readonly commit: Commit | null;
  readonly source: RestoreSource;
  readonly wanted: StateCopy;
  readonly wantedState: State;
  readonly now: StateNow;
  readonly changes: StateChanges;
  /** Whether the state holds just this already. */
  readonly unchanged: boolean;
  /** The serial of the present state; null where there is none that can be read. */
  readonly presentSerial: number | null;
  /** The highest serial that is known of this state: the restored one's is above it. */
  readonly highestSerial: number;
  /** Gives back the lock. Never fails. */
  readonly release: () => Promise<void>;
}

/**
 * Finds the state that is wanted back and compares it with the present one. Fails (exit 3) with `VersionUnknown` when it
 * is not there, and with `LineageDiffers` when it is not of this state.
 */
export async function prepareRestore(ports: Needed, options: RestoreOptions): Promise<PreparedRestore> {
  const { binding, source, hold } = options;
  const startedAt = ports.clock.now();
  const id = recordId(startedAt, randomBytes(3).toString('hex'));
  const { stages, operator } = operatorStages(ports, binding);
  let held: HeldOperation | undefined;
  let found: Found | undefined;
  const release = async (): Promise<void> => {
    await held?.release();
    held = undefined;
  };
  try {
    await ports.progress.run([
      ...stages,
      ...(hold === undefined
        ? []
        : [
            {
              title: 'Lock',
              run: async (report: StageReport) => {
                const claim = { binding, id, operation: 'state-restore', ...operator(), ...hold } as const;
                held = await holdOperation(ports, claim, report);
              },
            },
          ]),
      {
        title: 'State',
        run: async (report) => {
          found = await abandonOnInterrupt(ports.interruption, find(ports, binding, source));
          const { now } = found;
          // A state that an apply could not save is newer than all that is kept in AWS; it may be what is wanted.
          const { own } = await ports.terraform.unsavedStates(binding, lineageOf(now));
          if (source.kind !== 'file' || own?.file !== source.file) {
            await refuseUnsavedState(ports, binding, now.kind === 'readable' ? now.state : null, report);
          }
          report.result(describeStateNow(now));
        },
      },
    ]);
    if (found === undefined) throw new Error('the state was not found');
    return { id, startedAt, binding, ...operator(), source, ...found, release };
  } catch (error) {
    await release();
    throw error;
  }
}

type Found = Pick<
  PreparedRestore,
  'wanted' | 'wantedState' | 'now' | 'changes' | 'unchanged' | 'presentSerial' | 'highestSerial'
>;

async function find(ports: Needed, binding: Binding, source: RestoreSource): Promise<Found> {
  const [now, wanted, { records }] = await Promise.all([
    readStateNow(ports, binding),
    readSource(ports, binding, source),
    ports.ledger.list(binding, RECORDS),
  ]);
  const wantedText = textOf(wanted);
  const wantedState = parseState(wantedText, describeSource(source));
  const recorded = lastMark(records);
  const lineage = lineageOf(now) ?? recorded?.lineage ?? (await lineageOfVersions(ports, binding));
  if (wantedState.lineage === '' || (lineage !== undefined && wantedState.lineage !== lineage)) {
    throw new MhtctlError({
      code: 'LineageDiffers',
      outcome: 'refused',
      message:
        `${describeSource(source)} is of lineage ${wantedState.lineage === '' ? 'unknown' : wantedState.lineage}; ` +
        `the state of "${binding.name}" is of lineage ${lineage ?? 'unknown'}. What it describes is not this environment's`,
      nextSteps: [`list those that are: mhtctl state list ${binding.name}`],
    });
  }
  const present = now.kind === 'readable' || now.kind === 'unexpected' ? now.state : null;
  return {
    wanted,
    wantedState,
    now,
    changes: stateChanges(present, wantedState),
    unchanged: now.kind === 'readable' && sameButForSerial(textOf(now.copy), wantedText),
    presentSerial: present?.serial ?? null,
    highestSerial: Math.max(
      wantedState.serial,
      present?.serial ?? 0,
      recorded?.lineage === wantedState.lineage ? recorded.serial : 0,
    ),
  };
}

function textOf({ bytes }: StateCopy): string {
  return new TextDecoder().decode(bytes);
}

function lineageOf(now: StateNow): string | undefined {
  return now.kind === 'readable' || now.kind === 'unexpected' ? now.state.lineage : undefined;
}

/** The state that the last operation left or began with, as far as one says. */
function lastMark(records: readonly LedgerRecord[]) {
  return records.map(({ stateAfter, stateBefore }) => stateAfter ?? stateBefore).find((mark) => mark !== null);
}

/** The lineage of the newest version that can be read; undefined where there is none. */
async function lineageOfVersions({ stateArchive }: Needed, binding: Binding): Promise<string | undefined> {
  const { newest } = await stateArchive.versions(binding, VERSIONS);
  for (const { versionId, deleted } of newest) {
    const copy = deleted ? null : await stateArchive.read(binding, { kind: 'version', versionId });
    try {
      if (copy !== null) return parseState(textOf(copy), '').lineage;
    } catch {
      // An older one may be whole.
    }
  }
  return undefined;
}

async function readSource(ports: Needed, binding: Binding, source: RestoreSource): Promise<StateCopy> {
  if (source.kind === 'file') return copyOfText(await ports.workspace.readGiven(source.file));
  const copy = await ports.stateArchive.read(binding, source);
  if (copy !== null) return copy;
  // The copy on this machine outlives the bucket's.
  const here =
    source.kind === 'backup'
      ? await ports.workspace.readIfThere(join(binding.workDir, 'backups', `${source.id}.tfstate`))
      : null;
  if (here !== null) return copyOfText(here);
  throw new MhtctlError({
    code: 'VersionUnknown',
    outcome: 'refused',
    message: `there is no ${describeSource(source)} of the state of "${binding.name}", or it only marks a deletion`,
    nextSteps: [`list what there is: mhtctl state list ${binding.name}`],
  });
}

function copyOfText(text: string): StateCopy {
  return {
    bytes: new TextEncoder().encode(text),
    versionId: null,
    etag: '',
    encryption: { algorithm: null, kmsKeyArn: null },
  };
}
