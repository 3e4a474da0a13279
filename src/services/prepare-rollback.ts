import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Binding } from '../domain/environment.js';
import { isRecordId, recordId } from '../domain/ledger-record.js';
import type { PreparedDeployment } from '../domain/prepared-deployment.js';
import type { Rollback } from '../domain/rollback.js';
import type { Ports } from '../ports/index.js';
import { chooseRollback, refuseOlderTools } from './choose-rollback.js';
import { type PreparePorts, prepareDeployment } from './prepare-deployment.js';

/** A rollback that was planned and checked; nothing has changed yet. */
export interface PreparedRollback {
  readonly rollback: Rollback;
  readonly prepared: PreparedDeployment;
}

/** What to roll back. */
export interface RollbackOptions {
  readonly binding: Binding;
  /** Id of the deployment to go back to; the last good one when left out. */
  readonly to: string | undefined;
  /** See `prepareDeployment`. */
  readonly hold: { readonly waitSeconds: number } | undefined;
}

/**
 * Plans what a deployment of long ago would do now: its commit in a work tree of its own, with the values it was made
 * with, on the state as it is. State is never restored. The plan is checked as any other; `prepared.release` removes
 * the work tree as well.
 */
export async function prepareRollback(ports: PreparePorts, options: RollbackOptions): Promise<PreparedRollback> {
  const { binding, to, hold } = options;
  const rollback = await chooseRollback(ports, binding, to);
  const target = rollback.to;
  const [state, terraform] = await Promise.all([ports.stateStore.readState(binding), ports.terraform.version()]);
  refuseOlderTools(binding, rollback, state, terraform);
  await removeLeftBehind(ports, binding);
  // One of its own each time: two may look at the same commit at once.
  const now = ports.clock.now();
  const directory = join(checkOutsOf(binding), recordId(now, randomBytes(3).toString('hex')));
  const root = await ports.repository.checkOut(target.commit, directory);
  try {
    const earlier = await ports.catalog.bindCheckout(binding, root, target.inputs.variables.text);
    const prepared = await prepareDeployment(ports, {
      binding: earlier,
      operation: 'rollback',
      commit: { hash: target.commit, branch: undefined, dirtyFiles: [] },
      about: { 'rolled back to': target.id, 'rolled back from': rollback.from.id },
      hold,
    });
    const release = async (): Promise<void> => {
      await prepared.release();
      await ports.repository.removeCheckOut(directory);
    };
    return { rollback, prepared: { ...prepared, release } };
  } catch (error) {
    await ports.repository.removeCheckOut(directory);
    throw error;
  }
}

/** A work tree this old was left behind, unless somebody holds the lock: he may wait for his confirmation that long. */
const LEFT_BEHIND_MS = 60 * 60 * 1000;

function checkOutsOf({ workDir }: Binding): string {
  return join(workDir, 'rollback');
}

/** Removes the work trees of rollbacks that were killed. */
async function removeLeftBehind(
  ports: Pick<Ports, 'clock' | 'operationLock' | 'repository' | 'workspace'>,
  binding: Binding,
): Promise<void> {
  const parent = checkOutsOf(binding);
  const newest = recordId(new Date(ports.clock.now().getTime() - LEFT_BEHIND_MS), '000000');
  const left = (await ports.workspace.fileNames(parent)).filter((name) => isRecordId(name) && name < newest);
  if (left.length === 0 || (await ports.operationLock.holder(binding)) !== null) return;
  for (const name of left) await ports.repository.removeCheckOut(join(parent, name));
}
