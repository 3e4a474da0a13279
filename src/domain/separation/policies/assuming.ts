import { parseArn } from '../identifiers.js';
import type { Ownership } from '../ownership.js';
import { actionPattern, actionsCover, actionsOverlap } from './actions.js';
import { conditionsHold } from './conditions.js';
import type { Principal, Statement } from './document.js';
import type { Estate } from './estate.js';
import { type Limits, resourcesOverlap } from './limits.js';
import { Pattern } from './pattern.js';
import { accountOf, callerOf, deniesPrincipal, sessionOf } from './principals.js';
import { type KnownResources, targetOf } from './reach.js';
import type { ReadPolicy } from './read-policy.js';
import { type Caller, type Request, requestBy } from './request.js';

const ASSUME = actionPattern('sts:AssumeRole');

/** What tells who may assume a role. */
export interface AssumingInput {
  readonly ownership: Ownership;
  readonly known: KnownResources;
  /** The policies that a principal has, attached ones among them, and the trust policies of a role. */
  readonly policiesOf: (principal: string) => readonly ReadPolicy[];
  readonly limitsOf: (principal: string, source: ReadPolicy['fact']['source']) => Limits;
}

/** A statement that lets somebody assume roles, with the policy it is of. */
interface Allowing {
  readonly policy: ReadPolicy;
  readonly statement: Statement;
}

/** Somebody who would assume a role. */
interface Attempt {
  readonly principal: string;
  readonly role: string;
  readonly caller: Caller;
  readonly request: Request;
}

/**
 * Who may assume roles with credentials of AWS: not by an identity provider, and not by having a service do it.
 *
 * In one account a trust policy that names a principal is enough; one that names the account leaves it to the policies of
 * its principals. From another account it always takes both.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export class Assuming {
  readonly #input: AssumingInput;
  readonly #allowing = new Map<string, readonly Allowing[]>();

  constructor(input: AssumingInput) {
    this.#input = input;
  }

  /** Whether somebody may assume a role at all: most are for services and identity providers alone. */
  isOpen(role: string): boolean {
    return this.#allowingAt(role, 'trust').some(
      ({ statement: { principals } }) =>
        principals !== undefined && !principals.negated && principals.values.some(({ type }) => type === 'AWS'),
    );
  }

  /** Whether a principal may assume a role. @param estate of the environment that acts as the principal */
  may(principal: string, role: string, estate: Estate): boolean {
    const { tags } = this.#input.known;
    const caller = callerOf(principal, estate, tags);
    const request = requestBy(caller, targetOf(role, estate, this.#input.known));
    const attempt = { principal, role, caller, request };
    return this.#allowingAt(role, 'trust').some((trust) => this.#isLetIn(attempt, trust));
  }

  #isLetIn(attempt: Attempt, { policy, statement }: Allowing): boolean {
    const { principals } = statement;
    if (principals === undefined || principals.negated) return false;
    if (conditionsHold(statement, attempt.request) === 'never') return false;
    return principals.values.some(
      (each) => this.#isMeant(attempt, each, policy) && !isDenied(attempt, policy, each.value),
    );
  }

  /** Whether one of the principals of a trust policy lets somebody in, together with the policies that he has. */
  #isMeant(attempt: Attempt, { type, value }: Principal, { fact }: ReadPolicy): boolean {
    const { principal, role, request } = attempt;
    const meaning = type === 'AWS' ? this.#meaning(value, principal) : undefined;
    if (meaning === undefined) return false;
    if (meaning === 'account' || accountIdOf(principal) !== accountIdOf(role)) return this.#isAllowed(attempt);
    const limits = this.#input.limitsOf(principal, fact.source);
    const itself = [Pattern.literal(role)];
    // What a boundary leaves out is no bar to whom another policy names, but for a role.
    // Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html#access_policies_boundaries-eval-logic
    const isBound = meaning === 'itself' && principal.includes(':role/');
    return !(isBound ? limits.forbid(ASSUME, itself, request) : limits.deny(ASSUME, itself, request));
  }

  /** Whether a principal's own policies let it assume a role. */
  #isAllowed({ principal, role, request }: Attempt): boolean {
    const itself = Pattern.literal(role);
    return this.#allowingAt(principal, 'identity').some(
      ({ policy, statement }) =>
        resourcesOverlap(statement, itself, request) &&
        conditionsHold(statement, request) !== 'never' &&
        !this.#input.limitsOf(principal, policy.fact.source).forbid(ASSUME, [itself], request),
    );
  }

  /** As what a principal of a trust policy means somebody; undefined when it does not. */
  #meaning(written: string, principal: string): 'everybody' | 'account' | 'session' | 'itself' | undefined {
    if (written === '*') return 'everybody';
    const account = accountOf(written);
    if (account !== undefined) return account === accountIdOf(principal) ? 'account' : undefined;
    const isOfSession = sessionOf(written);
    if (isOfSession !== undefined) return isOfSession(principal) ? 'session' : undefined;
    // AWS stores no patterns any more; where it has one, that means what it says.
    const isIt = /[*?]/.test(written)
      ? Pattern.wild(written).matches(principal)
      : this.#input.ownership.resolve(written) === principal;
    return isIt ? 'itself' : undefined;
  }

  #allowingAt(principal: string, kind: 'identity' | 'trust'): readonly Allowing[] {
    const key = `${kind}\0${principal}`;
    const known = this.#allowing.get(key);
    if (known !== undefined) return known;
    const found = this.#input
      .policiesOf(principal)
      .filter(({ fact }) => fact.kind === kind)
      .flatMap((policy) =>
        policy.document.statements
          .filter(({ effect, actions }) => effect === 'Allow' && actionsOverlap(actions, ASSUME))
          .map((statement) => ({ policy, statement })),
      );
    this.#allowing.set(key, found);
    return found;
  }
}

/** Whether a trust policy is sure to deny it to somebody whom it lets in by these words. */
function isDenied({ caller, request }: Attempt, { document }: ReadPolicy, written: string): boolean {
  return document.statements.some(
    (denial) =>
      denial.effect === 'Deny' &&
      deniesPrincipal(denial.principals, caller, written) &&
      actionsCover(denial.actions, ASSUME) &&
      conditionsHold(denial, request) === 'always',
  );
}

function accountIdOf(arn: string): string | undefined {
  return parseArn(arn)?.accountId;
}
