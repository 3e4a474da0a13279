import { awsEndpoint } from '../domain/emulated-aws.js';
import type { Binding } from '../domain/environment.js';
import { type HealthCheck, type HealthReport, healthOf } from '../domain/health.js';
import { listOutput, type State, stringOutput } from '../domain/state.js';
import type { Ports } from '../ports/index.js';
import type { StageReport } from '../ports/progress.js';

/** Longest time one HTTP probe may take. */
const PROBE_TIMEOUT_MS = 10_000;

/**
 * Probes the load balancer's targets and the application's health address until all are healthy or the policy's
 * deadline has passed. Returns the last answers; what could not be asked is `not-checked`.
 */
export async function probeHealth(
  ports: Pick<Ports, 'clock' | 'environment' | 'httpProbe' | 'interruption' | 'targetHealth'>,
  options: { readonly binding: Binding; readonly state: State | null; readonly report: StageReport },
): Promise<HealthReport> {
  const { binding, state, report } = options;
  const { deadlineSeconds, intervalSeconds } = binding.policy.health;
  const deadline = ports.clock.now().getTime() + deadlineSeconds * 1000;
  let said = '';
  for (;;) {
    const [targets, application] = await Promise.all([
      probeTargets(ports, binding, state),
      probeApplication(ports, binding, state),
    ]);
    const health = healthOf([...targets, application]);
    const sick = health.checks.filter(({ status }) => status === 'unhealthy');
    const timeIsUp = ports.clock.now().getTime() + intervalSeconds * 1000 > deadline;
    if (sick.length === 0 || timeIsUp || ports.interruption.interrupted) return health;
    const waiting = `waiting for ${sick.map(({ name, detail }) => `${name} (${detail})`).join(', ')}`;
    report.now(waiting);
    if (waiting !== said) report.event(waiting);
    said = waiting;
    await ports.clock.sleep(intervalSeconds * 1000, ports.interruption.signal);
  }
}

/** What cannot be asked, for want of a permission or of an answer, is not checked; it never stops a deployment. */
async function probeTargets(
  ports: Pick<Ports, 'targetHealth'>,
  binding: Binding,
  state: State | null,
): Promise<readonly HealthCheck[]> {
  const notChecked = (detail: string): readonly HealthCheck[] => [
    { name: 'targets of the load balancer', status: 'not-checked', detail },
  ];
  try {
    const targets = await ports.targetHealth.targets(binding, listOutput(state, 'target_group_arns'));
    return targets.length === 0 ? notChecked('the outputs name no target group') : targets;
  } catch (error) {
    return notChecked((error as Error).message);
  }
}

async function probeApplication(
  ports: Pick<Ports, 'environment' | 'httpProbe'>,
  binding: Binding,
  state: State | null,
): Promise<HealthCheck> {
  const { url, path } = binding.policy.health;
  if (url !== undefined) return ports.httpProbe.get(url, PROBE_TIMEOUT_MS);
  const base = stringOutput(state, 'api_base_url');
  if (base === undefined)
    return { name: 'GET /health', status: 'not-checked', detail: 'the outputs name no api_base_url' };
  if (awsEndpoint(ports.environment) !== undefined) {
    return { name: `GET ${base}${path}`, status: 'not-checked', detail: 'an emulated AWS serves no traffic' };
  }
  return ports.httpProbe.get(`${base}${path}`, PROBE_TIMEOUT_MS);
}
