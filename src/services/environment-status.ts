import { deploymentSummary } from '../domain/deployment.js';
import type { Binding } from '../domain/environment.js';
import type { EnvironmentStatus } from '../domain/environment-status.js';
import { MhtctlError } from '../domain/errors.js';
import type { Ports } from '../ports/index.js';
import { abandonOnInterrupt } from './abandon-on-interrupt.js';

/** Reads state and ledger of an environment; nothing else, so that it is quick. */
export async function environmentStatus(
  ports: Pick<Ports, 'interruption' | 'ledger' | 'stateStore'>,
  binding: Binding,
): Promise<EnvironmentStatus> {
  const [state, latest] = await abandonOnInterrupt(
    ports.interruption,
    Promise.all([ports.stateStore.readState(binding), ports.ledger.latest(binding)]),
  );
  return {
    ...configured(binding),
    state: state === null ? null : { serial: state.serial, lineage: state.lineage, resources: state.instances.length },
    lastDeployment: latest === null ? null : { ...deploymentSummary(latest), status: latest.status },
  };
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
  ports: Pick<Ports, 'interruption' | 'ledger' | 'stateStore'>,
  bindings: readonly Binding[],
): Promise<{ readonly environments: readonly EnvironmentStatus[]; readonly failures: readonly MhtctlError[] }> {
  const results = await Promise.all(
    bindings.map(async (binding) => {
      try {
        return { status: await environmentStatus(ports, binding), failure: undefined };
      } catch (error) {
        if (!(error instanceof MhtctlError) || error.outcome === 'interrupted') throw error;
        const { code, message } = error;
        const status = { ...configured(binding), state: null, lastDeployment: null, error: { code, message } };
        return { status, failure: error };
      }
    }),
  );
  return {
    environments: results.map(({ status }) => status),
    failures: results.flatMap(({ failure }) => failure ?? []),
  };
}
