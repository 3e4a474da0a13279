import { join } from 'node:path';
import type { Binding } from '../domain/environment.js';
import { isRecordId } from '../domain/ledger-record.js';
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
  const directory = join(binding.workDir, 'rollback', target.id);
  await removeLeftBehind(ports, binding);
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

/** A rollback that was killed leaves its work tree behind; whoever holds the lock is past this already. */
async function removeLeftBehind(ports: Pick<Ports, 'operationLock' | 'repository' | 'workspace'>, binding: Binding) {
  const parent = join(binding.workDir, 'rollback');
  const left = (await ports.workspace.fileNames(parent)).filter(isRecordId);
  if (left.length === 0 || (await ports.operationLock.holder(binding)) !== null) return;
  for (const name of left) await ports.repository.removeCheckOut(join(parent, name));
}
