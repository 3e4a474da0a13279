import type { Binding } from '../domain/environment.js';
import { type ResourceName, resourceNames } from '../domain/resource-names.js';
import type { Ports } from '../ports/index.js';
import { abandonOnInterrupt } from './abandon-on-interrupt.js';

/** Every resource of an environment's state by its name; none where there is no state yet. */
export async function stateNames(
  ports: Pick<Ports, 'catalog' | 'interruption' | 'stateStore'>,
  binding: Binding,
): Promise<readonly ResourceName[]> {
  const [state, bindings] = await abandonOnInterrupt(
    ports.interruption,
    Promise.all([ports.stateStore.readState(binding), ports.catalog.bindForComparison([])]),
  );
  return resourceNames(state?.instances ?? [], binding.name, bindings);
}
