import type { State, StateInstance } from '../state.js';
import { plainText } from '../user-data.js';
import { documentsAt, textsAt } from './attribute-paths.js';
import type { EnvironmentEvidence } from './evidence.js';
import type { Facts, PolicyFact, Relation, RelationKind, ResourceFact } from './facts.js';
import { type Arn, canonicalId, isEc2Id, isPlannedId, parseArn } from './identifiers.js';
import { type Spelling, STATE_TYPES, type StateType } from './state-types.js';

/** A managed resource in a state, with every identifier that is its own. */
export interface StateResource {
  readonly address: string;
  readonly type: string;
  /** Canonical identifiers, the first one its own and then those of its parts; empty for a mere setting. */
  readonly ids: readonly string[];
  /**
   * Canonical identifiers that its other attributes say it has, each with the attribute: another resource's where the
   * state contradicts itself. Terraform goes by `id` alone, whatever `arn` says.
   */
  readonly otherIds: ReadonlyMap<string, string>;
  /** What it is a setting of, when it is nothing by itself: the bucket of a bucket policy. */
  readonly settingOf: string | undefined;
  /** What it changes besides itself: what it is a setting of, or a rule of, like the security group of a rule. */
  readonly changes: string | undefined;
  readonly instance: StateInstance;
}

/** Where a state's resources live, to write their identifiers in full. */
export interface Place {
  readonly partition: string;
  readonly accountId: string;
  readonly region: string;
}

type Environment = Pick<EnvironmentEvidence, 'state' | 'identity' | 'binding'>;

const resourcesKnown = new WeakMap<Environment, readonly StateResource[]>();
const placesKnown = new WeakMap<Environment, Place>();

/** The managed resources of an environment's state; none without a state. Computed once for an environment. */
export function stateResources(environment: Environment): readonly StateResource[] {
  const before = resourcesKnown.get(environment);
  if (before !== undefined) return before;
  const place = placeOf(environment);
  const resources = (environment.state?.state.instances ?? []).map((instance) => stateResource(instance, place));
  resourcesKnown.set(environment, resources);
  return resources;
}

/** Account, region and partition of an environment: as AWS said, as pinned, or as its state's own ARNs say. */
export function placeOf(environment: Environment): Place {
  const before = placesKnown.get(environment);
  if (before !== undefined) return before;
  const { state, identity, binding } = environment;
  const own = identity === null ? firstArnWithAccount(state?.state) : undefined;
  const place = {
    partition: parseArn(identity?.arn ?? '')?.partition ?? own?.partition ?? 'aws',
    accountId: identity?.accountId ?? binding.accountId ?? own?.accountId ?? '',
    region: binding.region,
  };
  placesKnown.set(environment, place);
  return place;
}

function firstArnWithAccount(state: State | undefined): Arn | undefined {
  for (const { attributes } of state?.instances ?? []) {
    const arn = typeof attributes['arn'] === 'string' ? parseArn(attributes['arn']) : undefined;
    if (arn !== undefined && /^\d{12}$/.test(arn.accountId)) return arn;
  }
  return undefined;
}

function stateResource(instance: StateInstance, place: Place): StateResource {
  const { address, type, attributes } = instance;
  const known = STATE_TYPES[type] ?? {};
  const settingOf = identifierAt(attributes, known.settingOf, place);
  const changes = settingOf ?? (known.changesItsWhole ? identifierAt(attributes, known.partOf, place) : undefined);
  const own = settingOf === undefined ? ownId(instance, known, place) : undefined;
  if (own === undefined) return { address, type, ids: [], otherIds: NO_IDS, settingOf, changes, instance };
  const parts = (known.parts ?? []).flatMap(([path]) => textsAt(attributes, path));
  const ids = [...new Set([own, ...parts])];
  return { address, type, ids, otherIds: otherIds(instance, known, own, place), settingOf, changes, instance };
}

