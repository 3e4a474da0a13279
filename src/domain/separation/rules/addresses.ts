import { BlockIndex } from '../block-index.js';
import { isCidr, isEverywhere } from '../cidr.js';
import { toldInOrder } from '../crossings.js';
import type { Relation, RelationKind } from '../facts.js';
import type { RuleInput, SeparationFinding } from '../rule.js';
import { findingAbout, isDrift, relationEvidence, revocation } from './finding.js';

const BY_ADDRESS: ReadonlySet<RelationKind> = new Set(['route', 'security-group-rule', 'network-acl-entry']);

/** A block of a VPC's addresses, as told by the state and by AWS. */
interface Network {
  readonly vpc: string;
  readonly cidr: string;
  readonly told: Relation[];
}

/** VPCs of different environments with addresses in common. */
export function overlapFindings(input: RuleInput): readonly SeparationFinding[] {
  const networks = networksOf(input);
  const indices = new Map([...networks].map(([name, blocks]) => [name, indexed(blocks)]));
  const isContested = ({ vpc }: Network) => input.ownership.ownersOf(vpc).size > 1;
  return input.pairs.flatMap(([environment, other]) =>
    (networks.get(environment) ?? []).flatMap((mine) =>
      [...(indices.get(other)?.overlapping(mine.cidr) ?? [])].flatMap((theirs): readonly SeparationFinding[] => {
        // A VPC in two states is one finding of another rule, and nothing follows from what is contested.
        if (isContested(mine) || isContested(theirs)) return [];
        return [
          findingAbout(input, {
            identifier: mine.vpc,
            environment,
            other,
            mutual: true,
            message: `the network ${mine.cidr} of "${environment}" overlaps ${theirs.cidr} of "${other}"`,
            evidence: [...relationEvidence(mine.told), ...relationEvidence(theirs.told)],
            remedy: `give one of them addresses of its own, for instance vpc_cidr in terraform.tfvars.${environment}`,
          }),
        ];
      }),
    ),
  );
}

/** Routes, rules and entries whose addresses are another environment's. */
export function addressFindings(input: RuleInput): readonly SeparationFinding[] {
  const { evidence, ownership } = input;
  const reachedBy = reachesIn(input);
  const found = new Map<string, Reach & { readonly told: Relation[] }>();
  for (const relation of evidence.facts.relations) {
    const { kind, to } = relation;
    for (const reached of reachedBy(relation)) {
      const { environment, other } = reached;
      const from = ownership.resolve(relation.from);
      const key = [kind, from, to, environment, other].join(' ');
      const known = found.get(key);
      if (known === undefined) found.set(key, { ...reached, kind, from, to, told: [relation] });
      else known.told.push(relation);
    }
  }
  return [...found.values()].map((reach) => reachFinding(input, { ...reach, told: toldInOrder(reach.told) }));
}

/** The addresses of another environment that a route, rule or entry of one leads to. */
interface Reached {
  readonly environment: string;
  readonly other: string;
  readonly network: Network | undefined;
  readonly address: string | undefined;
}

/** A route, rule or entry with the network or the address of another environment that it leads to. */
interface Reach extends Reached {
  readonly kind: RelationKind;
  readonly from: string;
  readonly to: string;
  readonly told: readonly Relation[];
}

const NOTHING: readonly Reached[] = [];

/** Tells of any relation what of other environments its addresses reach. What is inside its own network reaches none. */
export function reachesIn(input: RuleInput): (relation: Relation) => readonly Reached[] {
  const { evidence, ownership } = input;
  const networks = new Map([...networksOf(input)].map(([name, blocks]) => [name, indexed(blocks)]));
  const addresses = addressesOf(input);
  const names = evidence.environments.map(({ binding }) => binding.name);
  return ({ kind, from, to }) => {
    if (!BY_ADDRESS.has(kind) || !isCidr(to) || isEverywhere(to)) return NOTHING;
    return [...ownership.ownersOf(from)].flatMap((environment) => {
      if (first(networks.get(environment)?.containing(to)) !== undefined) return NOTHING;
      return names.flatMap((other) => {
        if (other === environment) return NOTHING;
        const network = first(networks.get(other)?.overlapping(to));
        const address = network === undefined ? first(addresses.get(other)?.overlapping(to)) : undefined;
        return network === undefined && address === undefined ? NOTHING : [{ environment, other, network, address }];
      });
    });
  };
}

function reachFinding(input: RuleInput, reach: Reach): SeparationFinding {
  const { kind, from, to, environment, other, network, address, told } = reach;
  const does = kind === 'route' ? 'routes to' : 'has a rule for';
  return findingAbout(input, {
    identifier: from,
    environment,
    other,
    message: `${input.ownership.describe(from, environment)} of "${environment}" ${does} ${to}, where ${network?.cidr ?? `the address ${address}`} of "${other}" is`,
    evidence: [...relationEvidence(told), ...relationEvidence(network?.told ?? [])],
    remedy: isDrift(told)
      ? kind === 'security-group-rule'
        ? revocation(from, told)
        : `take ${to} out of ${from}; the configuration does not ask for it: mhtctl plan ${environment}`
      : `take ${to} out of the configuration, then: mhtctl deploy ${environment}`,
  });
}

/** The address blocks of each environment's VPCs. */
function networksOf({ evidence, ownership }: RuleInput): ReadonlyMap<string, readonly Network[]> {
  const found = new Map<string, Map<string, Network>>();
  for (const relation of evidence.facts.relations) {
    if (relation.kind !== 'vpc-cidr' || !isCidr(relation.to)) continue;
    const [vpc, cidr] = [ownership.resolve(relation.from), relation.to];
    for (const owner of ownership.ownersOf(vpc)) {
      const networks = found.get(owner) ?? new Map<string, Network>();
      found.set(owner, networks);
      const known = networks.get(`${vpc} ${cidr}`);
      if (known === undefined) networks.set(`${vpc} ${cidr}`, { vpc, cidr, told: [relation] });
      else known.told.push(relation);
    }
  }
  return new Map([...found].map(([name, networks]) => [name, [...networks.values()]]));
}

function indexed(networks: readonly Network[]): BlockIndex<Network> {
  const index = new BlockIndex<Network>();
  for (const network of networks) index.add(network.cidr, network);
  return index;
}

/** The addresses of each environment's own resources, in private and in public. */
function addressesOf({ evidence, ownership }: RuleInput): ReadonlyMap<string, BlockIndex<string>> {
  const found = new Map<string, BlockIndex<string>>();
  for (const { id, aliases } of evidence.facts.resources) {
    for (const address of aliases) {
      if (!isCidr(address)) continue;
      const [owner, ...others] = ownership.ownersOf(id);
      // Nothing follows from what is contested.
      if (owner === undefined || others.length > 0) continue;
      const index = found.get(owner) ?? new BlockIndex<string>();
      found.set(owner, index);
      index.add(address, address);
    }
  }
  return found;
}

function first<T>(values: Iterable<T> | undefined): T | undefined {
  for (const value of values ?? []) return value;
  return undefined;
}
