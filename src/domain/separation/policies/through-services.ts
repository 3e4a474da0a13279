import { parseArn } from '../identifiers.js';
import { conditionPattern, conditionsHold, isAffirmative } from './conditions.js';
import type { Condition } from './document.js';
import type { Estate } from './estate.js';
import { isOf } from './federated.js';
import { actionsOf, isDenied, type Judged } from './granted.js';
import { areApart, type Lead } from './reach.js';
import { type Caller, type Request, requestFor } from './request.js';

/** Keys that tell on whose behalf a service asks: AWS's own for it, and those of single services. */
const TELLS_SOURCE = /^(?:aws:sourcearn$|(?!aws:))/i;

/** Through a service that asks on behalf of what a condition names: a resource of the other environment, or its account. */
export function throughService(judged: Judged, service: string): Lead | undefined {
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
export function toFederated(judged: Judged, provider: string): Lead | undefined {
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

function own(estate: Estate, source: string): string {
  const [example] = estate.of(parseArn(source)?.service ?? '');
  return example === undefined ? '' : `, like "${example}"`;
}
