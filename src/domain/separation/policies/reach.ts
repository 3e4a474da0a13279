import { parseArn } from '../identifiers.js';
import { actionsOn, type WrittenAction } from './actions.js';
import { conditionsHold } from './conditions.js';
import type { Statement } from './document.js';
import type { Estate, Hit } from './estate.js';
import { actionsOnAlias, isAlias, type KeyAliases } from './key-aliases.js';
import type { KnownTags } from './known-tags.js';
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

/** What is known of the resources that policies are about. */
export interface KnownResources {
  readonly tags: KnownTags;
  readonly aliases: KeyAliases;
}

/** A principal of one environment, with all that limits it. */
export interface Actor {
  readonly caller: Caller;
  readonly limits: () => Limits;
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
export function reachOf(statement: Statement, actor: Actor, other: Estate, known: KnownResources): Lead | undefined {
  for (const { element, pattern, service, hits } of ways(statement, actor, other)) {
    const actions = actionsOn(statement.actions, service);
    if (actions.length === 0) continue;
    for (const hit of hits) {
      const request = requestBy(actor.caller, targetOf(hit.arn, other, known));
      if (conditionsHold(statement, request) === 'never') continue;
      const regions = pattern === undefined ? [hit.region] : [hit.region, pattern];
      const possible = isAlias(hit.arn) ? actionsOnAlias(actions) : actions;
      const action = possible.find((each) => !actor.limits().forbid(each.pattern, regions, request));
      if (action !== undefined) return lead(statement, actor, action, { element, pattern, service }, hit, other);
    }
  }
  return undefined;
}

/** What is known of a resource as the target of a request. Found out when it is asked for: few conditions do. */
export function targetOf(arn: string, estate: Estate, { tags, aliases }: KnownResources): Target {
  const { place, accountId } = estate;
  return {
    // A bucket's ARN has neither account nor region; services without regions are asked in one of the caller's choice.
    get accountId() {
      return parseArn(arn)?.accountId || accountId;
    },
    get region() {
      const parts = parseArn(arn);
      return (parts?.service === 's3' ? place.region : parts?.region) || undefined;
    },
    get aliases() {
      return aliases.of(arn);
    },
    // Without a network of its own, nobody can tell where it is.
    get vpc() {
      return estate.vpcs.length === 0 ? undefined : [...estate.vpcs, null];
    },
    tag: (key) => {
      if (isAlias(arn)) return [null];
      const known = tags.of(arn, key);
      // Requests for objects carry no tags of the bucket.
      return known !== undefined && arn.includes(':s3:::') ? [...known, null] : known;
    },
  };
}

/** A way into a service of another environment. */
interface Way {
  /** The resource as the policy writes it; undefined for all that a `NotResource` leaves. */
  readonly element: string | undefined;
  readonly pattern: Pattern | undefined;
  readonly service: string;
}

function* ways(statement: Statement, actor: Actor, other: Estate): Generator<Way & { readonly hits: Iterable<Hit> }> {
  const abroad = areApart(actor.estate, other);
  const request = requestBy(actor.caller);
  if (statement.resources.negated) {
    if (abroad) return;
    for (const service of other.services) {
      const hits = notExcluded(statement, request, other, service);
      yield { element: undefined, pattern: undefined, service, hits };
    }
    return;
  }
  for (const element of statement.resources.values) {
    const pattern = resolveText(element, statement, request, true)?.pattern;
    if (pattern === undefined || (abroad && !pattern.isLiteral)) continue;
    for (const service of other.servicesFor(pattern))
      yield { element, pattern, service, hits: other.matching(pattern, service) };
  }
}

function* notExcluded(statement: Statement, request: Request, other: Estate, service: string): Generator<Hit> {
  const excluded = statement.resources.values.flatMap((text) => {
    const resolved = resolveText(text, statement, request, true);
    return resolved?.certain === true ? [resolved.pattern] : [];
  });
  for (const arn of other.of(service)) {
    for (const region of other.regionsOf(arn)) {
      if (!excluded.some((pattern) => pattern.covers(region))) yield { arn, region, example: arn };
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
  { element, pattern, service }: Way,
  { arn, example }: Hit,
  other: Estate,
): Lead {
  const own = ownExample(estate, service, pattern);
  const instead = own === undefined ? `ARNs of "${estate.name}" alone` : `["${own}"] and others of "${estate.name}"`;
  if (element === undefined) {
    return {
      says: `allows ${text} on everything that its NotResource does not list, which reaches ${arn} of "${other.name}"`,
      remedy: `in ${label} write Resource = ${instead} instead of NotResource`,
    };
  }
  if (element === `${arn}/*` || pattern?.isLiteral === true) {
    return {
      says: `allows ${text} on "${element}" of "${other.name}"`,
      remedy: `remove "${element}" from the Resource of ${label}`,
    };
  }
  return {
    says: `allows ${text} on "${element}", which reaches ${example} of "${other.name}"`,
    remedy: `in ${label} write Resource = ${instead} instead of "${element}"`,
  };
}

/** What the statement may have been meant for: one of its own that the pattern reaches as well, else any. */
function ownExample(estate: Estate, service: string, pattern: Pattern | undefined): string | undefined {
  for (const { arn } of pattern === undefined ? [] : estate.matching(pattern, service)) return arn;
  return estate.of(service)[0];
}
