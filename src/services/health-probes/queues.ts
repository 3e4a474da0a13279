import { judgeQueue } from '../../domain/health/queues.js';
import { watchedQueues } from '../../domain/health/watched-queues.js';
import type { HealthCheck } from '../../domain/health.js';
import { asked, type Probe } from './probe.js';

/** The queues in the state, dead-letter queues among them. */
export const probeQueues: Probe<'queueBacklogs'> = async (ports, { binding, state }) => {
  const watched = state === null ? [] : watchedQueues(state, binding);
  if (watched.length === 0) return [];
  const where = { environment: binding.name, region: binding.region };
  const ages = ports.queueBacklogs.oldestSeconds(
    binding,
    watched.map(({ name }) => name),
  );
  // An age that is not known is a check of its own; what a queue holds is judged without it.
  const known = ages.catch((): ReadonlyMap<string, number> => new Map());
  const checks = watched.map((queue) =>
    asked('queues', queue.name, async () => {
      const counts = await ports.queueBacklogs.counts(binding, queue.url);
      return [judgeQueue(queue, counts, (await known).get(queue.name) ?? null, where)];
    }),
  );
  const age = asked('queues', 'age of the oldest messages', () => ages.then((): readonly HealthCheck[] => []));
  return (await Promise.all([...checks, age])).flat();
};
