import { cidrContains, cidrsOverlap, isCidr, isEverywhere } from '../cidr.js';
import { type Crossing, crossings, sharedTargets } from '../crossings.js';
import type { Relation, RelationKind } from '../facts.js';
import type { RuleInput, SeparationFinding, SeparationRule } from '../rule.js';
import { findingAbout, isDrift, relationEvidence } from './finding.js';
import { sharedFindings } from './shared.js';

const BY_ID: ReadonlySet<RelationKind> = new Set([
  'peering',
  'transit-gateway',
  'route',
  'security-group-rule',
  'endpoint-service',
  'endpoint-service-permission',
  'placed-in',
]);
const BY_ADDRESS: ReadonlySet<RelationKind> = new Set(['route', 'security-group-rule', 'network-acl-entry']);
const SHARED: ReadonlySet<RelationKind> = new Set(['peering', 'transit-gateway', 'endpoint-service', 'placed-in']);

const WORDS: Readonly<Partial<Record<RelationKind, string>>> = {
  peering: 'is peered with',
  'transit-gateway': 'is attached to the transit gateway of',
  route: 'routes to',
  'security-group-rule': 'has a rule for the security group',
  'endpoint-service': 'connects to the endpoint service of',
  'endpoint-service-permission': 'lets in to its endpoint service',
  'placed-in': 'is placed in',
  'network-acl-entry': 'has an entry for',
};

/** The networks of two environments do not touch. */
export const network: SeparationRule = {
  id: 'network',
  title: 'no address, route, peering or rule leads from one network to another',
  why: 'One compromised instance, or one wrong host name, would reach the other environment.',
  needs: ['state', 'network'],
  find: (input) => [
    ...overlaps(input),
    ...crossings(input, BY_ID)
      // An address is judged with the blocks it is in.
      .filter(({ to }) => !isCidr(to))
      .map((crossing) => byId(input, crossing)),
    ...byAddress(input),
    ...sharedFindings(input, sharedTargets(input, SHARED), 'a network part of no environment'),
  ],
};

function byId(input: RuleInput, crossing: Crossing): SeparationFinding {
  const { environment, other, kind, from, to, told } = crossing;
  const target = input.ownership.describe(to, other);
  return findingAbout(input, {
    identifier: from,
    environment,
    other,
    message: `${input.ownership.describe(from, environment)} of "${environment}" ${WORDS[kind]} ${target} of "${other}"`,
    evidence: relationEvidence(told),
    remedy: remedyOf(crossing),
  });
}

function remedyOf({ kind, environment, from, to, through, told }: Crossing): string {
  if (kind === 'peering' && through !== undefined)
    return `aws ec2 delete-vpc-peering-connection --vpc-peering-connection-id ${through}`;
  if (kind === 'transit-gateway' && through !== undefined)
    return `aws ec2 delete-transit-gateway-vpc-attachment --transit-gateway-attachment-id ${through}`;
  if (kind === 'security-group-rule')
    return isDrift(told)
      ? revocation(from, told)
      : `remove the rule that names ${to} from the configuration, then: mhtctl deploy ${environment}`;
  if (kind === 'route' && isDrift(told))
    return `remove the route to ${to}: aws ec2 describe-route-tables --route-table-ids ${from}`;
  return `let ${from} use a part of "${environment}" instead of ${to}, then: mhtctl deploy ${environment}`;
}

/** The command that takes a rule away which no configuration asks for. */
function revocation(group: string, told: readonly Relation[]): string {
  const [rule] = told;
  if (rule?.through === undefined)
    return `aws ec2 describe-security-group-rules --filters Name=group-id,Values=${group}`;
  const direction = rule.where.startsWith('egress') ? 'egress' : 'ingress';
  return `aws ec2 revoke-security-group-${direction} --group-id ${group} --security-group-rule-ids ${rule.through}`;
}

