import type { EnvironmentEvidence, Evidence } from '../evidence.js';
import { canonicalId, isEc2Id, parseArn } from '../identifiers.js';
import { backendIds, type Ownership } from '../ownership.js';
import { type Place, placeOf } from '../state-facts.js';
import { Pattern } from './pattern.js';

/** A resource of an environment by its ARN. */
export interface Possession {
  /** Canonical identifier. */
  readonly id: string;
  readonly arn: string;
  readonly service: string;
  readonly accountId: string;
  readonly region: string;
}

/** A possession that a pattern reaches: itself, or what lies below it. */
export interface Hit {
  readonly possession: Possession;
  readonly region: Pattern;
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
  readonly #byService = new Map<string, Possession[]>();
  readonly #byArn = new Map<string, Possession>();
  readonly #sorted = new Map<string, readonly Possession[]>();
  readonly #ec2Ids = new Set<string>();
  #principals: readonly Possession[] | undefined;
  #networks: { readonly vpcs: readonly string[]; readonly vpcEndpoints: readonly string[] } | undefined;

  constructor(environment: EnvironmentEvidence) {
    this.name = environment.binding.name;
    this.place = placeOf(environment);
    this.accountId = this.place.accountId === '' ? undefined : this.place.accountId;
  }

  /** Takes a resource in, once by its ARN. What has none can be in no policy. */
  add(identifier: string): void {
    const arn = arnOf(identifier, this.place);
    const id = canonicalId(identifier);
    if (isEc2Id(id)) this.#ec2Ids.add(id);
    const parts = arn === undefined ? undefined : parseArn(arn);
    if (arn === undefined || parts === undefined || this.#byArn.has(arn)) return;
    const { service, accountId, region } = parts;
    const possession: Possession = {
      id,
      arn,
      service,
      // A bucket's ARN has neither.
      accountId: accountId === '' ? this.place.accountId : accountId,
      region: region === '' && service === 's3' ? this.place.region : region,
    };
    this.#byArn.set(arn, possession);
    const list = this.#byService.get(service);
    if (list === undefined) this.#byService.set(service, [possession]);
    else list.push(possession);
  }

  get services(): readonly string[] {
    return [...this.#byService.keys()];
  }

  /** Users and roles. */
  get principals(): readonly Possession[] {
    this.#principals ??= this.of('iam').filter(({ arn }) => /^arn:[^:]+:iam::\d*:(?:role|user)\//.test(arn));
    return this.#principals;
  }

  /** Where its principals' requests may come through. */
  get networks(): { readonly vpcs: readonly string[]; readonly vpcEndpoints: readonly string[] } {
    this.#networks ??= {
      vpcs: [...this.#ec2Ids].filter((id) => /^vpc-[0-9a-f]+$/.test(id)),
      vpcEndpoints: [...this.#ec2Ids].filter((id) => /^vpce-[0-9a-f]+$/.test(id)),
    };
    return this.#networks;
  }

  /** Its resources of a service, in the order of their ARNs. */
  of(service: string): readonly Possession[] {
    const known = this.#sorted.get(service);
    if (known !== undefined) return known;
    const sorted = [...(this.#byService.get(service) ?? [])].sort((left, right) => (left.arn < right.arn ? -1 : 1));
    this.#sorted.set(service, sorted);
    return sorted;
  }

  /** A resource and what is below it, as patterns. */
  regionsOf({ arn, service }: Possession): readonly Pattern[] {
    const separator = PARTS_AFTER[service];
    if (separator === undefined) return [Pattern.literal(arn)];
    return [Pattern.literal(arn), Pattern.joined([Pattern.literal(arn + separator), Pattern.ANYTHING])];
  }

  /**
   * What a pattern matches among the resources of a service. Only ARNs that begin as the pattern does are looked at, and
   * the wholes that its beginning is a part of.
   */
  *matching(pattern: Pattern, service: string): Generator<Hit> {
    const [, , named] = pattern.prefix.split(':');
    // The service of a pattern is complete once the colon after it is.
    if (pattern.prefix.split(':').length > 3 && named !== service) return;
    const separator = PARTS_AFTER[service];
    if (separator !== undefined) yield* this.#wholesOf(pattern, separator);
    const list = this.of(service);
    for (let index = firstFrom(list, pattern.prefix); index < list.length; index += 1) {
      const possession = list[index];
      if (possession === undefined || !possession.arn.startsWith(pattern.prefix)) return;
      const [self, below] = this.regionsOf(possession);
      if (self !== undefined && pattern.matches(possession.arn)) yield { possession, region: self };
      if (below !== undefined && pattern.mayStartWith(below.prefix)) yield { possession, region: below };
    }
  }

  /** Resources whose ARN is shorter than the pattern's beginning: the bucket of `arn:aws:s3:::bucket/logs/*`. */
  *#wholesOf(pattern: Pattern, separator: string): Generator<Hit> {
    const { prefix } = pattern;
    for (let at = prefix.indexOf(separator); at >= 0; at = prefix.indexOf(separator, at + 1)) {
      const possession = this.#byArn.get(prefix.slice(0, at));
      const below = possession === undefined ? undefined : this.regionsOf(possession)[1];
      // The part that the pattern means, and no other, is what must be forbidden for it to be out of reach.
      if (possession !== undefined && below !== undefined) yield { possession, region: pattern };
    }
  }
}

/**
 * What belongs to each environment: in states, in AWS, in the tag inventory, and the backends. What several claim is
 * contested, which other rules say; nothing follows from it here.
 */
export function estatesOf(evidence: Evidence, ownership: Ownership): ReadonlyMap<string, Estate> {
  const estates = new Map(
    evidence.environments.map((environment) => [environment.binding.name, new Estate(environment)] as const),
  );
  const identifiers = new Set([
    // Full ARNs first: what comes as a bare id has its ARN already.
    ...evidence.inventory.map(({ arn }) => arn),
    ...evidence.environments.flatMap(backendIds),
    ...ownership.managed(),
    ...evidence.facts.resources.map(({ id }) => id),
  ]);
  for (const identifier of identifiers) {
    const [owner, ...others] = ownership.ownersOf(identifier);
    if (owner !== undefined && others.length === 0) estates.get(owner)?.add(identifier);
  }
  return estates;
}

/** The first place in a sorted list whose ARN is not before a text. */
function firstFrom(list: readonly Possession[], text: string): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle]?.arn ?? '') < text) low = middle + 1;
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
