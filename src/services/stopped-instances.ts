import type { Binding } from '../domain/environment.js';
import { judgeInstance, watchedInstances } from '../domain/health/instances.js';
import type { HealthCheck } from '../domain/health.js';
import type { State } from '../domain/state.js';
import type { Ports } from '../ports/index.js';

const STOPPED: ReadonlySet<string> = new Set(['stopping', 'stopped']);

/**
 * The checks of an environment's instances where every one of them is stopped, as at night by a schedule; undefined
 * where one is not, and where EC2 does not say.
 */
export async function stoppedInstances(
  ports: Pick<Ports, 'instanceConditions'>,
  { binding, state }: { readonly binding: Binding; readonly state: State | null },
): Promise<readonly HealthCheck[] | undefined> {
  const watched = state === null ? [] : watchedInstances(state);
  if (watched.length === 0) return undefined;
  const ids = watched.map(({ id }) => id);
  const conditions = await ports.instanceConditions.instances(binding, ids).catch(() => []);
  const byId = new Map(conditions.map((condition) => [condition.id, condition]));
  if (!ids.every((id) => STOPPED.has(byId.get(id)?.state ?? ''))) return undefined;
  const where = { environment: binding.name, region: binding.region };
  return watched.map((instance) => judgeInstance(instance, byId.get(instance.id) ?? null, where));
}
