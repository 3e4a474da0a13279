import { join } from 'node:path';
import { stateMark } from '../domain/deployment-record.js';
import { MhtctlError } from '../domain/errors.js';
import type { LedgerRecord, StateMark } from '../domain/ledger-record.js';
import { describeSource } from '../domain/restore-source.js';
import { withSerial } from '../domain/state-text.js';
import type { Ports } from '../ports/index.js';
import type { StageReport } from '../ports/progress.js';
import { type KeptBackup, keepBackup } from './keep-backup.js';
import type { PreparedRestore } from './prepare-restore.js';
import { recordOperation } from './record-operation.js';

type Needed = Pick<
  Ports,
  | 'clock'
  | 'interruption'
  | 'ledger'
  | 'origin'
  | 'progress'
  | 'stateArchive'
  | 'stateStore'
  | 'terraform'
  | 'workspace'
>;

/** A state that was restored. */
export interface ExecutedRestore {
  /** The serial it has now. */
  readonly serial: number;
  /** What was there before; null where nothing was. */
  readonly backup: KeptBackup | null;
  readonly record: LedgerRecord;
}

/**
 * Makes the wanted state that of the environment, with a serial above all others: by Terraform's own `state push`, and
 * where Terraform cannot read what is there, by putting the copy back first. What was there is backed up before.
 */
export async function executeRestore(ports: Needed, prepared: PreparedRestore): Promise<ExecutedRestore> {
  const { binding, id, now, wanted, source } = prepared;
  const replaced = now.kind === 'none' ? null : now.copy;
  let backup: KeptBackup | null = null;
  let after: StateMark | null = null;
  let record: LedgerRecord | undefined;

  const end = (status: 'done' | 'failed' | 'interrupted', error: string | null): Promise<LedgerRecord> =>
    recordOperation(ports, {
      ...prepared,
      operation: 'state-restore',
      status,
      about: { restored: describeSource(source), ...(backup === null ? {} : { backup: backup.id }) },
      parts: {
        stateBefore:
          now.kind === 'readable' || now.kind === 'unexpected' ? stateMark(now.state, now.copy.versionId) : null,
        stateAfter: after,
        error,
      },
    });
  const restore = async (report: StageReport): Promise<void> => {
    try {
      if (now.kind !== 'readable') {
        await ports.stateArchive.putBack(binding, wanted, replaced);
        report.note('the copy is put back byte by byte, since Terraform cannot read what was there');
      }
      await ports.terraform.initialise(binding);
      await push(ports, prepared);
      const object = await ports.stateStore.readStateObject(binding);
      if (object === null) throw new Error('the restored state is not there');
      after = stateMark(object.state, object.versionId);
      report.result(`serial ${after.serial}`);
    } catch (error) {
      const status = error instanceof MhtctlError && error.outcome === 'interrupted' ? 'interrupted' : 'failed';
      await end(status, (error as Error).message).catch((unrecorded: Error) => report.note(unrecorded.message));
      throw error;
    }
  };

  await ports.progress.run([
    ...(replaced === null
      ? []
      : [
          {
            title: 'Backup',
            run: async (report: StageReport) => {
              backup = await keepBackup(ports, { binding, id, copy: replaced });
              report.result(id);
            },
          },
        ]),
    { title: 'Restore', run: restore },
    {
      title: 'Record',
      run: async (report) => {
        record = await end('done', null);
        report.result(id);
      },
    },
  ]);
  const mark = after as StateMark | null;
  if (mark === null || record === undefined) throw new Error('the state was not restored');
  return { serial: mark.serial, backup, record };
}

async function push(ports: Needed, { binding, id, wanted, highestSerial }: PreparedRestore): Promise<void> {
  const directory = join(binding.workDir, 'restore');
  // Of a restore that was killed; the lock is held, so none is under way here.
  await ports.workspace.removeOlder(directory, ports.clock.now());
  const file = join(directory, `${id}.tfstate`);
  const text = withSerial(new TextDecoder().decode(wanted.bytes), highestSerial + 1);
  await ports.workspace.writePrivate(file, text);
  try {
    await ports.terraform.pushState(binding, file);
  } finally {
    // It holds every value in the clear.
    await ports.workspace.remove(file);
  }
}
