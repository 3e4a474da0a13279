import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { MhtctlError } from '../../domain/errors.js';
import { ADOPTION_FILE } from '../../domain/migration/adoption.js';
import { asLineage, contentDigest, describePlace } from '../../domain/migration/former-state.js';
import { type Journal, STEP_TITLES, type Step, stepsLeft } from '../../domain/migration/journal.js';
import { markOf } from '../../domain/migration/mark.js';
import type { State } from '../../domain/state.js';
import { backupKey } from '../../domain/state-archive.js';
import type { Ports } from '../../ports/index.js';
import type { StageReport } from '../../ports/progress.js';
import { keepBackup } from '../keep-backup.js';
import { recordOperation } from '../record-operation.js';
import { refuseChangedFormer, refuseLockedFormer, writeMark } from './former-state.js';
import { writeJournal } from './journal.js';
import type { PreparedMigration } from './prepare.js';
import { takeOver } from './take-over.js';
import type { Commands } from './target.js';

type Needed = Pick<
  Ports,
  | 'catalog'
  | 'clock'
  | 'interruption'
  | 'ledger'
  | 'origin'
  | 'progress'
  | 'stateArchive'
  | 'stateBucket'
  | 'stateStore'
  | 'terraform'
  | 'terraformLocks'
  | 'workspace'
>;

/** A migration that was carried out. */
export interface CarriedOut {
  readonly journal: Journal;
  /** The backups of the old state: on this machine, and in the new bucket. */
  readonly backup: { readonly file: string; readonly object: string };
}

/**
 * Everything after the confirmation. Each step finds out by itself whether it was done before, and the journal is written
 * after each: killed anywhere, the same command goes on. Nothing in AWS is changed, and the old state is never written.
 */
export async function carryOut(ports: Needed, prepared: PreparedMigration, commands: Commands): Promise<CarriedOut> {
  let journal = asFound(prepared.journal ?? begun(ports, prepared), prepared);
  await writeJournal(ports, prepared.binding, journal);
  const stages = stepsLeft(journal).map((step) => ({
    title: STEP_TITLES[step],
    run: async (report: StageReport) => {
      if (ports.interruption.interrupted) throw ports.interruption.signal.reason;
      const more = await DO[step](ports, prepared, { journal, commands, report });
      journal = { ...journal, ...more, done: [...journal.done, step] };
      await writeJournal(ports, prepared.binding, journal);
    },
  }));
  try {
    await ports.progress.run(stages);
  } catch (error) {
    throw error instanceof MhtctlError ? withWayOn(error, commands) : error;
  }
  return { journal, backup: backupOf(prepared, journal) };
}

function begun(ports: Needed, { id, binding, identity, former, identification }: PreparedMigration): Journal {
  return {
    format: 1,
    id,
    environment: binding.name,
    startedAt: ports.clock.now().toISOString(),
    actor: identity.arn,
    origin: ports.origin,
    from: former.place,
    former: { lineage: former.state.lineage, serial: former.state.serial, content: contentDigest(former.state) },
    lineage: null,
    configuration: null,
    done: [],
    overridden: identification.overridden,
  };
}

/**
 * The journal as far as it is true now: a step counts as done while what it did is there. What is about to be written to
 * the configuration is noted before, so that it can be taken back whatever happens.
 */
function asFound(journal: Journal, { copied, before, text, plan }: PreparedMigration): Journal {
  const isThere: Partial<Record<Step, boolean>> = {
    copy: copied !== null,
    configuration: text === before,
    apply: copied !== null && text === before && plan.changes.length === 0,
  };
  const { configuration } = journal;
  return {
    ...journal,
    done: journal.done.filter((step) => isThere[step] ?? true),
    configuration:
      text === null || text === before
        ? configuration
        : { before: configuration === null ? before : configuration.before, written: text },
  };
}

function withWayOn(error: MhtctlError, { command, undo }: Commands): MhtctlError {
  const { code, outcome, message, nextSteps } = error;
  const ways = [`go on: ${command}`, `or take it back: ${undo}`].filter((way) => !nextSteps.includes(way));
  return new MhtctlError({ code, outcome, message, nextSteps: [...nextSteps, ...ways], cause: error });
}

/** What a step works with. */
interface At {
  readonly journal: Journal;
  readonly commands: Commands;
  readonly report: StageReport;
}

/** Does a step, or finds it done. Returns what the journal has to note besides. */
type DoStep = (ports: Needed, prepared: PreparedMigration, at: At) => Promise<Partial<Journal>>;

