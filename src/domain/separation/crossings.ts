import type { Relation, RelationKind } from './facts.js';
import { isEc2Id, parseArn } from './identifiers.js';
import type { Ownership } from './ownership.js';
import type { RuleInput } from './rule.js';

/** A relation that leads from one environment to another, whatever told of it. */
export interface Crossing {
  readonly kind: RelationKind;
  /** Environment that the relation starts from. */
  readonly environment: string;
  /** Environment it leads to. */
  readonly other: string;
  /** Canonical identifiers of both ends. */
  readonly from: string;
  readonly to: string;
  readonly through: string | undefined;
  /** The same relation as told by the state and by AWS. */
  readonly told: readonly Relation[];
}

/** Relations of these kinds whose ends belong to different environments, each once. */
export function crossings(
  input: Pick<RuleInput, 'evidence' | 'ownership'>,
  kinds: ReadonlySet<RelationKind>,
): readonly Crossing[] {
  const { evidence, ownership } = input;
  const found = new Map<string, Omit<Crossing, 'through'> & { readonly told: Relation[] }>();
  for (const relation of evidence.facts.relations) {
    const { kind } = relation;
    if (!kinds.has(kind)) continue;
    for (const [environment, other] of environmentsBetween(ownership, relation)) {
      const [from, to] = [ownership.resolve(relation.from), ownership.resolve(relation.to)];
      const key = [kind, from, to, environment, other].join('\0');
      const known = found.get(key);
      if (known === undefined) found.set(key, { kind, environment, other, from, to, told: [relation] });
      else known.told.push(relation);
    }
  }
  return [...found.values()].map((crossing) => {
    const told = toldInOrder(crossing.told);
    return { ...crossing, told, through: told.find(({ through }) => through !== undefined)?.through };
  });
}

/** What the state says first, and each source in the same order, whichever answer of AWS came first. */
export function toldInOrder(told: readonly Relation[]): readonly Relation[] {
  if (told.length === 1) return told;
  const key = ({ source, from, to, where, through = '' }: Relation) =>
    [source === 'state' ? 0 : 1, from, to, where, through].join('\0');
  return told
    .map((relation) => [key(relation), relation] as const)
    .sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0))
    .map(([, relation]) => relation);
}

/** The environments that a relation leads between; none when both ends share one, or one end is nobody's. */
export function environmentsBetween(
  ownership: Ownership,
  { from, to }: Relation,
): readonly (readonly [string, string])[] {
  const owners = ownership.ownersOf(from);
  if (owners.size === 0) return [];
  const others = ownership.ownersOf(to);
  if ([...others].some((other) => owners.has(other))) return [];
  return [...owners].flatMap((owner) => [...others].map((other) => [owner, other] as const));
}

/** Something of nobody's that two environments point at, and so share. */
export interface SharedTarget {
  readonly to: string;
  /** What points at it, by environment. */
  readonly by: ReadonlyMap<string, readonly Relation[]>;
}

/**
 * Resources in no environment that relations of these kinds lead to from several. AWS's own resources are everybody's,
 * and addresses outside AWS are not ours to judge.
 */
export function sharedTargets(
  input: Pick<RuleInput, 'evidence' | 'ownership'>,
  kinds: ReadonlySet<RelationKind>,
): readonly SharedTarget[] {
  const { evidence, ownership } = input;
  const byTarget = new Map<string, { to: string; by: Map<string, Relation[]> }>();
  for (const relation of evidence.facts.relations.filter(({ kind }) => kinds.has(kind)).flatMap(bothWays)) {
    const to = ownership.resolve(relation.to);
    // The cheapest question first: most of it is somebody's.
    if (ownership.ownersOf(to).size > 0 || !isResource(to) || isAwsOwned(ownership, to)) continue;
    const [environment, ...others] = ownership.ownersOf(relation.from);
    // One resource of two environments makes its target no target of two: that it is shared is found by itself.
    if (environment === undefined || others.length > 0) continue;
    const target = byTarget.get(to) ?? { to, by: new Map<string, Relation[]>() };
    byTarget.set(to, target);
    const users = target.by.get(environment);
    if (users === undefined) target.by.set(environment, [relation]);
    else users.push(relation);
  }
  return [...byTarget.values()]
    .filter(({ by }) => by.size > 1)
    .map((target) => ({ ...target, by: new Map([...target.by].map(([name, users]) => [name, toldInOrder(users)])) }));
}

/**
 * Traffic passes a peering either way, whichever VPC asked for it.
 * Source: https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html
 */
function bothWays(relation: Relation): readonly Relation[] {
  const { kind, from, to } = relation;
  return kind === 'peering' ? [relation, { ...relation, from: to, to: from }] : [relation];
}

function isResource(identifier: string): boolean {
  return isEc2Id(identifier) || parseArn(identifier) !== undefined;
}

/** AWS's managed policies and keys, and service-linked roles: every account has them, nobody made them. */
function isAwsOwned(ownership: Ownership, identifier: string): boolean {
  const arn = parseArn(identifier);
  if (arn === undefined) return false;
  if (arn.accountId === 'aws') return true;
  if (arn.service === 'kms') return arn.resource.startsWith('alias/aws/') || ownership.isAwsManaged(identifier);
  return arn.service === 'iam' && arn.resource.startsWith('role/aws-service-role/');
}
