import { interrupted, MhtctlError } from '../domain/errors.js';
import type { HealthReport } from '../domain/health.js';
import { countedByState, type OwnInstance, type PoweredInstance } from '../domain/off-hours/instances.js';
import type { Ports } from '../ports/index.js';
import type { Stage } from '../ports/progress.js';
import { bringInstances } from './bring-instances.js';
import type { PreparedPower } from './prepare-power.js';
import { probeHealth } from './probe-health.js';
import { recordOperation } from './record-operation.js';

type Needed = Pick<
  Ports,
  | 'clock'
  | 'environment'
  | 'httpProbe'
  | 'instanceConditions'
  | 'instances'
  | 'interruption'
  | 'ledger'
  | 'origin'
  | 'progress'
  | 'targetHealth'
  | 'workspace'
>;

/** Instances that were stopped or started. */
export interface ExecutedPower {
  readonly instances: readonly PoweredInstance[];
  /** Null after a stop, when there is nothing to be well. */
  readonly health: HealthReport | null;
}

/**
 * Everything after the confirmation: stops or starts the instances, waits for the health of what was started as after a
 * deployment, and records it. What changed nothing is not recorded. Fails as {@link bringInstances} does, and (exit 130)
 * where an interrupt ended the waiting; that is recorded too.
 */
export async function executePower(ports: Needed, prepared: PreparedPower): Promise<ExecutedPower> {
  const { binding, power, hasChanges, state } = prepared;
  let instances = prepared.instances;
  let health: HealthReport | null = null;
  const bring: Stage = {
    title: power === 'stopped' ? 'Stop' : 'Start',
    run: async (report) => {
      instances = await bringInstances(ports, prepared, report);
      report.result(countedByState(instances));
    },
  };
  const probe: Stage = {
    title: 'Health',
    run: async (report) => {
      health = await probeHealth(ports, { binding, state, report });
      report.result(health.status === 'unknown' ? 'not fully checked' : health.status);
      if (ports.interruption.interrupted) throw healthAbandoned(binding.name);
    },
  };
  const record: Stage = {
    title: 'Record',
    run: async (report) => {
      await recordOperation(ports, ended(prepared, instances, 'done', { health }));
      report.result(prepared.id);
    },
  };
  try {
    await ports.progress.run([...(hasChanges ? [bring] : []), ...(power === 'running' ? [probe] : [])]);
  } catch (error) {
    if (hasChanges) await recordFailure(ports, prepared, instances, error);
    throw error;
  }
  if (hasChanges) await ports.progress.run([record]);
  const before = new Map(prepared.instances.map(({ id, state: was }) => [id, was]));
  return {
    instances: instances.map((instance) => ({ ...instance, before: before.get(instance.id) ?? instance.state })),
    health,
  };
}

/** The failure itself is told, whether or not it could be recorded. */
async function recordFailure(
  ports: Needed,
  prepared: PreparedPower,
  instances: readonly OwnInstance[],
  error: unknown,
): Promise<void> {
  const status = error instanceof MhtctlError && error.outcome === 'interrupted' ? 'interrupted' : 'failed';
  await recordOperation(ports, ended(prepared, instances, status, { error: (error as Error).message })).catch(
    (unrecorded: Error) => ports.progress.say(`warning: ${unrecorded.message}`),
  );
}

function ended(
  { binding, id, power, startedAt, identity, commit, state }: PreparedPower,
  instances: readonly OwnInstance[],
  status: 'done' | 'failed' | 'interrupted',
  parts: { readonly health?: HealthReport | null; readonly error?: string },
): Parameters<typeof recordOperation>[1] {
  const mark = { lineage: state.lineage, serial: state.serial };
  return {
    binding,
    id,
    operation: power === 'stopped' ? 'stop' : 'start',
    status,
    identity,
    commit,
    startedAt,
    about: { instances: instances.map((one) => `${one.id} (${one.name})`).join(', ') },
    // Neither touches Terraform's state.
    parts: { stateBefore: mark, stateAfter: mark, ...parts },
  };
}

function healthAbandoned(name: string): MhtctlError {
  return interrupted(`interrupted while the health of "${name}" was awaited: its instances are started`, [
    `mhtctl start ${name}`,
  ]);
}
