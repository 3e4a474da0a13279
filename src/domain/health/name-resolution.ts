import { type HealthCheck, notChecked } from '../health.js';
import { shellWord } from '../shell-word.js';

/** What a name resolves to: its addresses, or the code by which that failed. */
export type Resolution = { readonly addresses: readonly string[] } | { readonly failure: string };

/** Codes by which a name is told not to exist, or to have no address. */
const NO_SUCH_NAME = new Set(['ENOTFOUND', 'ENODATA']);

/**
 * Whether the environment's name leads to its load balancer: a name that leads elsewhere is told apart from an
 * application that is sick. One address in common is enough, since of a load balancer's addresses an answer may name
 * only some (up to eight).
 * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html
 */
export function judgeResolution(
  name: { readonly host: string; readonly resolved: Resolution },
  loadBalancer: { readonly host: string; readonly resolved: Resolution },
): HealthCheck {
  const title = `DNS of ${name.host}`;
  const check = {
    group: 'traffic',
    name: title,
    nextSteps: [`dig +short ${shellWord(name.host)} ${shellWord(loadBalancer.host)}`],
  } as const;
  if ('failure' in name.resolved) {
    const { failure } = name.resolved;
    if (!NO_SUCH_NAME.has(failure)) return notChecked('traffic', title, `not resolved (${failure})`);
    return { ...check, status: 'unhealthy', detail: `does not resolve (${failure})` };
  }
  if ('failure' in loadBalancer.resolved) {
    const why = `the load balancer's own name ${loadBalancer.host} does not resolve (${loadBalancer.resolved.failure})`;
    return notChecked('traffic', title, why);
  }
  const own = new Set(loadBalancer.resolved.addresses);
  const { addresses } = name.resolved;
  if (addresses.some((address) => own.has(address))) {
    return { ...check, status: 'healthy', detail: 'resolves to the load balancer', nextSteps: [] };
  }
  const detail = `resolves to ${addresses.join(', ')}, not to the load balancer ${loadBalancer.host} (${[...own].join(', ')})`;
  return { ...check, status: 'unhealthy', detail };
}
