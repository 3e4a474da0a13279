import type { Binding } from '../domain/environment.js';
import { type HealthReport, healthOf } from '../domain/health.js';
import type { State } from '../domain/state.js';
import type { Ports } from '../ports/index.js';
import type { StageReport } from '../ports/progress.js';
import { askAll, SERVING } from './health-probes/index.js';
import { stoppedInstances } from './stopped-instances.js';

/**
 * Probes the load balancer's targets and the application's health address until all are healthy or the policy's
 * deadline has passed. Returns the last answers; what could not be asked is `not-checked`. Instances that are all
 * stopped are not waited for: nothing that a deployment does starts them.
 */
export async function probeHealth(
  ports: Pick<Ports, 'clock' | 'environment' | 'httpProbe' | 'instanceConditions' | 'interruption' | 'targetHealth'>,
  options: { readonly binding: Binding; readonly state: State | null; readonly report: StageReport },
): Promise<HealthReport> {
  const { binding, report } = options;
  const { deadlineSeconds, intervalSeconds } = binding.policy.health;
  const deadline = ports.clock.now().getTime() + deadlineSeconds * 1000;
  let said: string | undefined;
  for (;;) {
    const health = await askAll(SERVING, ports, options);
    const sick = health.checks.filter(({ status }) => status === 'unhealthy');
    const timeIsUp = ports.clock.now().getTime() + intervalSeconds * 1000 > deadline;
    if (sick.length === 0 || timeIsUp || ports.interruption.interrupted) return health;
    const stopped = said === undefined ? await stoppedInstances(ports, options) : undefined;
    if (stopped !== undefined) {
      report.note(`the instances are stopped, so nothing is waited for; start them: mhtctl start ${binding.name}`);
      return healthOf([...health.checks, ...stopped]);
    }
    const waiting = `waiting for ${sick.map(({ name, detail }) => `${name} (${detail})`).join(', ')}`;
    report.now(waiting);
    if (waiting !== said) report.event(waiting);
    said = waiting;
    await ports.clock.sleep(intervalSeconds * 1000, ports.interruption.signal);
  }
}