/** The identifier that an attribute has; undefined when it has none. */
export function identifierAt(
  attributes: StateInstance['attributes'],
  at: readonly [path: string, spelling: Spelling] | undefined,
  place: Place,
): string | undefined {
  const [value] = at === undefined ? [] : textsAt(attributes, at[0]);
  return at === undefined || value === undefined ? undefined : spelled(value, at[1], place);
}

const NO_IDS: ReadonlyMap<string, string> = new Map();

/** What a resource's further attributes identify, other than itself; each with the attribute. */
function otherIds(
  { type, attributes }: StateInstance,
  { sameAs = [] }: StateType,
  own: string,
  place: Place,
): StateResource['otherIds'] {
  let found: Map<string, string> | undefined;
  const note = (id: string, attribute: string): void => {
    if (id === own || id === withoutPath(own)) return;
    found ??= new Map();
    if (!found.has(id)) found.set(id, attribute);
  };
  for (const attribute of ['arn', 'id']) {
    const value = attributes[attribute];
    if (typeof value === 'string' && (parseArn(value) !== undefined || isEc2Id(value)))
      note(canonicalId(value), attribute);
  }
  const home = homeOf(own, place);
  for (const [path, spelling] of sameAs)
    for (const value of textsAt(attributes, path)) if (!isPlannedId(value)) note(spelled(value, spelling, home), path);
  // Its full name is in another attribute than the name that Terraform was given, which is none for a zone's own.
  const named =
    type === 'aws_route53_record' && attributes['name'] ? recordId({ ...attributes, fqdn: null }) : undefined;
  if (named !== undefined) note(named, 'name');
  return found ?? NO_IDS;
}

/** Where a resource is: as its ARN says, else where its environment is. */
function homeOf(id: string, place: Place): Place {
  const arn = parseArn(id);
  if (arn === undefined) return place;
  const { partition, accountId, region } = arn;
  return { partition, accountId: accountId || place.accountId, region: region || place.region };
}

/** The ARN of something of IAM without its path: it is mostly referred to by its name. */
function withoutPath(id: string): string {
  return id.replace(/^(arn:[^:]+:iam::\d*:[a-z-]+\/).+\/([^/]+)$/, '$1$2');
}

/** The identifier of a resource of its own; undefined where nothing in the state identifies it in AWS. */
function ownId({ type, attributes }: StateInstance, known: StateType, place: Place): string | undefined {
  const told = identifierAt(attributes, known.id, place);
  if (told !== undefined) return told;
  if (type === 'aws_route53_record') return recordId(attributes);
  const { arn, id } = attributes;
  if (typeof arn === 'string' && parseArn(arn) !== undefined) return canonicalId(arn);
  if (typeof id !== 'string' || !type.startsWith('aws_')) return undefined;
  return parseArn(id) === undefined && !isEc2Id(id) && !isPlannedId(id) ? undefined : canonicalId(id);
}

/** As the Route 53 API lists it: zone, name, type, and set identifier where there is one. */
function recordId(attributes: StateInstance['attributes']): string | undefined {
  const { zone_id: zone, fqdn, name, type, set_identifier: set } = attributes;
  if (typeof zone !== 'string' || typeof type !== 'string') return undefined;
  const full = String(fqdn ?? name ?? '')
    .toLowerCase()
    .replace(/\.$/, '');
  return [zone, full, type, ...(typeof set === 'string' && set !== '' ? [set] : [])].join('/');
}

/**
 * The same of a record's `id`, in which names are in lower case, with or without the last dot, and types in upper
 * case: `Z1_www.example.com_A_blue`.
 * Source: https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/route53_record#import
 */
function recordOfId(id: string): string {
  const [, ...parts] = /^([A-Z0-9]+)_(.+?)\.?_([A-Z]+)(?:_(.+))?$/.exec(id) ?? [];
  return parts.length === 0 ? id : parts.filter((part) => part !== undefined).join('/');
}

/** The facts that a state holds. */
export function stateFacts(environment: Environment): Facts {
  const place = placeOf(environment);
  const resources: ResourceFact[] = [];
  const relations: Relation[] = [];
  const policies: PolicyFact[] = [];
  for (const resource of stateResources(environment)) {
    resources.push(...resourcesOf(resource, place));
    relations.push(...relationsOf(resource, place));
    policies.push(...policiesOf(resource));
  }
  return { resources, relations, policies, listedTypes: [] };
}

