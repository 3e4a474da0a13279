import type { Evidence } from '../evidence.js';
import type { RelationKind } from '../facts.js';
import { parseArn } from '../identifiers.js';
import type { Ownership } from '../ownership.js';
import type { Assumers } from './assumers.js';
import type { ReadPolicy } from './read-policy.js';

/** By which something acts as a principal, or hands it out. */
const HAND_OUT: ReadonlySet<RelationKind> = new Set(['instance-profile', 'profile-role', 'service-role']);

/**
 * Roles and instance profiles of nobody's as which environments act: what an environment runs has them, or one of its
 * principals may assume them, directly or by way of others of nobody's. What they may do, the environment may.
 * @returns the names of the environments by the identifier of the principal; not of one that is handed out in several,
 * since that they share it is found by itself
 */
export function actingFor(
  evidence: Evidence,
  ownership: Ownership,
  policies: readonly ReadPolicy[],
  assumers: Assumers,
): ReadonlyMap<string, ReadonlySet<string>> {
  const usedBy = new Map<string, Set<string>>();
  const handedOutBy = new Map<string, Set<string>>();
  const note = (user: string, principal: string): void => {
    if (isPrincipal(principal) && ownership.ownersOf(principal).size === 0) add(usedBy, principal, user);
  };
  for (const { kind, from, to } of evidence.facts.relations) {
    if (!HAND_OUT.has(kind)) continue;
    const principal = ownership.resolve(to);
    note(ownership.resolve(from), principal);
    for (const owner of ownership.ownersOf(from)) add(handedOutBy, principal, owner);
  }
  for (const policy of policies) {
    if (policy.fact.kind !== 'trust') continue;
    const role = ownership.resolve(policy.fact.holder);
    if (ownership.ownersOf(role).size > 0) continue;
    for (const principal of assumers.of(policy)) note(principal, role);
  }
  const environmentsOf = (principal: string): ReadonlySet<string> => {
    const found = new Set<string>();
    const seen = new Set<string>();
    const waiting = [principal];
    for (let each = waiting.pop(); each !== undefined; each = waiting.pop()) {
      if (seen.has(each)) continue;
      seen.add(each);
      for (const owner of ownership.ownersOf(each)) found.add(owner);
      waiting.push(...(usedBy.get(each) ?? []));
    }
    return found;
  };
  const isShared = (principal: string): boolean => (handedOutBy.get(principal)?.size ?? 0) > 1;
  return new Map(
    [...usedBy.keys()].flatMap((principal) =>
      isShared(principal) ? [] : [[principal, environmentsOf(principal)] as const],
    ),
  );
}

/** Roles and profiles that people made: service-linked roles are AWS's, and every account has them. */
function isPrincipal(identifier: string): boolean {
  const arn = parseArn(identifier);
  return arn?.service === 'iam' && /^(?:role\/(?!aws-service-role\/)|instance-profile\/)/.test(arn.resource);
}

function add(map: Map<string, Set<string>>, key: string, value: string): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, new Set([value]));
  else known.add(value);
}
