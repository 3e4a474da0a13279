import { parseArn } from '../identifiers.js';
import type { Ownership } from '../ownership.js';
import { actionPattern, actionsCover } from './actions.js';
import { conditionPattern, conditionsHold, isAffirmative } from './conditions.js';
import type { Condition, Principal, Statement } from './document.js';
import type { Estate } from './estate.js';
import { type FederatedIdentity, isOf } from './federated.js';
import type { KnownTags } from './known-tags.js';
import { resourcesCover } from './limits.js';
import { Pattern } from './pattern.js';
import { accountOf, callerOf, deniesPrincipal, roleOfSession, shownArn } from './principals.js';
import { areApart, type Lead } from './reach.js';
import { type Caller, type Request, requestBy, requestFor, type Target } from './request.js';

/** A resource of an environment, as what a policy grants the use of. */
export interface Granted {
  readonly estate: Estate;
  readonly target: Target;
  /** Deny statements of the policies it is attached to. */
  readonly denials: () => readonly Statement[];
}

/** Another environment, as whom a policy grants something to. */
export interface Grantee {
  readonly estate: Estate;
  /** Its users and roles. */
  readonly callers: () => readonly Caller[];
  /** Whom it lets in through identity providers, as its own trust policies say. */
  readonly federated: readonly FederatedIdentity[];
}

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

interface Judged {
  readonly statement: Statement;
  readonly granted: Granted;
  readonly grantee: Grantee;
  readonly ownership: Ownership;
  readonly tags: KnownTags;
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

/** Whether one Deny takes away all that a statement grants to a caller. */
export function isDenied(
  statement: Statement,
  { denials }: Granted,
  caller: Caller,
  written: string,
  request: Request,
): boolean {
  return denials().some(
    (denial) =>
      deniesPrincipal(denial.principals, caller, written) &&
      !statement.actions.negated &&
      statement.actions.values.every((action) => actionsCover(denial.actions, actionPattern(action))) &&
      !statement.resources.negated &&
      statement.resources.values.every((resource) => resourcesCover(denial, Pattern.wild(resource), request)) &&
      conditionsHold(denial, request) === 'always',
  );
}

/** Keys that tell on whose behalf a service asks: AWS's own for it, and those of single services. */
const TELLS_SOURCE = /^(?:aws:sourcearn$|(?!aws:))/i;

/** Through a service that asks on behalf of what a condition names: a resource of the other environment, or its account. */
function throughService(judged: Judged, service: string): Lead | undefined {
  const { statement, granted, grantee } = judged;
  const { estate } = grantee;
  for (const condition of statement.conditions.filter(isAffirmative)) {
    for (const value of condition.values) {
      const source = sourceIn(judged, condition, value);
      if (source === undefined) continue;
      return {
        says: `allows ${actionsOf(judged)} to ${service === '*' ? 'a service' : service} for ${source} of "${estate.name}", by ${condition.key} "${value}"`,
        remedy: `in ${statement.label} let ${condition.key} name only what is of "${granted.estate.name}"${own(granted.estate, source)}`,
      };
    }
    const account = /^aws:source(?:account|owner)$/i.test(condition.key) && areApart(granted.estate, estate);
    const { accountId } = estate;
    if (!account || accountId === undefined || !condition.values.includes(accountId)) continue;
    const request = requestFor({ arn: undefined, accountId }, granted.target);
    if (!serviceMayPass(judged, request)) continue;
    return {
      says: `allows ${actionsOf(judged)} to ${service} for ${accountId}, the account of "${estate.name}"`,
      remedy: `remove "${accountId}" from ${condition.key} in ${statement.label}`,
    };
  }
  return undefined;
}

/** The other environment's resource that a condition's value matches, when the other conditions do not keep it out. */
function sourceIn(judged: Judged, condition: Condition, value: string): string | undefined {
  if (!value.startsWith('arn:') || !TELLS_SOURCE.test(condition.key)) return undefined;
  const { statement, granted, grantee } = judged;
  const target = requestFor({ arn: undefined, accountId: undefined }, granted.target);
  const pattern = conditionPattern(condition, value, statement, target);
  if (pattern === undefined) return undefined;
  for (const service of grantee.estate.servicesFor(pattern)) {
    for (const { arn } of grantee.estate.matching(pattern, service)) {
      const asked = requestFor({ arn, accountId: parseArn(arn)?.accountId || undefined }, granted.target);
      // Whatever key names it, that key has its ARN.
      const request: Request = (key) => (key.toLowerCase() === condition.key.toLowerCase() ? [arn] : asked(key));
      if (serviceMayPass(judged, request)) return arn;
    }
  }
  return undefined;
}

/** Nobody's user or role, but AWS itself. */
const NOBODY: Caller = {
  arn: undefined,
  accountId: undefined,
  userName: null,
  tag: () => [null],
  vpcs: [],
  vpcEndpoints: [],
};

function serviceMayPass({ statement, granted }: Judged, request: Request): boolean {
  return conditionsHold(statement, request) !== 'never' && !isDenied(statement, granted, NOBODY, '*', request);
}

/** Through an identity provider that both use, to somebody whom the other environment takes for its own. */
function toFederated(judged: Judged, provider: string): Lead | undefined {
  const { statement, granted, grantee } = judged;
  const who = grantee.federated.find((identity) => {
    if (!isOf(identity, provider)) return false;
    const asked = requestFor({ arn: undefined, accountId: undefined }, granted.target);
    const request: Request = (key) => (key.toLowerCase() === identity.key ? [identity.subject] : asked(key));
    return serviceMayPass(judged, request);
  });
  if (who === undefined) return undefined;
  return {
    says: `allows ${actionsOf(judged)} to "${who.subject}" of "${grantee.estate.name}" through ${provider}`,
    remedy: `in ${statement.label} let ${who.key} name only subjects of "${granted.estate.name}"`,
  };
}

function toThem(judged: Judged, value: string, who: string): Lead {
  return { says: `allows ${actionsOf(judged)} to ${value}, ${who}`, remedy: removing(judged, value) };
}

function removing({ statement }: Judged, value: string): string {
  return `remove "${value}" from the Principal of ${statement.label}`;
}

function actionsOf({ statement }: Judged): string {
  const { negated, values } = statement.actions;
  const [first = '', ...others] = values;
  if (negated) return `all but ${values.join(', ')}`;
  return others.length === 0 ? first : `${first} and ${others.length} more`;
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

function own(estate: Estate, source: string): string {
  const [example] = estate.of(parseArn(source)?.service ?? '');
  return example === undefined ? '' : `, like "${example}"`;
}
