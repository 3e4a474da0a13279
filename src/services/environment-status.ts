import type { Binding } from '../domain/environment.js';
import type { EnvironmentStatus } from '../domain/environment-status.js';
import { MhtctlError } from '../domain/errors.js';
import { deploymentSummary, isPlanned } from '../domain/ledger-record.js';
import type { State } from '../domain/state.js';
import type { Ports } from '../ports/index.js';
import { abandonOnInterrupt } from './abandon-on-interrupt.js';
import { scheduleOf } from './schedule-off-hours.js';

/** How far back the ledger is looked through for the last deployment: unlockings and the like may lie before it. */
const RECORDS = 8;

/** Reads state and ledger of an environment; nothing else, so that it is quick. */
export async function environmentStatus(
  ports: Pick<Ports, 'clock' | 'interruption' | 'ledger' | 'stateStore'>,
  binding: Binding,
): Promise<EnvironmentStatus> {
  const [state, { records, unreadable }] = await abandonOnInterrupt(
    ports.interruption,
    Promise.all([ports.stateStore.readState(binding), ports.ledger.list(binding, RECORDS)]),
  );
  const latest = records.find(isPlanned);
  return {
    ...configured(binding),
    state: state === null ? null : { serial: state.serial, lineage: state.lineage, resources: state.instances.length },
    lastDeployment:
      latest === undefined
        ? null
        : { ...deploymentSummary(latest), operation: latest.operation, status: latest.status },
    offHours: offHoursOf(state, ports.clock.now()),
    unreadableRecords: unreadable.map(({ object }) => object),
  };
}

/** What the schedule says; whether the instances really are as it says, only EC2 knows. */
function offHoursOf(state: State | null, now: Date): EnvironmentStatus['offHours'] {
  const applied = scheduleOf(state, now);
  if (applied === null) return null;
  const { hours, next } = applied;
  return { ...hours, on: next.on, nextStart: next.start.toISOString(), nextStop: next.stop.toISOString() };
}

/** What is known of an environment without asking AWS. */
function configured(binding: Binding): Pick<EnvironmentStatus, 'name' | 'protected' | 'backend'> {
  const { bucket, key, region, lockTable } = binding.backend;
  return {
    name: binding.name,
    protected: binding.policy.protected,
    backend: { bucket, key, region, lockTable: lockTable ?? null },
  };
}

/**
 * The status of each, in order. One that cannot be read hides none of the others: its entry says why, and its failure
 * is among the failures. An interrupt and a bug still end it all.
 */
export async function environmentStatuses(
  ports: Pick<Ports, 'clock' | 'interruption' | 'ledger' | 'stateStore'>,
  bindings: readonly Binding[],
): Promise<{ readonly environments: readonly EnvironmentStatus[]; readonly failures: readonly MhtctlError[] }> {
  const results = await Promise.all(
    bindings.map(async (binding) => {
      try {
        return { status: await environmentStatus(ports, binding), failure: undefined };
      } catch (error) {
        if (!(error instanceof MhtctlError) || error.outcome === 'interrupted') throw error;
        const { code, message } = error;
        const status = {
          ...configured(binding),
          state: null,
          lastDeployment: null,
          offHours: null,
          unreadableRecords: [],
          error: { code, message },
        };
        return { status, failure: error };
      }
    }),
  );
  return {
    environments: results.map(({ status }) => status),
    failures: results.flatMap(({ failure }) => failure ?? []),
  };
}