/** A resource of a state with its parts; none for a mere setting. */
function resourcesOf(resource: StateResource, place: Place): readonly ResourceFact[] {
  const { type, ids, instance } = resource;
  const [own] = ids;
  if (own === undefined) return [];
  const known = STATE_TYPES[type] ?? {};
  const { attributes } = instance;
  // What the state remembers of tags is judged by its own rule, and is not what AWS says.
  const facts: ResourceFact[] = [
    {
      id: own,
      type: known.as ?? type,
      name: nameOf(attributes),
      aliases: aliasesOf(resource, known.aliases ?? []),
      tags: undefined,
      partOf: identifierAt(attributes, known.partOf, place),
    },
  ];
  for (const [path, partType] of known.parts ?? [])
    for (const id of textsAt(attributes, path))
      facts.push({ id, type: partType, name: undefined, aliases: [], tags: undefined, partOf: own });
  return facts;
}

/** Where a resource of a state, or a setting of one, leads. */
export function relationsOf(
  { type, ids, settingOf, changes, instance }: StateResource,
  place: Place,
): readonly Relation[] {
  const [own] = ids;
  const subject = settingOf ?? own;
  if (subject === undefined) return [];
  const from = (SPEAKS_FOR_ITS_WHOLE.has(type) ? changes : undefined) ?? subject;
  const through = own === undefined || own === from ? {} : { through: own };
  const { relations = [], texts = [] } = STATE_TYPES[type] ?? {};
  const leading = (kind: RelationKind, to: string, where: string): Relation => ({
    kind,
    from,
    to,
    where,
    source: 'state',
    ...through,
  });
  return [
    ...relations.flatMap(([kind, path, spelling = 'as written']) =>
      textsAt(instance.attributes, path)
        .filter((value) => !PLACEHOLDER.test(value))
        .map((value) => leading(kind, spelled(value, spelling, place), path)),
    ),
    ...texts.flatMap((path) => secretsAt(instance.attributes, path).map((secret) => leading('secret', secret, path))),
  ];
}

/**
 * What a redirect takes over from the request, like `#{host}`.
 * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-action-types.html#redirect-actions
 */
const PLACEHOLDER = /#\{/;

/** A secret or a parameter, without the field and the version of it that are asked for. */
const SECRET =
  /\barn:[\w-]+:(?:secretsmanager:[\w-]*:\d*:secret:[\w/+=.@-]*[\w/+=@-]|ssm:[\w-]*:\d*:parameter[\w/.-]*[\w/-])/g;

/** The secrets that the texts at a path name by their ARNs, each once. */
function secretsAt(attributes: StateInstance['attributes'], path: string): readonly string[] {
  const named = documentsAt(attributes, path).flatMap((text) => plainText(path, text).match(SECRET) ?? []);
  return [...new Set(named)];
}

/** The policies that a resource of a state has, or that are a setting of one. */
export function policiesOf({
  type,
  ids: [own],
  settingOf,
  instance: { attributes },
}: StateResource): readonly PolicyFact[] {
  const holder = settingOf ?? own;
  if (holder === undefined) return [];
  return (STATE_TYPES[type]?.policies ?? []).flatMap(([kind, path, name]) =>
    documentsAt(attributes, path).map(
      (document): PolicyFact => ({ kind, holder, name: policyName(name, attributes), document, source: 'state' }),
    ),
  );
}

/** A security-group rule, a peering or an attachment speaks for the group or the VPC that it is a part of. */
const SPEAKS_FOR_ITS_WHOLE: ReadonlySet<string> = new Set([
  'aws_vpc_security_group_ingress_rule',
  'aws_vpc_security_group_egress_rule',
  'aws_vpc_peering_connection',
  'aws_ec2_transit_gateway_vpc_attachment',
]);

