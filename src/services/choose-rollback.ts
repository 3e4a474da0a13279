import type { Binding } from '../domain/environment.js';
import { MhtctlError } from '../domain/errors.js';
import { isPlanned } from '../domain/ledger-record.js';
import { lastGood, type Rollback, rollbackTo, whyNotTarget } from '../domain/rollback.js';
import type { State } from '../domain/state.js';
import { isNewer } from '../domain/version-order.js';
import type { Ports } from '../ports/index.js';
import { readHistory, readRecord } from './read-history.js';

/** How far back the ledger is looked through for a good deployment. */
const RECORDS = 100;

/**
 * What to roll back to: the last good deployment, or the one of that id.
 * Fails (exit 3) with `NothingToRollBackTo` or `NotRollbackTarget`, saying why, and (exit 2) on an unknown id.
 */
export async function chooseRollback(
  ports: Pick<Ports, 'interruption' | 'ledger'>,
  binding: Binding,
  id: string | undefined,
): Promise<Rollback> {
  const { records } = await readHistory(ports, binding, RECORDS);
  if (id === undefined) {
    const found = lastGood(records);
    if (found !== undefined) return found;
    throw new MhtctlError({
      code: 'NothingToRollBackTo',
      outcome: 'refused',
      message: [
        `"${binding.name}" has no earlier deployment that ended well and healthy at another commit or with other values`,
        ...records
          .filter(isPlanned)
          .map((record) => `  ${record.id}: ${whyNotTarget(record) ?? 'it is what is there'}`),
      ].join('\n'),
      nextSteps: [`see what there is: mhtctl history ${binding.name}`],
    });
  }
  const chosen = await readRecord(ports, binding, id);
  const found = rollbackTo(records, chosen);
  if (found !== undefined) return found;
  throw new MhtctlError({
    code: 'NotRollbackTarget',
    outcome: 'refused',
    message: `"${binding.name}" cannot be rolled back to ${id}: ${whyNotTarget(chosen) ?? 'nothing was deployed since'}`,
    nextSteps: [`see what there is: mhtctl history ${binding.name}`],
  });
}

/**
 * Refuses (exit 3) to plan with older tools than the state was written with: they cannot read what newer ones wrote,
 * or take its upgraded attributes for drift.
 */
export function refuseOlderTools(
  binding: Binding,
  { from, to }: Rollback,
  state: State | null,
  runningTerraform: string,
): void {
  const terraform =
    state !== null && isNewer(state.terraformVersion, runningTerraform)
      ? [`Terraform ${state.terraformVersion} wrote the state, and Terraform ${runningTerraform} would plan`]
      : [];
  const providers = Object.entries(from.inputs?.lockFile?.providers ?? {}).flatMap(([address, version]) => {
    const then = to.inputs.lockFile?.providers[address];
    return then !== undefined && isNewer(version, then)
      ? [`${address} ${version} wrote the state, and commit ${to.commit.slice(0, 8)} locks ${then}`]
      : [];
  });
  const reasons = [...terraform, ...providers];
  if (reasons.length === 0) return;
  throw new MhtctlError({
    code: 'StateTooNew',
    outcome: 'refused',
    message: [
      `"${binding.name}" cannot be rolled back to ${to.id} by its own tools:`,
      ...reasons.map((why) => `  ${why}`),
    ].join('\n'),
    nextSteps: [
      `undo the change instead, with the newer tools: git revert ${from.commit ?? 'COMMIT'}, then: mhtctl deploy ${binding.name}`,
      `or choose a later deployment: mhtctl history ${binding.name}`,
    ],
  });
}
