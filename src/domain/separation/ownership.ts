import { cidrContains, isCidr } from './cidr.js';
import type { Evidence } from './evidence.js';
import type { ResourceFact } from './facts.js';
import { canonicalId, parseArn } from './identifiers.js';
import type { Inventory, Tags } from './inventory.js';
import { bindingsOf, environmentOfDnsName, environmentsNamed } from './names.js';
import { placeOf, type StateResource, stateResources } from './state-facts.js';

const NONE: ReadonlySet<string> = new Set();

/** Whose a resource is. Built once from the evidence; every answer is a look into a map. */
export class Ownership {
  readonly #evidence: Evidence;
  readonly #inStates = new Map<string, Map<string, StateResource>>();
  readonly #resources = new Map<string, ResourceFact>();
  readonly #aliases = new Map<string, string>();
  /** Identifiers that mean another, and were resolved before: the same ones are asked for by every rule. */
  readonly #resolved = new Map<string, string>();
  readonly #inventory: Inventory;
  /** The ARNs of the inventory whose resources have another identifier, by that: EC2's, and those of parts. */
  readonly #listedAs = new Map<string, string>();
  readonly #backends = new Map<string, ReadonlySet<string>>();
  readonly #accounts = new Map<string, string | null>();
  readonly #answers = new Map<string, ReadonlySet<string>>();
  /** Sets of names, by the names: most resources belong to one of few environments. */
  readonly #owners = new Map<string, ReadonlySet<string>>();
  /** The VPC that something is placed in. */
  readonly #vpcs = new Map<string, string>();
  /** The key behind an alias. */
  readonly #keys = new Map<string, string>();
  /** CIDR blocks of VPCs, with the VPC. */
  readonly #networks: readonly (readonly [cidr: string, vpc: string])[];

  constructor(evidence: Evidence) {
    this.#evidence = evidence;
    this.#inventory = evidence.inventory;
    for (const arn of evidence.inventory.keys()) {
      const id = canonicalId(arn);
      if (id !== arn) this.#listedAs.set(id, arn);
    }
    for (const environment of evidence.environments) {
      const { name } = environment.binding;
      for (const resource of stateResources(environment)) {
        for (const id of [...resource.ids, ...resource.otherIds.keys()]) {
          const states = this.#inStates.get(id) ?? new Map<string, StateResource>();
          if (standsFor(id, resource, states.get(name))) states.set(name, resource);
          this.#inStates.set(id, states);
        }
      }
      for (const id of backendIds(environment)) {
        this.#resources.set(id, backendResource(id));
        this.#backends.set(id, new Set([...(this.#backends.get(id) ?? []), name]));
      }
      const account = environment.identity?.accountId ?? environment.binding.accountId;
      // An account that two environments share says nothing.
      if (account !== undefined) this.#accounts.set(account, this.#accounts.has(account) ? null : name);
    }
    // What AWS says now comes after what the states remember, and goes before it.
    const live = new Set(evidence.live.resources);
    for (const resource of evidence.facts.resources) if (!live.has(resource)) this.#learn(resource);
    for (const resource of evidence.live.resources) this.#learn(resource);
    for (const { kind, from, to } of evidence.facts.relations) {
      if (kind === 'placed-in' && to.startsWith('vpc-')) this.#vpcs.set(from, to);
      if (kind === 'key-alias') this.#keys.set(from, to);
    }
    this.#networks = evidence.facts.relations
      .filter(({ kind }) => kind === 'vpc-cidr')
      .map(({ from, to }) => [to, from] as const);
  }

  /** The canonical identifier behind a URL, a DNS name, an address or another spelling. */
  resolve(identifier: string): string {
    const known = this.#resolved.get(identifier);
    if (known !== undefined) return known;
    const id = canonicalId(identifier);
    const resolved =
      this.#aliases.get(id) ?? this.#aliases.get(identifier) ?? this.#aliases.get(hostOf(id).toLowerCase()) ?? id;
    if (resolved !== identifier) this.#resolved.set(identifier, resolved);
    return resolved;
  }

  /** What is known of a resource; undefined when only its identifier is. */
  resource(identifier: string): ResourceFact | undefined {
    return this.#resources.get(this.resolve(identifier));
  }

  /** Its tags as AWS tells them: the service's own answer before that of the tagging API. Undefined when nobody told. */
  liveTags(identifier: string): Readonly<Record<string, string>> | undefined {
    const id = this.resolve(identifier);
    return this.#resources.get(id)?.tags ?? this.#listedTags(id);
  }

