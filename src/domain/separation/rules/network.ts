import { isCidr } from '../cidr.js';
import { type Crossing, crossings, sharedTargets } from '../crossings.js';
import type { RelationKind } from '../facts.js';
import type { RuleInput, SeparationFinding, SeparationRule } from '../rule.js';
import { addressFindings, overlapFindings } from './addresses.js';
import { findingAbout, isDrift, relationEvidence, revocation } from './finding.js';
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
const SHARED: ReadonlySet<RelationKind> = new Set(['peering', 'transit-gateway', 'endpoint-service', 'placed-in']);

const WORDS: Readonly<Partial<Record<RelationKind, string>>> = {
  peering: 'is peered with',
  'transit-gateway': 'is attached to the transit gateway of',
  route: 'routes to',
  'security-group-rule': 'has a rule for the security group',
  'endpoint-service': 'connects to the endpoint service of',
  'endpoint-service-permission': 'lets in to its endpoint service',
  'placed-in': 'is placed in',
};

/** The networks of two environments do not touch. */
export const network: SeparationRule = {
  id: 'network',
  title: 'no address, route, peering or rule leads from one network to another',
  why: 'One compromised instance, or one wrong host name, would reach the other environment.',
  needs: ['state', 'network'],
  find: (input) => [
    ...overlapFindings(input),
    ...crossings(input, BY_ID)
      // An address is judged with the blocks it is in.
      .filter(({ told }) => !told.some(({ to }) => isCidr(to)))
      .map((crossing) => byId(input, crossing)),
    ...addressFindings(input),
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
