import { type HealthReport, healthOf } from '../../domain/health.js';
import type { Ports } from '../../ports/index.js';
import { probeAlarms } from './alarms.js';
import { probeApplication, probeLoadBalancer, probeName } from './application.js';
import { probeInstances } from './instances.js';
import type { Probe, ProbedEnvironment } from './probe.js';
import { probeQueues } from './queues.js';
import { probeTargets } from './targets.js';

/** The ports that asking whether an environment serves takes. */
export type ServingPort = 'environment' | 'httpProbe' | 'targetHealth';

/** The ports that asking for the whole of an environment's health takes. */
export type HealthPort = ServingPort | 'alarmConditions' | 'instanceConditions' | 'nameResolver' | 'queueBacklogs';

/** What says that an environment serves: what a deployment brings about, and waits for. */
export const SERVING: readonly Probe<ServingPort>[] = [probeTargets, probeApplication];

/** All that an environment's health is: also what a deployment neither brings about nor can wait for. */
export const WHOLE: readonly Probe<HealthPort>[] = [
  ...SERVING,
  probeLoadBalancer,
  probeName,
  probeInstances,
  probeAlarms,
  probeQueues,
];

/** Asks all at once. */
export async function askAll<Needed extends keyof Ports>(
  probes: readonly Probe<Needed>[],
  ports: Pick<Ports, Needed>,
  environment: ProbedEnvironment,
): Promise<HealthReport> {
  return healthOf((await Promise.all(probes.map((probe) => probe(ports, environment)))).flat());
}