  /** Every ARN of the tag inventory, with the canonical identifier and the tags. A whole comes with its parts. */
  *inventory(): Iterable<readonly [id: string, arn: string, tags: Tags]> {
    for (const [arn, tags] of this.#inventory) yield [canonicalId(arn), arn, tags];
  }

  /** Canonical identifiers of everything that AWS lists, each once. */
  *listed(): Iterable<string> {
    for (const arn of this.#inventory.keys()) {
      const id = canonicalId(arn);
      if (id === arn || (this.#listedAs.get(id) === arn && !this.#inventory.has(id))) yield id;
    }
    const others = this.#evidence.live.resources.filter(({ id }) => !this.#isListed(id));
    yield* new Set(others.map(({ id }) => id));
  }

  /** Whether AWS itself made it, for everybody. */
  isAwsManaged(identifier: string): boolean {
    return this.resource(identifier)?.awsManaged === true;
  }

  /** Whether it is a state bucket or a lock table, which no state holds. */
  isBackend(identifier: string): boolean {
    return this.#backends.has(this.resolve(identifier));
  }

  /** Every identifier in any state. */
  managed(): readonly string[] {
    return [...this.#inStates.keys()];
  }

  /** The environments whose states hold the resource, with its place there. */
  inStates(identifier: string): ReadonlyMap<string, StateResource> {
    return this.#inStates.get(this.resolve(identifier)) ?? new Map();
  }

  /**
   * The environments a resource belongs to: those whose state holds it; else the one its tag names exactly; else the one
   * whose account, shared with no other, it is in; else the one whose DNS name it is or is below; else that of what it is
   * a part of, or of the VPC it is in; else the one its name carries; else that of the key it is an alias of.
   * Empty for what belongs to none: another project's, AWS's own, the internet.
   */
  ownersOf(identifier: string): ReadonlySet<string> {
    const id = this.resolve(identifier);
    const known = this.#answers.get(id);
    if (known !== undefined) return known;
    const answer = this.#find(id);
    // What the inventory lists besides the states says at once whose it is, and there may be very many.
    if (this.#inStates.has(id) || !this.#isListed(id)) this.#answers.set(id, answer);
    return answer;
  }

  /** The ARN of a resource, as AWS lists it or as a state has it; undefined where nobody told. */
  arnOf(identifier: string): string | undefined {
    const id = this.resolve(identifier);
    if (id.startsWith('arn:')) return id;
    const inStates = [...this.inStates(id).values()].map(({ instance }) => instance.attributes['arn']);
    const ofState = inStates.find((arn): arn is string => typeof arn === 'string' && canonicalId(arn) === id);
    return this.#listedAs.get(id) ?? ofState;
  }

  /** How a finding names a resource: by its address in the environment's state, else by its identifier. */
  describe(identifier: string, environment: string): string {
    return this.inStates(identifier).get(environment)?.address ?? this.resolve(identifier);
  }

  #isListed(id: string): boolean {
    return this.#inventory.has(id) || this.#listedAs.has(id);
  }

  /** The tags that the inventory has of a resource: its own before those of a part. */
  #listedTags(id: string): Tags | undefined {
    return this.#inventory.get(id) ?? this.#inventory.get(this.#listedAs.get(id) ?? '');
  }

  /** Notes a resource, over what was known of it. */
  #learn(resource: ResourceFact): void {
    const { id, aliases } = resource;
    const known = this.#resources.get(id);
    this.#resources.set(id, known === undefined ? resource : merged(known, resource));
    for (const alias of aliases) {
      const other = this.#aliases.get(alias);
      if (other === undefined || this.#goesBefore(id, other)) this.#aliases.set(alias, id);
    }
  }

  /** Whether a name that two resources have, like the address of an elastic IP and its instance, means the first. */
  #goesBefore(id: string, other: string): boolean {
    const [held, otherHeld] = [this.#inStates.has(id), this.#inStates.has(other)];
    return held === otherHeld ? id < other : held;
  }

  /** Goes from a part to its whole, and on. Parts that name each other end where they began. */
  #find(id: string): ReadonlySet<string> {
    const seen = new Set<string>();
    const waiting = [id];
    for (let each = waiting.pop(); each !== undefined; each = waiting.pop()) {
      if (seen.has(each)) continue;
      seen.add(each);
      const told = this.#told(each);
      if (told.size > 0) return told;
      const wholes = [this.#vpcs.get(each), this.#resources.get(each)?.partOf];
      for (const whole of wholes) if (whole !== undefined) waiting.push(this.resolve(whole));
    }
    const bindings = bindingsOf(this.#evidence);
    for (const each of [...seen].reverse()) {
      const named = environmentsNamed(this.#resources.get(each)?.name ?? nameIn(each), bindings, 'own');
      if (named.length === 1) return this.#ownedBy(named);
    }
    const key = this.resolve(this.#keys.get(id) ?? id);
    // A state may say that an alias is of an alias, and that one of the first.
    return key === id || this.#keys.has(key) ? NONE : this.ownersOf(key);
  }

  /** Whose a resource is by itself, its name aside. */
  #told(id: string): ReadonlySet<string> {
    const resource = this.#resources.get(id);
    const tagged = this.#environmentOfTags(resource?.tags ?? this.#listedTags(id));
    const states = this.#inStates.get(id);
    // In the state of one and tagged with another, it is contested: its own rule says so, and nothing follows from it.
    if (states !== undefined) return this.#ownedBy([...states.keys(), ...(tagged === undefined ? [] : [tagged])]);
    const backend = this.#backends.get(id);
    if (backend !== undefined) return backend;
    const host = hostOf(id);
    if (isCidr(host)) return this.#ownersOfAddress(host);
    if (tagged !== undefined) return this.#ownedBy([tagged]);
    const ofAccount = this.#accounts.get(parseArn(id)?.accountId ?? id);
    if (typeof ofAccount === 'string') return this.#ownedBy([ofAccount]);
    // Before the zone that a record is in: a record for one environment may stand in the other's zone.
    const ofDns = environmentOfDnsName(
      resource?.type === 'aws_route53_record' ? (resource.name ?? '') : host,
      bindingsOf(this.#evidence),
    );
    return ofDns === undefined ? NONE : this.#ownedBy([ofDns]);
  }

  #ownedBy(names: readonly string[]): ReadonlySet<string> {
    const key = names.join(' ');
    const known = this.#owners.get(key) ?? new Set(names);
    this.#owners.set(key, known);
    return known;
  }

  /** Of an address inside one environment's network. A block that reaches into several belongs to none. */
  #ownersOfAddress(address: string): ReadonlySet<string> {
    const owners = this.#networks
      .filter(([cidr]) => cidrContains(cidr, address))
      .flatMap(([, vpc]) => [...this.ownersOf(vpc)]);
    return new Set(owners).size === 1 ? new Set(owners) : NONE;
  }

  #environmentOfTags(tags: Readonly<Record<string, string>> | undefined): string | undefined {
    if (tags === undefined) return undefined;
    const environment = this.#evidence.environments.find(({ binding }) => binding.name === tags['Environment']);
    if (environment === undefined) return undefined;
    // Another project in the same account may have an environment of that name.
    const project = environment.binding.variables['project_name'];
    const other = tags['Project'] !== undefined && project !== undefined && tags['Project'] !== project;
    return other ? undefined : environment.binding.name;
  }
}

/** Whether an identifier means a resource rather than another that has it: itself before its whole, then the first. */
function standsFor(id: string, resource: StateResource, other: StateResource | undefined): boolean {
  if (other === undefined) return true;
  const [own, othersOwn] = [resource.ids[0] === id, other.ids[0] === id];
  return own === othersOwn ? resource.address < other.address : own;
}

/** The state bucket and the lock table: an environment's own, though in no state. */
export function backendIds(environment: Evidence['environments'][number]): readonly string[] {
  const { partition, accountId } = placeOf(environment);
  const { bucket, lockTable, region } = environment.binding.backend;
  return [
    `arn:${partition}:s3:::${bucket}`,
    ...(lockTable === undefined ? [] : [`arn:${partition}:dynamodb:${region}:${accountId}:table/${lockTable}`]),
  ];
}

function backendResource(id: string): ResourceFact {
  const type = id.includes(':s3:::') ? 'aws_s3_bucket' : 'aws_dynamodb_table';
  return { id, aliases: [], type, name: nameIn(id), tags: undefined, partOf: undefined };
}

/** The host of a URL; any other text as it is. */
function hostOf(id: string): string {
  return /^[a-z]+:\/\/([^/:?#]+)/i.exec(id)?.[1] ?? id;
}

/** The part of an identifier that people chose. */
function nameIn(id: string): string {
  return parseArn(id)?.resource ?? id;
}

/** What two sources say of one resource; what AWS says now goes before what the state remembers. */
function merged(first: ResourceFact, second: ResourceFact): ResourceFact {
  return {
    id: first.id,
    aliases: [...new Set([...first.aliases, ...second.aliases])],
    type: first.type,
    name: second.name ?? first.name,
    tags: second.tags ?? first.tags,
    partOf: second.partOf ?? first.partOf,
    ...(first.awsManaged === true || second.awsManaged === true ? { awsManaged: true } : {}),
  };
}
