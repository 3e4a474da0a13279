import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Binding } from '../../domain/environment.js';
import { MhtctlError } from '../../domain/errors.js';
import { recordId } from '../../domain/ledger-record.js';
import { ADOPTION_FILE } from '../../domain/migration/adoption.js';
import { contentDigest, describePlace, emptied } from '../../domain/migration/former-state.js';
import { type Journal, stepsLeft } from '../../domain/migration/journal.js';
import type { State } from '../../domain/state.js';
import type { Ports } from '../../ports/index.js';
import type { StageReport } from '../../ports/progress.js';
import { operatorStages } from '../operator-stages.js';
import { type EndedOperation, recordOperation } from '../record-operation.js';
import { readJournal, removeJournal } from './journal.js';
import { hold } from './open.js';

type Needed = Pick<
  Ports,
  | 'catalog'
  | 'clock'
  | 'environment'
  | 'identities'
  | 'interruption'
  | 'ledger'
  | 'operationLock'
  | 'origin'
  | 'progress'
  | 'repository'
  | 'stateBucket'
  | 'stateStore'
  | 'terraform'
  | 'workspace'
>;

/** A migration that has begun, and can be undone. */
export interface Undoable {
  readonly binding: Binding;
  readonly journal: Journal;
}

/**
 * The migration to undo: that of the environment named, or the only one that has begun. Fails (exit 2) with
 * `NoMigration`, and (exit 3) with `MigrationDone` after its last step.
 */
export async function findMigration(
  ports: Pick<Ports, 'catalog' | 'stateBucket'>,
  name: string | undefined,
): Promise<Undoable> {
  const bindings = name === undefined ? await ports.catalog.bindAll() : [await ports.catalog.bind(name)];
  const begun = await Promise.all(
    bindings.map(async (binding) => ({ binding, journal: await readJournal(ports, binding) })),
  );
  const found = begun.flatMap(({ binding, journal }) => (journal === null ? [] : [{ binding, journal }]));
  const open = found.filter(({ journal }) => stepsLeft(journal).length > 0);
  const [only, ...others] = open;
  if (only !== undefined && others.length === 0) return only;
  if (only !== undefined) {
    throw new MhtctlError({
      code: 'NoEnvironment',
      outcome: 'usage',
      message: `several migrations have begun: ${open.map(({ binding }) => binding.name).join(', ')}`,
      nextSteps: open.map(({ binding }) => `mhtctl migrate --undo --as ${binding.name}`),
    });
  }
  const [done] = found;
  if (done === undefined) {
    throw new MhtctlError({
      code: 'NoMigration',
      outcome: 'usage',
      message: `no migration ${name === undefined ? '' : `of "${name}" `}has begun: there is nothing to take back`,
    });
  }
  const { journal, binding } = done;
  throw new MhtctlError({
    code: 'MigrationDone',
    outcome: 'refused',
    message: `the migration ${journal.id} of "${binding.name}" is done, and its old backend marked: it cannot be taken back`,
    nextSteps: [
      `the old state is untouched in ${describePlace(journal.from)} (serial ${journal.former.serial}); what was deployed since is only in the new one`,
    ],
  });
}

/** A migration that may be taken back, under the environment's operation lock. */
export interface OpenUndo extends Undoable, Pick<EndedOperation, 'id' | 'identity' | 'commit' | 'startedAt'> {
  /** Gives the lock back. */
  release(): Promise<void>;
}

/** Finds the migration, and whether it may be taken back from here. Writes nothing but the operation lock. */
export async function openUndo(
  ports: Needed,
  { as, waitSeconds }: { readonly as: string | undefined; readonly waitSeconds: number },
): Promise<OpenUndo> {
  const { binding } = await findMigration(ports, as);
  const startedAt = ports.clock.now();
  const id = recordId(startedAt, randomBytes(3).toString('hex'));
  const { stages, operator } = operatorStages(ports, binding);
  await ports.progress.run(stages);
  const by = operator();
  const held = await hold(ports, { binding, ...by }, id, { waitSeconds });
  try {
    // Asked again under the lock: whoever held it may have gone on, or taken it back.
    const { journal } = await findMigration(ports, binding.name);
    return { binding, journal, id, ...by, startedAt, release: () => held.release() };
  } catch (error) {
    await held.release();
    throw error;
  }
}

/** Takes a migration back: the configuration's file, then the copy of the state. Nothing in AWS and nothing old is changed. */
export async function undoMigration(ports: Needed, { binding, journal, ...by }: OpenUndo): Promise<void> {
  await ports.progress.run([
    {
      title: 'Take back moves and imports',
      run: (report) => restoreConfiguration(ports, binding, journal, report),
    },
    { title: 'Empty the new state', run: (report) => emptyState(ports, binding, journal, report) },
    {
      title: 'Record',
      run: async (report) => {
        await removeJournal(ports, binding);
        const state = await ports.stateStore.readState(binding);
        const { id, identity, commit, startedAt } = by;
        await recordOperation(ports, {
          binding,
          id,
          identity,
          commit,
          startedAt,
          operation: 'migrate',
          status: 'done',
          about: { undone: journal.id, from: describePlace(journal.from) },
          parts: { stateAfter: state === null ? null : { lineage: state.lineage, serial: state.serial } },
        });
        report.result(id);
      },
    },
  ]);
}

async function restoreConfiguration(
  ports: Needed,
  { configurationDir }: Binding,
  { configuration }: Journal,
  report: StageReport,
): Promise<void> {
  const file = join(configurationDir, ADOPTION_FILE);
  const now = await ports.workspace.readIfThere(file);
  if (configuration === null || now === configuration.before) return report.result('nothing to take back');
  if (now !== configuration.written) {
    report.note(
      `warning: ${file} was changed since, and is left as it is; its moved blocks harm no state without them`,
    );
    return;
  }
  if (configuration.before === null) await ports.workspace.remove(file);
  else await ports.workspace.writeResult(file, configuration.before);
  report.result(file);
}

/** By Terraform's own push of a state without resources: to Terraform, as good as none. */
async function emptyState(ports: Needed, binding: Binding, journal: Journal, report: StageReport): Promise<void> {
  const state = await ports.stateStore.readState(binding);
  if (state === null || state.instances.length === 0) return report.result('it is empty');
  await refuseDeployedSince(ports, binding, journal, state);
  await ports.terraform.initialise(binding);
  const file = join(binding.workDir, 'migration', 'empty.tfstate');
  await ports.workspace.writePrivate(file, emptied(state));
  try {
    await ports.terraform.pushState(binding, file);
  } finally {
    await ports.workspace.remove(file);
  }
  report.result(`${state.instances.length} resources left to the old state`);
}

/** What was deployed into the copy is in no other state: emptying it would orphan that. */
async function refuseDeployedSince(ports: Needed, binding: Binding, journal: Journal, state: State): Promise<void> {
  const isOurs =
    journal.lineage === null ? contentDigest(state) === journal.former.content : state.lineage === journal.lineage;
  const { records } = await ports.ledger.list(binding, 1);
  const [latest] = records;
  const isLatest = latest === undefined || latest.startedAt <= journal.startedAt || latest.id === journal.id;
  if (isOurs && isLatest) return;
  throw new MhtctlError({
    code: 'DeployedSince',
    outcome: 'refused',
    message: isOurs
      ? `"${binding.name}" was deployed since (${latest?.operation} ${latest?.id}): its state is not the copy any more`
      : `the state of "${binding.name}" (lineage ${state.lineage}) is not the copy that the migration made`,
    nextSteps: [`mhtctl history ${binding.name}`],
  });
}
