import type { Ownership } from '../ownership.js';
import { conditionsHold } from './conditions.js';
import type { Principal, Statement } from './document.js';
import { actionsOf, type Granted, type Grantee, isDenied, type Judged } from './granted.js';
import type { KnownTags } from './known-tags.js';
import { admitsOnlyOwn } from './own-source.js';
import { Pattern } from './pattern.js';
import { accountOf, callerOf, roleOfSession, shownArn } from './principals.js';
import { areApart, type Lead } from './reach.js';
import { type Caller, requestBy } from './request.js';
import { throughService, toFederated } from './through-services.js';

/**
 * How a statement of a resource policy, a trust policy or a grant lets in another environment; undefined when it does
 * not.
 *
 * Within one account its root principal grants nothing by itself: it leaves the decision to the account's IAM policies,
 * which are judged as such. A service reaches nobody by itself; it does so for the resource that a condition names.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function grantTo(
  statement: Statement,
  granted: Granted,
  grantee: Grantee,
  { ownership, tags }: { readonly ownership: Ownership; readonly tags: KnownTags },
): Lead | undefined {
  const { principals } = statement;
  if (principals === undefined) return undefined;
  const judged = { statement, granted, grantee, ownership, tags };
  if (principals.negated) return toAllBut(judged, principals.values);
  for (const principal of principals.values) {
    const found = toPrincipal(judged, principal);
    if (found !== undefined) return found;
  }
  return undefined;
}

function toPrincipal(judged: Judged, { type, value }: Principal): Lead | undefined {
  switch (type) {
    case 'Service':
      return throughService(judged, value);
    case 'Federated':
      return toOwn(judged, value, value) ?? toFederated(judged, value);
    case 'AWS':
      return value === '*' ? toEverybody(judged) : toAwsPrincipal(judged, value);
    default:
      return undefined;
  }
}

function toAwsPrincipal(judged: Judged, value: string): Lead | undefined {
  const { granted, grantee, ownership } = judged;
  const account = accountOf(value);
  if (account !== undefined) {
    if (account !== grantee.estate.accountId) return undefined;
    // The account that both share is what a service acts for as well.
    if (!areApart(granted.estate, grantee.estate)) return throughService(judged, value);
    if (someGetsIn(judged, value) === undefined) return undefined;
    return {
      says: `allows ${actionsOf(judged)} to ${value}, the account of "${grantee.estate.name}"`,
      remedy: removing(judged, value),
    };
  }
  // AWS refuses a wildcard within a principal; where one was stored all the same, it means what it says.
  if (/[*?]/.test(value)) {
    const pattern = Pattern.wild(value);
    const some = grantee.estate.principals.find((arn) => pattern.matches(arn) && getsIn(judged, arn, value));
    return some === undefined ? undefined : toThem(judged, value, `which ${some} of "${grantee.estate.name}" is`);
  }
  return toOwn(judged, roleOfSession(value, grantee.estate) ?? ownership.resolve(value), value);
}

/** To a principal that is the other environment's own and no one else's. */
function toOwn(judged: Judged, identifier: string, written: string): Lead | undefined {
  const { grantee, granted, ownership } = judged;
  const owners = ownership.ownersOf(identifier);
  if (!owners.has(grantee.estate.name) || owners.has(granted.estate.name)) return undefined;
  if (!getsIn(judged, identifier, written)) return undefined;
  return toThem(judged, written, `a principal of "${grantee.estate.name}"`);
}

function toEverybody(judged: Judged): Lead | undefined {
  const { name } = judged.grantee.estate;
  if (admitsOnlyOwn(judged.statement, judged.granted.estate.name, judged.ownership)) return undefined;
  const some = someGetsIn(judged, '*');
  if (some === undefined) return throughService(judged, '*');
  const arn = shownArn(some);
  return {
    says: `allows ${actionsOf(judged)} to "*", and no condition keeps "${name}" out${arn === undefined ? '' : `: ${arn} may`}`,
    remedy: `in ${judged.statement.label} write ${ownPrincipals(judged)} instead of "*", or add the condition ${ownCondition(judged)}`,
  };
}

function toAllBut(judged: Judged, excluded: readonly Principal[]): Lead | undefined {
  const { estate } = judged.grantee;
  const values = new Set(excluded.map(({ value }) => value));
  if (values.has('*')) return undefined;
  const apart = areApart(judged.granted.estate, estate);
  if (apart && [...values].some((value) => accountOf(value) === estate.accountId)) return undefined;
  const some = judged.grantee
    .callers()
    .find((caller) => (caller.arn === undefined || !values.has(caller.arn)) && mayPass(judged, caller, '*'));
  if (some === undefined) return undefined;
  return {
    says: `allows ${actionsOf(judged)} to everybody that its NotPrincipal does not list, "${estate.name}" among them`,
    remedy: `in ${judged.statement.label} write ${ownPrincipals(judged)} instead of NotPrincipal`,
  };
}

function someGetsIn(judged: Judged, written: string): Caller | undefined {
  return judged.grantee.callers().find((caller) => mayPass(judged, caller, written));
}

function getsIn(judged: Judged, identifier: string, written: string): boolean {
  return mayPass(judged, callerOf(identifier, judged.grantee.estate, judged.tags), written);
}

/** Whether the conditions may let a caller in, and no Deny is sure to keep it out. */
function mayPass({ statement, granted }: Judged, caller: Caller, written: string): boolean {
  const request = requestBy(caller, granted.target);
  return conditionsHold(statement, request) !== 'never' && !isDenied(statement, granted, caller, written, request);
}

function toThem(judged: Judged, value: string, who: string): Lead {
  return { says: `allows ${actionsOf(judged)} to ${value}, ${who}`, remedy: removing(judged, value) };
}

function removing({ statement }: Judged, value: string): string {
  return `remove "${value}" from the Principal of ${statement.label}`;
}

function ownPrincipals({ granted }: Judged): string {
  const [example] = granted.estate.principals;
  return example === undefined ? `principals of "${granted.estate.name}"` : `Principal = { AWS = "${example}" }`;
}

function ownCondition({ granted }: Judged): string {
  const [example] = granted.estate.principals;
  const arn = example ?? `an ARN of "${granted.estate.name}"`;
  return `ArnEquals = { "aws:PrincipalArn" = "${arn}" }`;
}
