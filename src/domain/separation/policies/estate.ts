import type { EnvironmentEvidence, Evidence } from '../evidence.js';
import { canonicalId, isEc2Id } from '../identifiers.js';
import { backendIds, type Ownership } from '../ownership.js';
import { type Place, placeOf } from '../state-facts.js';
import { Pattern } from './pattern.js';

/** A resource that a pattern reaches: itself, or what lies below it. */
export interface Hit {
  readonly arn: string;
  readonly region: Pattern;
  /** What is reached, to show. */
  readonly example: string;
}

/**
 * What stands between the ARN of a resource and those of its parts that are no resources of their own: objects of a
 * bucket, streams of a log group, indexes of a table, versions of a function.
 */
const PARTS_AFTER: Readonly<Record<string, string>> = {
  dynamodb: '/',
  es: '/',
  kinesis: '/',
  lambda: ':',
  logs: ':',
  s3: '/',
  sns: ':',
  states: ':',
};

/** Everything that belongs to an environment, by its ARNs, so that a pattern is compared with few of them. */
export class Estate {
  readonly name: string;
  readonly place: Place;
  /** Its account; undefined when nobody told. */
  readonly accountId: string | undefined;
  readonly #arns = new Map<string, string[]>();
  readonly #sorted = new Map<string, readonly string[]>();
  readonly #networkIds = new Set<string>();
  #principals: readonly string[] | undefined;
  #vpcs: readonly string[] | undefined;
  #networks: { readonly vpcs: readonly string[]; readonly vpcEndpoints: readonly string[] } | undefined;

  constructor(environment: EnvironmentEvidence) {
    this.name = environment.binding.name;
    this.place = placeOf(environment);
    this.accountId = this.place.accountId === '' ? undefined : this.place.accountId;
  }

  /** Takes a resource in. What has no ARN can be in no policy. */
  add(identifier: string): void {
    const id = canonicalId(identifier);
    if (/^vpce?-/.test(id) && isEc2Id(id)) this.#networkIds.add(id);
    const arn = arnOf(identifier, this.place);
    const service = arn === undefined ? undefined : serviceOf(arn);
    if (arn === undefined || service === undefined) return;
    const list = this.#arns.get(service);
    if (list === undefined) this.#arns.set(service, [arn]);
    else list.push(arn);
  }