/** VPCs of different environments with addresses in common. */
function overlaps(input: RuleInput): readonly SeparationFinding[] {
  const { ownership, evidence, pairs } = input;
  const blocks = networks(input);
  return pairs.flatMap(([environment, other]) => {
    const findings: SeparationFinding[] = [];
    const seen = new Set<string>();
    for (const mine of blocks.get(environment) ?? []) {
      for (const theirs of blocks.get(other) ?? []) {
        const [vpc, otherVpc] = [ownership.resolve(mine.from), ownership.resolve(theirs.from)];
        const key = `${vpc} ${mine.to} ${otherVpc} ${theirs.to}`;
        // A VPC in two states is one finding of another rule.
        if (vpc === otherVpc || seen.has(key) || !cidrsOverlap(mine.to, theirs.to)) continue;
        seen.add(key);
        findings.push(
          findingAbout(
            { evidence, ownership },
            {
              identifier: mine.from,
              environment,
              other,
              mutual: true,
              message: `the network ${mine.to} of "${environment}" overlaps ${theirs.to} of "${other}"`,
              evidence: relationEvidence([mine, theirs]),
              remedy: `give one of them addresses of its own, for instance vpc_cidr in terraform.tfvars.${environment}`,
            },
          ),
        );
      }
    }
    return findings;
  });
}

/** The address blocks of each environment's VPCs. */
function networks({ evidence, ownership }: RuleInput): ReadonlyMap<string, readonly Relation[]> {
  const blocks = new Map<string, Relation[]>();
  for (const relation of evidence.facts.relations) {
    if (relation.kind !== 'vpc-cidr' || !isCidr(relation.to)) continue;
    for (const owner of ownership.ownersOf(relation.from)) blocks.set(owner, [...(blocks.get(owner) ?? []), relation]);
  }
  return blocks;
}

/** Routes, rules and entries whose addresses are another environment's. */
function byAddress(input: RuleInput): readonly SeparationFinding[] {
  const { evidence, ownership } = input;
  const blocks = networks(input);
  const found = new Map<
    string,
    { readonly told: Relation[]; readonly make: (told: readonly Relation[]) => SeparationFinding }
  >();
  for (const relation of evidence.facts.relations) {
    if (!BY_ADDRESS.has(relation.kind) || !isCidr(relation.to) || isEverywhere(relation.to)) continue;
    for (const environment of ownership.ownersOf(relation.from)) {
      const own = (blocks.get(environment) ?? []).some(({ to }) => cidrContains(to, relation.to));
      if (own) continue;
      for (const [other, theirs] of reached(input, blocks, environment, relation.to)) {
        const from = ownership.resolve(relation.from);
        const key = [relation.kind, from, relation.to, environment, other].join(' ');
        const entry = found.get(key);
        if (entry !== undefined) {
          entry.told.push(relation);
          continue;
        }
        found.set(key, {
          told: [relation],
          make: (told) =>
            findingAbout(input, {
              identifier: from,
              environment,
              other,
              message: `${ownership.describe(from, environment)} of "${environment}" ${relation.kind === 'route' ? 'routes to' : 'has a rule for'} ${relation.to}, where ${theirs} of "${other}" is`,
              evidence: relationEvidence(told),
              remedy: isDrift(told)
                ? relation.kind === 'security-group-rule'
                  ? revocation(from, told)
                  : `take ${relation.to} out of ${from}; the configuration does not ask for it: mhtctl plan ${environment}`
                : `take ${relation.to} out of the configuration, then: mhtctl deploy ${environment}`,
            }),
        });
      }
    }
  }
  return [...found.values()].map(({ told, make }) => make(told));
}

/** The other environments that have an address in a block, with the network or public address that is in it. */
function reached(
  { ownership, evidence }: RuleInput,
  blocks: ReadonlyMap<string, readonly Relation[]>,
  environment: string,
  cidr: string,
): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [other, networksOfOther] of blocks) {
    if (other === environment) continue;
    const hit = networksOfOther.find(({ to }) => cidrsOverlap(to, cidr));
    if (hit !== undefined) found.set(other, hit.to);
  }
  for (const resource of evidence.facts.resources) {
    for (const alias of resource.aliases) {
      if (!isCidr(alias) || !cidrContains(cidr, alias)) continue;
      const owners = ownership.ownersOf(resource.id);
      if (owners.has(environment)) continue;
      for (const other of owners) if (!found.has(other)) found.set(other, `the address ${alias}`);
    }
  }
  return found;
}
