import type { Ownership } from '../ownership.js';
import { actionsOn, type WrittenAction } from './actions.js';
import { conditionsHold } from './conditions.js';
import type { Statement } from './document.js';
import type { Estate, Hit, Possession } from './estate.js';
import { knownTag } from './known-tags.js';
import type { Limits } from './limits.js';
import type { Pattern } from './pattern.js';
import { type Caller, type Request, requestBy, type Target } from './request.js';
import { resolveText } from './variables.js';

/** How a statement leads to another environment, and what mends it. */
export interface Lead {
  /** As in a sentence about the statement: `allows s3:GetObject on "...", which reaches ...`. */
  readonly says: string;
  readonly remedy: string;
}

/** A principal of one environment, with all that limits it. */
export interface Actor {
  readonly caller: Caller;
  readonly limits: Limits;
  /** Its environment's own. */
  readonly estate: Estate;
}

/**
 * What a statement of an identity policy reaches of another environment: the first resource found, undefined when there
 * is none.
 *
 * Across accounts only what is written out counts: there nothing is reached unless a policy of the other account admits
 * it as well, and that one is judged for itself, so that a `*` on this side alone opens nothing.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
 */
export function reachOf(statement: Statement, actor: Actor, other: Estate, ownership: Ownership): Lead | undefined {
  for (const service of other.services) {
    const actions = actionsOn(statement.actions, service);
    if (actions.length === 0) continue;
    for (const { element, pattern, hit } of candidates(statement, actor, other, service)) {
      const request = requestBy(actor.caller, targetOf(hit.possession, ownership));
      if (conditionsHold(statement, request) === 'never') continue;
      const ways = pattern === undefined ? [hit.region] : [hit.region, pattern];
      const action = actions.find((each) => !actor.limits.forbid(each.pattern, ways, request));
      if (action !== undefined) return lead(statement, actor, action, { element, pattern, hit }, other);
    }
  }
  return undefined;
}

/** What is known of a resource as the target of a request. */
export function targetOf({ id, accountId, region }: Possession, ownership: Ownership): Target {
  return {
    accountId: accountId === '' ? undefined : accountId,
    // Services without regions are asked in one of their own choice.
    region: region === '' ? undefined : region,
    tag: (key) => knownTag(ownership, id, key),
  };
}

interface Candidate {
  /** The resource as the policy writes it; undefined for all that a `NotResource` leaves. */
  readonly element: string | undefined;
  readonly pattern: Pattern | undefined;
  readonly hit: Hit;
}

function* candidates(statement: Statement, actor: Actor, other: Estate, service: string): Generator<Candidate> {
  const abroad = areApart(actor.estate, other);
  const request = requestBy(actor.caller);
  if (statement.resources.negated) {
    if (!abroad) yield* notExcluded(statement, request, other, service);
    return;
  }
  for (const element of statement.resources.values) {
    const pattern = resolveText(element, statement, request, true)?.pattern;
    if (pattern === undefined || (abroad && !pattern.isLiteral)) continue;
    for (const hit of other.matching(pattern, service)) yield { element, pattern, hit };
  }
}

function* notExcluded(statement: Statement, request: Request, other: Estate, service: string): Generator<Candidate> {
  const excluded = statement.resources.values.flatMap((text) => {
    const resolved = resolveText(text, statement, request, true);
    return resolved?.certain === true ? [resolved.pattern] : [];
  });
  for (const possession of other.of(service)) {
    for (const region of other.regionsOf(possession)) {
      if (!excluded.some((pattern) => pattern.covers(region)))
        yield { element: undefined, pattern: undefined, hit: { possession, region } };
    }
  }
}

/** Whether two environments are known to be in different accounts. */
export function areApart(one: Estate, other: Estate): boolean {
  return one.accountId !== undefined && other.accountId !== undefined && one.accountId !== other.accountId;
}

function lead(
  { label }: Statement,
  { estate }: Actor,
  { text }: WrittenAction,
  { element, pattern, hit }: Candidate,
  other: Estate,
): Lead {
  const { arn, service } = hit.possession;
  const own = ownExample(estate, service, pattern);
  const example = own === undefined ? `ARNs of "${estate.name}" alone` : `["${own}"] and others of "${estate.name}"`;
  if (element === undefined) {
    return {
      says: `allows ${text} on everything that its NotResource does not list, which reaches ${arn} of "${other.name}"`,
      remedy: `in ${label} write Resource = ${example} instead of NotResource`,
    };
  }
  if (element === arn || element === `${arn}/*` || pattern?.isLiteral === true) {
    return {
      says: `allows ${text} on "${element}" of "${other.name}"`,
      remedy: `remove "${element}" from the Resource of ${label}`,
    };
  }
  return {
    says: `allows ${text} on "${element}", which reaches ${arn} of "${other.name}"`,
    remedy: `in ${label} write Resource = ${example} instead of "${element}"`,
  };
}

/** What the statement may have been meant for: one of its own that the pattern reaches as well, else any. */
function ownExample(estate: Estate, service: string, pattern: Pattern | undefined): string | undefined {
  for (const { possession } of pattern === undefined ? [] : estate.matching(pattern, service)) return possession.arn;
  return estate.of(service)[0]?.arn;
}
