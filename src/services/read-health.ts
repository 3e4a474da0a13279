import type { Binding } from '../domain/environment.js';
import { type HealthReport, healthOf, notChecked } from '../domain/health.js';
import type { Ports } from '../ports/index.js';
import { abandonOnInterrupt } from './abandon-on-interrupt.js';
import { askAll, type HealthPort, WHOLE } from './health-probes/index.js';
import { SILENT } from './silent-report.js';
import { verifyIdentity } from './verify-identity.js';

/** The ports that reading an environment's health takes. */
export type HealthPorts = Pick<Ports, HealthPort | 'identities' | 'interruption' | 'stateStore'>;

/**
 * The health of an environment as it is now. Asks everything at once, waits for nothing to become better, and changes
 * nothing. What cannot be asked is `not-checked`; only a state that cannot be read fails it, and (exit 7) credentials of
 * another account, which would find nothing there.
 */
export async function readHealth(ports: HealthPorts, binding: Binding): Promise<HealthReport> {
  const work = Promise.all([
    verifyIdentity(ports, binding, SILENT),
    ports.stateStore
      .readState(binding)
      .then((state) => (state === null ? neverDeployed(binding) : askAll(WHOLE, ports, { binding, state }))),
  ]);
  const [, report] = await abandonOnInterrupt(ports.interruption, work);
  return report;
}

function neverDeployed({ name }: Binding): HealthReport {
  const why = `${name} was never deployed: it has no state`;
  return healthOf([notChecked('traffic', 'the environment', why, [`mhtctl deploy ${name}`])]);
}
