import { deploymentSummary } from '../domain/deployment.js';
import type { Binding } from '../domain/environment.js';
import type { EnvironmentStatus } from '../domain/environment-status.js';
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
  const { bucket, key, region, lockTable } = binding.backend;
  return {
    name: binding.name,
    protected: binding.policy.protected,
    backend: { bucket, key, region, lockTable: lockTable ?? null },
    state: state === null ? null : { serial: state.serial, lineage: state.lineage, resources: state.instances.length },
    lastDeployment: latest === null ? null : { ...deploymentSummary(latest), status: latest.status },
  };
}
