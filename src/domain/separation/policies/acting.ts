import type { Evidence } from '../evidence.js';
import type { RelationKind } from '../facts.js';
import { parseArn } from '../identifiers.js';
import type { Ownership } from '../ownership.js';
import type { Assuming } from './assuming.js';
import type { Estate } from './estate.js';
import { addOnce } from './multimap.js';

/** By which something acts as a principal, or hands it out. */
const HAND_OUT: ReadonlySet<RelationKind> = new Set(['instance-profile', 'profile-role', 'service-role']);

/** How an environment comes to act as a role or instance profile of nobody's. */
export interface Way {
  /** What leads to it, from something of the environment's to what is before it. */
  readonly by: readonly string[];
  /** Where all of the way it is handed out: what of nobody's is at its beginning. Undefined where somebody assumes a role. */
  readonly entry: string | undefined;
}

/**
 * The roles and instance profiles of nobody's as which environments act: what an environment runs has them, or one of its
 * principals may assume them, directly or by way of others of nobody's. What they may do, the environment may.
 * @returns by the identifier of the principal, and by the name of the environment
 */
export function actingFor(
  { facts }: Pick<Evidence, 'facts'>,
  ownership: Ownership,
  estates: ReadonlyMap<string, Estate>,
  assuming: Assuming,
): ReadonlyMap<string, ReadonlyMap<string, Way>> {
  const isNobodys = (id: string): boolean => isPrincipal(id) && ownership.ownersOf(id).size === 0;
  const trusting = facts.policies.filter(({ kind }) => kind === 'trust').map(({ holder }) => ownership.resolve(holder));
  const assumable = [...new Set(trusting)].filter((role) => isNobodys(role) && assuming.isOpen(role));
  const handedOut = new Map<string, Set<string>>();
  for (const { kind, from, to } of facts.relations) {
    const principal = ownership.resolve(to);
    if (HAND_OUT.has(kind) && isNobodys(principal)) addOnce(handedOut, ownership.resolve(from), principal);
  }
  const acting = new Map<string, Map<string, Way>>();
  for (const [name, estate] of estates) {
    const ways = new Map<string, Way>();
    // First what is handed out: for that the environment need do nothing.
    const handing = [...handedOut.keys()].filter((from) => isOnlyOf(ownership.ownersOf(from), name));
    follow(ways, handing, true, (from) => handedOut.get(from) ?? []);
    const roles = [...ways.keys()].filter((principal) => !isInstanceProfile(principal));
    follow(ways, [...estate.principals, ...roles], false, (from) =>
      assumable.filter((role) => !ways.has(role) && assuming.may(from, role, estate)),
    );
    for (const [principal, way] of ways) {
      const known = acting.get(principal) ?? new Map<string, Way>();
      acting.set(principal, known.set(name, way));
    }
  }
  return acting;
}

/** Notes how one comes to what the next steps from some starts lead to, and to what those from there do. */
function follow(
  ways: Map<string, Way>,
  starts: readonly string[],
  isHandedOut: boolean,
  next: (from: string) => Iterable<string>,
): void {
  const reached = [...starts];
  for (const from of reached) {
    const way = ways.get(from);
    for (const to of next(from)) {
      if (ways.has(to)) continue;
      const entry = isHandedOut ? (way === undefined ? to : way.entry) : undefined;
      ways.set(to, { by: [...(way?.by ?? []), from], entry });
      reached.push(to);
    }
  }
}

function isOnlyOf(owners: ReadonlySet<string>, name: string): boolean {
  return owners.size === 1 && owners.has(name);
}

/** It has a role, and asks for nothing itself. */
function isInstanceProfile(principal: string): boolean {
  return principal.includes(':instance-profile/');
}

/** Roles and profiles that people made: service-linked roles are AWS's, and every account has them. */
function isPrincipal(identifier: string): boolean {
  const arn = parseArn(identifier);
  return arn?.service === 'iam' && /^(?:role\/(?!aws-service-role\/)|instance-profile\/)/.test(arn.resource);
}
