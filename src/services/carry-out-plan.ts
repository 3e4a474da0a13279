import type { ExecutedDeployment } from '../domain/executed-deployment.js';
import type { LedgerRecord } from '../domain/ledger-record.js';
import type { PreparedDeployment } from '../domain/prepared-deployment.js';
import type { Ports } from '../ports/index.js';
import { type ConfirmOptions, confirmChange, refuseRisks } from './confirm-change.js';
import { type ExecutePorts, executeDeployment } from './execute-deployment.js';

/** How a prepared plan is confirmed. */
export interface CarryOutOptions extends Pick<ConfirmOptions, 'action' | 'yes' | 'confirm'> {
  /** The command that was given, for messages: `mhtctl deploy staging`. */
  readonly command: string;
  /** Addresses that may be deleted or replaced. */
  readonly allowDestroy: readonly string[];
  /** Safeguards that were passed beside these. */
  readonly overrides: LedgerRecord['overrides'];
}

/**
 * Judges, confirms and applies a plan that was shown: refused for its risks, confirmed where it changes anything, then
 * carried out. Fails as {@link refuseRisks}, {@link confirmChange} and {@link executeDeployment} do.
 */
export async function carryOutPlan(
  ports: ExecutePorts & Pick<Ports, 'prompter'>,
  prepared: PreparedDeployment,
  options: CarryOutOptions,
): Promise<ExecutedDeployment> {
  const { command, allowDestroy, overrides } = options;
  const { binding } = prepared;
  refuseRisks(prepared.risks, { binding, allowDestroy, command });
  if (prepared.hasChanges) {
    await confirmChange(ports, { ...options, binding, commandWith: (flag) => `${command} ${flag}` });
  }
  const destroyed = allowDestroy.map((value) => ({ flag: '--allow-destroy', value }));
  return executeDeployment(ports, prepared, { overrides: [...destroyed, ...overrides] });
}
