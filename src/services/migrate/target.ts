import { MhtctlError } from '../../domain/errors.js';
import { contentDigest, describePlace } from '../../domain/migration/former-state.js';
import { type Journal, refuseOtherMigration, stepsLeft } from '../../domain/migration/journal.js';
import type { State } from '../../domain/state.js';
import type { Ports } from '../../ports/index.js';
import { abandonOnInterrupt } from '../abandon-on-interrupt.js';
import { askBackend, verifyBackend } from '../verify-backend.js';
import { refuseChangedFormer } from './former-state.js';
import type { Inspected } from './inspect.js';
import { readJournal } from './journal.js';

type Needed = Pick<
  Ports,
  'catalog' | 'interruption' | 'ledger' | 'progress' | 'stateBucket' | 'stateStore' | 'terraform' | 'workspace'
>;

/** The environment's new backend, as far as the migration has come. */
export interface Target {
  /** Null where it has not begun. */
  readonly journal: Journal | null;
  /** The copy of the state; null while there is none. */
  readonly copied: { readonly text: string; readonly state: State } | null;
}

/** How to go on with the migration, and how to undo it. */
export interface Commands {
  readonly command: string;
  readonly undo: string;
}

/**
 * Looks at the new backend: it has to be set up, and empty but for the copy of a migration of this very state that was
 * begun before, and that nothing has been deployed to the old one since.
 */
export async function examineTarget(ports: Needed, inspected: Inspected, commands: Commands): Promise<Target> {
  let target: Target | undefined;
  await ports.progress.run([
    {
      title: 'New backend',
      run: async (report) => {
        const { binding, former } = inspected;
        const work = verifyBackend(ports, binding, report, askBackend(ports, binding));
        const object = await abandonOnInterrupt(ports.interruption, work);
        const { journal, copied } = await findTarget(ports, inspected, object?.state ?? null, commands);
        target = { journal, copied };
        if (journal === null) return;
        const again = [`take it back: ${commands.undo}`, `then begin anew: ${commands.command}`];
        const finished = [`what was deployed there is in no state of "${binding.name}": mhtctl drift ${binding.name}`];
        await refuseChangedFormer(ports, former, journal.former, stepsLeft(journal).length === 0 ? finished : again);
        report.note(
          `the migration ${journal.id} was begun ${journal.startedAt} by ${journal.actor} on ${journal.origin}`,
        );
      },
    },
  ]);
  if (target === undefined) throw new Error('the new backend was not looked at');
  return target;
}

async function findTarget(
  ports: Needed,
  { former, binding }: Inspected,
  state: State | null,
  { undo }: Commands,
): Promise<Target> {
  const journal = await readJournal(ports, binding);
  if (journal !== null) refuseOtherMigration(journal, former.place, [`take that one back first: ${undo}`]);
  if (state === null || state.instances.length === 0) return { journal, copied: null };
  const { bucket, key } = binding.backend;
  const text = journal !== null && isCopy(state, journal) ? await ports.stateBucket.read(binding.backend, key) : null;
  if (text !== null) return { journal, copied: { text, state } };
  throw new MhtctlError({
    code: 'BackendNotEmpty',
    outcome: 'refused',
    message:
      `s3://${bucket}/${key} holds a state already (serial ${state.serial}, lineage ${state.lineage}, ` +
      `${state.instances.length} resources); ${describePlace(former.place)} would have to be copied over it`,
    nextSteps: [
      'see what it is: mhtctl status',
      `or keep the live stack's state at another key, in ${binding.backendFile}`,
    ],
  });
}

/** By its lineage; or by its content, where mhtctl was killed before it could note the lineage. */
function isCopy(state: State, { lineage, former }: Journal): boolean {
  if (lineage !== null) return state.lineage === lineage;
  return state.lineage !== former.lineage && contentDigest(state) === former.content;
}
