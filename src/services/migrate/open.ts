import { randomBytes } from 'node:crypto';
import { recordId } from '../../domain/ledger-record.js';
import { type Journal, stepsLeft } from '../../domain/migration/journal.js';
import type { Ports } from '../../ports/index.js';
import { type HeldOperation, holdOperation } from '../hold-operation.js';
import { sendUnsentRecords } from '../write-record.js';
import { type Inspected, type InspectOptions, inspectFormer } from './inspect.js';
import { type Commands, examineTarget, type Target } from './target.js';

type Needed = Parameters<typeof inspectFormer>[0] &
  Parameters<typeof examineTarget>[0] &
  Pick<Ports, 'clock' | 'operationLock' | 'origin'>;

/** What to migrate. */
export interface OpenOptions extends InspectOptions, Commands {
  /** Takes the operation lock and waits so many seconds for it; left out for a dry run, which writes nothing. */
  readonly hold: { readonly waitSeconds: number } | undefined;
}

/** A migration that can be rehearsed: what is live, and how far its new backend is. */
export interface OpenMigration extends Inspected, Target {
  /** Its id, also in the ledger: that of the migration that is gone on with, when there is one. */
  readonly id: string;
  /** The journal, where everything was done before; null otherwise. */
  readonly finished: Journal | null;
  /** Gives the lock back. */
  release(): Promise<void>;
}

/** Finds out what is to be migrated to where, under the environment's operation lock. Writes nothing but that lock. */
export async function openMigration(ports: Needed, options: OpenOptions): Promise<OpenMigration> {
  const inspected = await inspectFormer(ports, options);
  const newId = recordId(ports.clock.now(), randomBytes(3).toString('hex'));
  const held = options.hold === undefined ? undefined : await hold(ports, inspected, newId, options.hold);
  const release = async () => held?.release();
  try {
    const target = await examineTarget(ports, inspected, options);
    const { journal } = target;
    const finished = journal !== null && stepsLeft(journal).length === 0 ? journal : null;
    return { ...inspected, ...target, id: journal?.id ?? newId, finished, release };
  } catch (error) {
    await release();
    throw error;
  }
}

/** Takes the operation lock of the environment, and writes first what could not be recorded before. */
export async function hold(
  ports: Parameters<typeof holdOperation>[0] & Parameters<typeof sendUnsentRecords>[0],
  { binding, identity, commit }: Pick<Inspected, 'binding' | 'identity' | 'commit'>,
  id: string,
  { waitSeconds }: { readonly waitSeconds: number },
): Promise<HeldOperation> {
  let held: HeldOperation | undefined;
  await ports.progress.run([
    {
      title: 'Lock',
      run: async (report) => {
        const options = { binding, id, operation: 'migrate', identity, commit, waitSeconds } as const;
        held = await holdOperation(ports, options, report);
        await sendUnsentRecords(ports, binding, report);
      },
    },
  ]);
  if (held === undefined) throw new Error('the lock was not taken');
  return held;
}