const DO: Readonly<Record<Step, DoStep>> = {
  backup: async (ports, { binding, former }, { journal, report }) => {
    const bytes = new TextEncoder().encode(former.text);
    const { kmsKeyId } = binding.backend;
    const encryption = { algorithm: kmsKeyId === undefined ? null : 'aws:kms', kmsKeyArn: kmsKeyId ?? null };
    const copy = { bytes, versionId: null, etag: '', encryption };
    const { object } = await keepBackup(ports, { binding, id: journal.id, copy }).catch((error: unknown) => {
      // Made before mhtctl was stopped: of this id there is no other.
      if (error instanceof MhtctlError && error.code === 'BackupExists') return backupOf({ binding }, journal);
      throw error;
    });
    report.result(object);
    return {};
  },
  copy: async (ports, prepared, at) => {
    const { binding, former } = prepared;
    if (prepared.copied !== null) return { lineage: prepared.copied.state.lineage };
    await refuseMoved(ports, prepared, at);
    const file = join(binding.workDir, 'migration', 'copy.tfstate');
    await ports.workspace.writePrivate(file, asLineage(former.text, randomUUID()));
    try {
      await ports.terraform.pushState(binding, file);
    } finally {
      await ports.workspace.remove(file);
    }
    const copy = await ports.stateStore.readState(binding);
    const { lineage, serial } = refuseBadCopy(copy, prepared);
    at.report.result(`lineage ${lineage}, serial ${serial}`);
    return { lineage };
  },
  configuration: async (ports, { binding, before, text }, { report }) => {
    if (text === null || text === before) {
      report.result('nothing to write');
      return {};
    }
    const file = join(binding.configurationDir, ADOPTION_FILE);
    await ports.workspace.writeResult(file, text);
    report.result(file);
    return {};
  },
  apply: async (ports, prepared, at) => {
    await refuseMoved(ports, prepared, at);
    await takeOver(ports, prepared, at);
    return {};
  },
  record: async (ports, prepared, { journal, report }) => {
    const { binding, identity, commit, former, adoption, identification } = prepared;
    const state = await ports.stateStore.readState(binding);
    const { overridden } = identification;
    if ((await ports.ledger.find(binding, journal.id)) === null) {
      await recordOperation(ports, {
        binding,
        id: journal.id,
        operation: 'migrate',
        status: 'done',
        identity,
        commit,
        startedAt: new Date(journal.startedAt),
        about: {
          from: describePlace(former.place),
          lineage: journal.former.lineage,
          serial: String(journal.former.serial),
          moves: String(adoption.moves.length),
          imports: String(adoption.imports.length),
        },
        parts: {
          stateAfter: state === null ? null : { lineage: state.lineage, serial: state.serial },
          overrides: overridden === null ? [] : [{ flag: '--override-evidence', value: overridden }],
        },
      });
    }
    report.result(journal.id);
    return {};
  },
  mark: async (ports, prepared, at) => {
    await refuseMoved(ports, prepared, at);
    const { binding, former } = prepared;
    const { journal } = at;
    await writeMark(ports, former, markOf(journal, binding.backend, journal.lineage ?? '', ports.clock.now()));
    at.report.result(`beside ${describePlace(former.place)}`);
    return {};
  },
};

/** Nobody may work with the old state meanwhile, or have worked with it since it was copied. */
async function refuseMoved(ports: Needed, { former, binding }: PreparedMigration, at: At): Promise<void> {
  const { journal, commands } = at;
  await refuseLockedFormer(ports, former, binding);
  await refuseChangedFormer(ports, former, journal.former, [
    `take it back and begin anew: ${commands.undo}`,
    `then: ${commands.command}`,
  ]);
}

function refuseBadCopy(copy: State | null, { former, binding }: PreparedMigration): State {
  const good =
    copy !== null && copy.lineage !== former.state.lineage && contentDigest(copy) === contentDigest(former.state);
  if (good) return copy;
  const { bucket, key } = binding.backend;
  throw new MhtctlError({
    code: 'CopyDiffers',
    outcome: 'toolFailed',
    message: `what Terraform wrote to s3://${bucket}/${key} is not a copy of ${describePlace(former.place)} with a lineage of its own`,
  });
}

function backupOf({ binding }: Pick<PreparedMigration, 'binding'>, { id }: Pick<Journal, 'id'>): CarriedOut['backup'] {
  const { workDir, backend } = binding;
  return {
    file: join(workDir, 'backups', `${id}.tfstate`),
    object: `s3://${backend.bucket}/${backupKey(backend, id)}`,
  };
}
