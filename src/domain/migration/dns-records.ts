import type { Binding } from '../environment.js';
import type { Facts } from '../separation/facts.js';
import { dnsName } from '../separation/state-facts.js';

/** What is to be done about a record. */
export type RecordTask = 'none' | 'change' | 'create' | 'made-by-deploy' | 'remove-first' | 'not-checked';

/** A DNS record of an environment: where it points, and where it has to. */
export interface DnsRecord {
  readonly environment: string;
  /** The name, like `staging.api.example.com`. */
  readonly name: string;
  /** Where it points now; empty when there is no such record, or it was not checked. */
  readonly pointsAt: readonly string[];
  /** The load balancer it has to point at; null while there is none. */
  readonly wanted: string | null;
  readonly task: RecordTask;
}

/**
 * The records by which the environments' APIs are reached (`dns_name`), with what Route 53 says of them now.
 * @param kept the environment that is live, with its load balancer's own DNS name
 * @param live what AWS answered; null where it could not be asked
 */
export function dnsRecords(
  bindings: readonly Binding[],
  kept: { readonly environment: string; readonly loadBalancer: string | undefined },
  live: Pick<Facts, 'resources' | 'relations'> | null,
): readonly DnsRecord[] {
  return bindings.flatMap(({ name: environment, variables }) => {
    const name = variables['dns_name'];
    if (typeof name !== 'string' || name === '') return [];
    const wanted = environment === kept.environment ? (kept.loadBalancer ?? null) : null;
    const pointsAt = live === null ? [] : targetsOf(name, live);
    const task = live === null ? 'not-checked' : taskOf(environment === kept.environment, pointsAt, wanted);
    return [{ environment, name, pointsAt, wanted, task }];
  });
}

function taskOf(isKept: boolean, pointsAt: readonly string[], wanted: string | null): RecordTask {
  if (!isKept) return pointsAt.length === 0 ? 'made-by-deploy' : 'remove-first';
  if (wanted === null) return pointsAt.length === 0 ? 'create' : 'not-checked';
  if (pointsAt.length === 0) return 'create';
  return pointsAt.every((target) => target === dnsName(wanted)) ? 'none' : 'change';
}

/** Where the address records of a name point: load balancers and other names, or addresses. */
function targetsOf(name: string, { resources, relations }: Pick<Facts, 'resources' | 'relations'>): readonly string[] {
  const ids = new Set(
    resources
      .filter(
        (fact) => fact.type === 'aws_route53_record' && fact.name === name && /\/(A|AAAA|CNAME)(\/|$)/.test(fact.id),
      )
      .map(({ id }) => id),
  );
  const targets = relations.filter(({ kind, from }) => kind === 'dns-record' && ids.has(from)).map(({ to }) => to);
  return [...new Set(targets)];
}