  get services(): readonly string[] {
    return [...this.#arns.keys()];
  }

  /** Users and roles. */
  get principals(): readonly string[] {
    this.#principals ??= this.of('iam').filter((arn) => /^arn:[^:]+:iam::\d*:(?:role|user)\//.test(arn));
    return this.#principals;
  }

  /** ARNs of its networks. */
  get vpcs(): readonly string[] {
    this.#vpcs ??= this.of('ec2').filter((arn) => arn.includes(':vpc/'));
    return this.#vpcs;
  }

  /** Where its principals' requests may come through. */
  get networks(): { readonly vpcs: readonly string[]; readonly vpcEndpoints: readonly string[] } {
    this.#networks ??= {
      vpcs: [...this.#networkIds].filter((id) => /^vpc-[0-9a-f]+$/.test(id)),
      vpcEndpoints: [...this.#networkIds].filter((id) => /^vpce-[0-9a-f]+$/.test(id)),
    };
    return this.#networks;
  }

  /** ARNs of its resources of a service, sorted, each once. */
  of(service: string): readonly string[] {
    const known = this.#sorted.get(service);
    if (known !== undefined) return known;
    // In place: there may be very many.
    const list = this.#arns.get(service) ?? [];
    list.sort();
    let kept = 0;
    for (const arn of list) {
      if (kept > 0 && arn === list[kept - 1]) continue;
      list[kept] = arn;
      kept += 1;
    }
    list.length = kept;
    this.#sorted.set(service, list);
    return list;
  }

  /** The services that a pattern may match something of: the one it names, or all of which there is something. */
  servicesFor(pattern: Pattern): readonly string[] {
    const named = serviceOf(pattern.prefix);
    if (named === undefined) return this.services;
    return this.#arns.has(named) ? [named] : [];
  }

  /** A resource and what is below it, as patterns. */
  regionsOf(arn: string): readonly Pattern[] {
    const separator = PARTS_AFTER[serviceOf(arn) ?? ''];
    if (separator === undefined) return [Pattern.literal(arn)];
    return [Pattern.literal(arn), Pattern.joined([Pattern.literal(arn + separator), Pattern.ANYTHING])];
  }

  /**
   * What a pattern matches among the resources of a service. Only ARNs that begin as the pattern does are looked at, and
   * the wholes that its beginning is a part of.
   */
  *matching(pattern: Pattern, service: string): Generator<Hit> {
    const separator = PARTS_AFTER[service];
    const list = this.of(service);
    const { prefix } = pattern;
    if (separator !== undefined) yield* wholesOf(pattern, separator, list);
    for (let index = firstFrom(list, prefix); index < list.length; index += 1) {
      const arn = list[index];
      if (arn === undefined || !arn.startsWith(prefix)) return;
      yield* this.#hitsIn(arn, pattern, service);
    }
  }

  *#hitsIn(arn: string, pattern: Pattern, service: string): Generator<Hit> {
    if (pattern.matches(arn)) yield { arn, region: Pattern.literal(arn), example: arn };
    const separator = PARTS_AFTER[service];
    if (separator === undefined) return;
    const [, below] = this.regionsOf(arn);
    if (below === undefined) return;
    if (pattern.goesOnAfter(arn, separator)) yield { arn, region: below, example: arn };
    // Whoever writes an object chooses its key, and a `*` runs over slashes: `*-staging-*` matches `bucket/a-staging-b`
    // in every bucket. Streams, indexes and versions are not named at will.
    else if (service === 's3' && pattern.mayStartWith(below.prefix))
      yield { arn, region: below, example: below.prefix + pattern.example };
  }
}

/** Resources whose ARN is shorter than the pattern's beginning: the bucket of `arn:aws:s3:::bucket/logs/*`. */
function* wholesOf(pattern: Pattern, separator: string, list: readonly string[]): Generator<Hit> {
  const { prefix } = pattern;
  for (let at = prefix.indexOf(separator); at >= 0; at = prefix.indexOf(separator, at + 1)) {
    const arn = prefix.slice(0, at);
    // The part that the pattern means, and no other, is what must be forbidden for it to be out of reach.
    if (list[firstFrom(list, arn)] === arn) yield { arn, region: pattern, example: arn };
  }
}

/** The service of an ARN or of the beginning of one; undefined while it is not complete. */
function serviceOf(text: string): string | undefined {
  if (!text.startsWith('arn:')) return undefined;
  const from = text.indexOf(':', 4) + 1;
  const to = text.indexOf(':', from);
  return from === 0 || to < 0 ? undefined : text.slice(from, to);
}

/**
 * What belongs to each environment: in states, in AWS, in the tag inventory, and the backends. What several claim is
 * contested, which other rules say; nothing follows from it here.
 */
export function estatesOf(evidence: Evidence, ownership: Ownership): ReadonlyMap<string, Estate> {
  const estates = new Map(
    evidence.environments.map((environment) => [environment.binding.name, new Estate(environment)] as const),
  );
  const take = (identifier: string, id = identifier): void => {
    const [owner, ...others] = ownership.ownersOf(id);
    if (owner !== undefined && others.length === 0) estates.get(owner)?.add(identifier);
  };
  for (const [id, arn] of ownership.inventory()) take(arn, id);
  for (const { id } of evidence.facts.resources) take(id);
  for (const identifier of ownership.managed()) take(identifier);
  for (const environment of evidence.environments) for (const identifier of backendIds(environment)) take(identifier);
  return estates;
}

/** The first place in a sorted list whose ARN is not before a text. */
function firstFrom(list: readonly string[], text: string): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle] ?? '') < text) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * What EC2 calls a resource in its ARN, by the prefix of its id, where they differ.
 * Source: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
 */
const EC2_KINDS: Readonly<Record<string, string>> = {
  acl: 'network-acl',
  ami: 'image',
  cgw: 'customer-gateway',
  dopt: 'dhcp-options',
  eipalloc: 'elastic-ip',
  eni: 'network-interface',
  fl: 'vpc-flow-log',
  i: 'instance',
  igw: 'internet-gateway',
  key: 'key-pair',
  lt: 'launch-template',
  nat: 'natgateway',
  pcx: 'vpc-peering-connection',
  pl: 'prefix-list',
  rtb: 'route-table',
  sg: 'security-group',
  sgr: 'security-group-rule',
  snap: 'snapshot',
  subnet: 'subnet',
  tgw: 'transit-gateway',
  'tgw-attach': 'transit-gateway-attachment',
  'tgw-rtb': 'transit-gateway-route-table',
  vgw: 'vpn-gateway',
  vol: 'volume',
  vpc: 'vpc',
  vpce: 'vpc-endpoint',
  'vpce-svc': 'vpc-endpoint-service',
  vpn: 'vpn-connection',
};

/** The ARN of a resource by its identifier; undefined for what has none, or one that its id does not tell. */
function arnOf(identifier: string, { partition, region, accountId }: Place): string | undefined {
  if (!isEc2Id(identifier)) return identifier.startsWith('arn:') ? identifier : undefined;
  const kind = EC2_KINDS[identifier.slice(0, identifier.lastIndexOf('-'))];
  return kind === undefined ? undefined : `arn:${partition}:ec2:${region}:${accountId}:${kind}/${identifier}`;
}
