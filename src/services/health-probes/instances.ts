import { judgeInstance, watchedInstances } from '../../domain/health/instances.js';
import { asked, type Probe } from './probe.js';

/** The instances in the state. */
export const probeInstances: Probe<'instanceConditions'> = async (ports, { binding, state }) => {
  const watched = state === null ? [] : watchedInstances(state);
  if (watched.length === 0) return [];
  return asked('instances', 'status of the instances', async () => {
    const conditions = await ports.instanceConditions.instances(
      binding,
      watched.map(({ id }) => id),
    );
    const byId = new Map(conditions.map((condition) => [condition.id, condition]));
    const where = { environment: binding.name, region: binding.region };
    return watched.map((instance) => judgeInstance(instance, byId.get(instance.id) ?? null, where));
  });
};
