import type { Json, Plan } from '../plan.js';
import type { DriftedResource } from './changed-resource.js';

type Attributes = { readonly [name: string]: Json };

/** An attribute that lists parts of a resource which resources of their own make. */
interface Parts {
  readonly type: string;
  readonly attribute: string;
  /** What identifies each of the parts, in words. */
  readonly namesOf: (attributes: Attributes) => readonly string[];
  /** The types that make parts: whose, and which. */
  readonly makers: Readonly<
    Record<string, { readonly owner: string; readonly namesOf: (attributes: Attributes) => readonly string[] }>
  >;
}

/**
 * Terraform takes such an attribute as it is, once its parts are resources of their own: a part that somebody adds by
 * hand is neither undone by a plan nor, after the next apply, told as drift. These are what opens a network or gives a
 * right.
 * Source: the attribute reference of each resource, https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs
 */
const PARTS: readonly Parts[] = [
  ...(['ingress', 'egress'] as const).map(
    (direction): Parts => ({
      type: 'aws_security_group',
      attribute: direction,
      namesOf: (group) => blocksOf(group[direction]).flatMap((rule) => rulesOfBlock(rule, textOf(group['id']))),
      makers: {
        [`aws_vpc_security_group_${direction}_rule`]: { owner: 'security_group_id', namesOf: ruleOfItsOwn },
        aws_security_group_rule: {
          owner: 'security_group_id',
          namesOf: (rule) => (rule['type'] === direction ? rulesOfBlock(rule, textOf(rule['security_group_id'])) : []),
        },
      },
    }),
  ),
  {
    type: 'aws_route_table',
    attribute: 'route',
    namesOf: (table) => blocksOf(table['route']).map(destinationOf),
    makers: { aws_route: { owner: 'route_table_id', namesOf: (route) => [destinationOf(route)] } },
  },
  {
    type: 'aws_iam_role',
    attribute: 'inline_policy',
    namesOf: (role) => blocksOf(role['inline_policy']).flatMap(({ name }) => textsOf(name)),
    makers: { aws_iam_role_policy: { owner: 'role', namesOf: ({ name }) => textsOf(name) } },
  },
  {
    type: 'aws_iam_role',
    attribute: 'managed_policy_arns',
    namesOf: (role) => textsOf(role['managed_policy_arns']),
    makers: { aws_iam_role_policy_attachment: { owner: 'role', namesOf: ({ policy_arn }) => textsOf(policy_arn) } },
  },
];

/**
 * The parts that nothing in the configuration has made. Where resources of their own make an attribute's parts, each of
 * its parts has to be one of theirs; elsewhere only what has come since the state was written is told, since the rest
 * may be written in the resource itself. What the plan takes away again is left out.
 */
export function partsAddedOutside(plan: Plan): readonly DriftedResource[] {
  const before = new Map(plan.drift.map((change) => [change.address, attributesOf(change.before)]));
  const undone = new Map(plan.changes.map(({ address, after }) => [address, attributesOf(after)]));
  const present = [
    ...plan.unchanged,
    ...plan.changes.flatMap(({ address, type, before: now }) =>
      now === null ? [] : [{ address, type, attributes: attributesOf(now) }],
    ),
  ];
  const made = madeParts(present);
  return present.flatMap(({ address, type, attributes }) => {
    const added = PARTS.filter((parts) => parts.type === type).flatMap((parts) => {
      const wanted = undone.get(address);
      const names = wanted === undefined ? parts.namesOf(attributes) : common(parts, attributes, wanted);
      const own = made.get(keyOf(parts, textOf(attributes['id'])));
      const last = before.get(address);
      const known = own ?? new Set(parts.namesOf(last ?? attributes));
      return names.filter((name) => !known.has(name)).map((name) => addition(parts.attribute, name));
    });
    return added.length === 0 ? [] : [{ address, type, action: 'update' as const, attributes: added }];
  });
}

function addition(path: string, after: string): DriftedResource['attributes'][number] {
  return { path, before: null, after, undoneByDeploy: false };
}

/** The parts of now that are there after the plan, too. */
function common(parts: Parts, now: Attributes, after: Attributes): readonly string[] {
  const kept = new Set(parts.namesOf(after));
  return parts.namesOf(now).filter((name) => kept.has(name));
}

/** By the owner and its attribute: the parts that resources of their own make. */
function madeParts(
  present: readonly { readonly type: string; readonly attributes: Attributes }[],
): ReadonlyMap<string, ReadonlySet<string>> {
  const made = new Map<string, Set<string>>();
  for (const { type, attributes } of present) {
    for (const parts of PARTS) {
      const maker = parts.makers[type];
      const names = maker?.namesOf(attributes) ?? [];
      if (maker === undefined || names.length === 0) continue;
      const key = keyOf(parts, textOf(attributes[maker.owner]));
      made.set(key, new Set([...(made.get(key) ?? []), ...names]));
    }
  }
  return made;
}

const keyOf = ({ type, attribute }: Parts, owner: string): string => `${type} ${attribute} ${owner}`;

/** `tcp 22 0.0.0.0/0`, once for each source of the block. */
function rulesOfBlock(rule: Attributes, ownGroup: string): readonly string[] {
  const sources = [
    ...textsOf(rule['cidr_blocks']),
    ...textsOf(rule['ipv6_cidr_blocks']),
    ...textsOf(rule['prefix_list_ids']),
    ...[...textsOf(rule['security_groups']), ...textsOf(rule['source_security_group_id'])].map(withoutAccount),
    ...(rule['self'] === true ? [ownGroup] : []),
  ];
  return sources.map((source) => ruleName(rule['protocol'], rule, source));
}

function ruleOfItsOwn(rule: Attributes): readonly string[] {
  const group = textsOf(rule['referenced_security_group_id']).map(withoutAccount);
  const sources = ['cidr_ipv4', 'cidr_ipv6', 'prefix_list_id'].flatMap((name) => textsOf(rule[name]));
  return [...sources, ...group].map((source) => ruleName(rule['ip_protocol'], rule, source));
}

function ruleName(protocol: Json | undefined, { from_port: from, to_port: to }: Attributes, source: string): string {
  if (protocol === '-1') return `all ${source}`;
  return `${textOf(protocol)} ${from === to ? from : `${from}-${to}`} ${source}`;
}

/** A group of another account is written with it by one resource and without it by the other. */
const withoutAccount = (group: string): string => group.slice(group.lastIndexOf('/') + 1);

/** Where a route leads to; a table has one route for each. */
function destinationOf(route: Attributes): string {
  const names = ['cidr_block', 'ipv6_cidr_block', 'destination_cidr_block', 'destination_ipv6_cidr_block'];
  return [...names, 'destination_prefix_list_id'].flatMap((name) => textsOf(route[name]))[0] ?? '';
}

const attributesOf = (value: Json): Attributes =>
  value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Attributes) : {};
const blocksOf = (value: Json | undefined): readonly Attributes[] =>
  Array.isArray(value) ? value.map(attributesOf) : [];
const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '');
/** The texts of a list, or the one text; those that say nothing are left out. */
const textsOf = (value: Json | undefined): readonly string[] =>
  (Array.isArray(value) ? value : [value]).filter((text): text is string => typeof text === 'string' && text !== '');