/** As written, and as DNS compares them; not those by which it says that it is another. */
function aliasesOf(
  { ids: [own = ''], otherIds, instance }: StateResource,
  paths: readonly string[],
): readonly string[] {
  const contradicting = new Set(otherIds.values());
  const written = paths.flatMap((path) => (contradicting.has(path) ? [] : textsAt(instance.attributes, path)));
  const pathless = withoutPath(own);
  return [...new Set([...written, ...written.map(dnsName), ...(pathless === own ? [] : [pathless])])];
}

function nameOf(attributes: StateInstance['attributes']): string | undefined {
  for (const path of ['tags.Name', 'name', 'bucket', 'alarm_name']) {
    const [value] = textsAt(attributes, path);
    if (value !== undefined) return value;
  }
  return undefined;
}

function policyName(name: string, { name: own }: StateInstance['attributes']): string {
  const named = name === 'inline policy' || name === 'managed policy';
  return named && typeof own === 'string' ? `${name} "${own}"` : name;
}

/** Writes a value as the identifier that it stands for. */
export function spelled(value: string, spelling: Spelling, { partition, accountId, region }: Place): string {
  if (spelling === 'dns name') return dnsName(value);
  if (spelling === 'service') return value.includes('vpce-svc-') ? value.slice(value.lastIndexOf('.') + 1) : value;
  if (value.startsWith('arn:') || spelling === 'as written') return canonicalId(value);
  switch (spelling) {
    case 'bucket':
      return `arn:${partition}:s3:::${value}`;
    case 'table':
      return `arn:${partition}:dynamodb:${region}:${accountId}:table/${value}`;
    case 'key':
      return `arn:${partition}:kms:${region}:${accountId}:${value.startsWith('alias/') ? value : `key/${value}`}`;
    case 'role':
      return `arn:${partition}:iam::${accountId}:role/${value}`;
    case 'user':
      return `arn:${partition}:iam::${accountId}:user/${value}`;
    case 'group':
      return `arn:${partition}:iam::${accountId}:group/${value}`;
    // One of another account has that in front: https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-security-groups.html
    case 'security group':
      return value.slice(value.indexOf('/') + 1);
    case 'instance profile':
      return `arn:${partition}:iam::${accountId}:instance-profile/${value}`;
    case 'log group':
      return `arn:${partition}:logs:${region}:${accountId}:log-group:${value}`;
    case 'function':
      return `arn:${partition}:lambda:${region}:${accountId}:function:${value}`;
    case 'topic':
      return `arn:${partition}:sns:${region}:${accountId}:${value}`;
    case 'queue':
      return `arn:${partition}:sqs:${region}:${accountId}:${value}`;
    // Metrics name these by the end of their ARN: `app/name/id` and `targetgroup/name/id`.
    case 'load balancer':
      return `arn:${partition}:elasticloadbalancing:${region}:${accountId}:loadbalancer/${value}`;
    case 'target group':
      return `arn:${partition}:elasticloadbalancing:${region}:${accountId}:${value}`;
    case 'zone':
      return `arn:${partition}:route53:::hostedzone/${value}`;
    case 'alarm':
      return `arn:${partition}:cloudwatch:${region}:${accountId}:alarm:${value}`;
    case 'schedule':
      return `arn:${partition}:scheduler:${region}:${accountId}:schedule/${value}`;
    case 'schedule group':
      return `arn:${partition}:scheduler:${region}:${accountId}:schedule-group/${value}`;
    case 'parameter':
      return `arn:${partition}:ssm:${region}:${accountId}:parameter/${value.replace(/^\//, '')}`;
    // Ends with account and name, whatever host it is asked at.
    case 'queue URL':
      return `arn:${partition}:sqs:${region}:${value.split('/').slice(-2).join(':')}`;
    case 'record':
      return recordOfId(value);
    case 'event rule':
      return `arn:${partition}:events:${region}:${accountId}:rule/${value}`;
  }
}

/** A DNS name as everybody writes it: lower case, without the last dot and without the prefix of dual-stack aliases. */
export function dnsName(text: string): string {
  return text
    .toLowerCase()
    .replace(/\.$/, '')
    .replace(/^dualstack\./, '');
}
