import type { Binding } from '../domain/environment.js';
import { MhtctlError } from '../domain/errors.js';
import type { ExecutedDeployment } from '../domain/executed-deployment.js';
import type { LedgerRecord } from '../domain/ledger-record.js';
import type { Ports } from '../ports/index.js';
import { carryOutPlan } from './carry-out-plan.js';
import type { ExecutePorts } from './execute-deployment.js';
import type { PreparePorts } from './prepare-deployment.js';
import { prepareRollback } from './prepare-rollback.js';
import { stoppedInstances } from './stopped-instances.js';

/** How long to wait for whoever took the lock in between, in seconds. */
const WAIT_SECONDS = 60;

/**
 * Rolls back what was just deployed and is not healthy, where the environment's policy says so and it runs at all.
 * Returns the record of the rollback, or null when there was none. A rollback that cannot be made fails nothing: it is
 * said, and left to a person, as where the policy leaves it to one.
 */
export async function rollBackUnhealthy(
  ports: PreparePorts & ExecutePorts & Pick<Ports, 'prompter'>,
  binding: Binding,
  { health, state }: Pick<ExecutedDeployment, 'health' | 'state'>,
): Promise<LedgerRecord | null> {
  if (health.status !== 'unhealthy' || binding.policy.onUnhealthy !== 'rollback') return null;
  // No earlier commit starts instances that a schedule or a person has stopped.
  if ((await stoppedInstances(ports, { binding, state })) !== undefined) {
    ports.progress.say(`"${binding.name}" is not rolled back: its instances are stopped; mhtctl start ${binding.name}`);
    return null;
  }
  const command = `mhtctl rollback ${binding.name}`;
  ports.progress.say(`"${binding.name}" is not healthy: it is rolled back, as its policy says`);
  try {
    const { prepared } = await prepareRollback(ports, { binding, to: undefined, hold: { waitSeconds: WAIT_SECONDS } });
    try {
      const { record } = await carryOutPlan(ports, prepared, {
        action: 'Roll back',
        command,
        yes: true,
        confirm: undefined,
        allowDestroy: [],
        overrides: [{ flag: 'on_unhealthy', value: 'rollback' }],
      });
      return record;
    } finally {
      await prepared.release();
    }
  } catch (error) {
    if (!(error instanceof MhtctlError) || error.outcome === 'interrupted') throw error;
    ports.progress.say(`warning: it could not be rolled back: ${error.message}`);
    return null;
  }
}
