import { parseArn } from '../identifiers.js';
import type { Ownership } from '../ownership.js';
import { actionPattern, actionsOverlap } from './actions.js';
import { conditionsHold } from './conditions.js';
import type { Statement } from './document.js';
import type { Estate } from './estate.js';
import { isDenied } from './granted.js';
import { type Limits, resourcesOverlap } from './limits.js';
import { Pattern } from './pattern.js';
import { accountOf, callerOf, roleOfSession } from './principals.js';
import { type KnownResources, targetOf } from './reach.js';
import type { ReadPolicy } from './read-policy.js';
import { type Request, requestBy } from './request.js';

const ASSUME = actionPattern('sts:AssumeRole');

/** What tells who may assume a role. */
export interface AssumersInput {
  readonly ownership: Ownership;
  readonly estates: ReadonlyMap<string, Estate>;
  readonly policies: readonly ReadPolicy[];
  readonly known: KnownResources;
  /** Those whom an identity policy is for: its holder, or whom a managed policy is attached to. */
  readonly holdersOf: (policy: ReadPolicy) => readonly string[];
  readonly limitsOf: (principal: string, source: ReadPolicy['fact']['source']) => Limits;
}

/** A policy and those of its statements that let somebody assume roles. */
interface Allowing {
  readonly policy: ReadPolicy;
  readonly statements: readonly Statement[];
}

/**
 * Who may assume roles. A trust policy that names a principal lets it in; one that names an account leaves it to the
 * policies of that account's principals. Conditions and Deny statements count for the principals of environments: of
 * others it is not known what they ask for.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export class Assumers {
  readonly #input: AssumersInput;
  /** What allows it to whom it is attached to. */
  readonly #allowing: readonly Allowing[];

  constructor(input: AssumersInput) {
    this.#input = input;
    this.#allowing = input.policies
      .filter(({ fact }) => fact.kind === 'identity')
      .map((policy) => ({ policy, statements: allowing(policy) }))
      .filter(({ statements }) => statements.length > 0);
  }

  /** The canonical identifiers of those whom the trust policy of a role lets in. */
  *of(trust: ReadPolicy): Generator<string> {
    const role = this.#input.ownership.resolve(trust.fact.holder);
    for (const statement of allowing(trust)) {
      if (statement.principals === undefined || statement.principals.negated) continue;
      for (const { type, value } of statement.principals.values) {
        if (type !== 'AWS') continue;
        for (const principal of this.#meantBy(value, role)) {
          if (this.#isLetIn(principal, role, { trust, statement, written: value })) yield principal;
        }
      }
    }
  }

  /** Whom a principal of a trust policy stands for, conditions aside. */
  #meantBy(written: string, role: string): readonly string[] {
    const { ownership, estates } = this.#input;
    const account = accountOf(written);
    if (account !== undefined) return this.#allowed(role).filter((each) => parseArn(each)?.accountId === account);
    if (written !== '*') return [this.#roleOfSession(written) ?? ownership.resolve(written)];
    // In its own account everybody is named; those of other accounts need to be allowed it as well.
    const own = [...estates.values()]
      .flatMap(({ principals }) => principals)
      .filter((each) => inOneAccount(each, role));
    return [...own, ...this.#allowed(role)];
  }

  #roleOfSession(written: string): string | undefined {
    for (const estate of this.#input.estates.values()) {
      const role = roleOfSession(written, estate);
      if (role !== undefined) return role;
    }
    return undefined;
  }

  /** Those whose own policies let them assume a role. */
  #allowed(role: string): readonly string[] {
    const { holdersOf, limitsOf } = this.#input;
    const itself = Pattern.literal(role);
    return this.#allowing.flatMap(({ policy, statements }) =>
      holdersOf(policy).filter((principal) => {
        const request = this.#request(principal, role);
        return (
          statements.some(
            (statement) =>
              resourcesOverlap(statement, itself, request) && conditionsHold(statement, request) !== 'never',
          ) && !limitsOf(principal, policy.fact.source).forbid(ASSUME, [itself], request)
        );
      }),
    );
  }

  #isLetIn(
    principal: string,
    role: string,
    {
      trust,
      statement,
      written,
    }: { readonly trust: ReadPolicy; readonly statement: Statement; readonly written: string },
  ): boolean {
    const estate = this.#estateOf(principal);
    if (estate === undefined) return true;
    const caller = callerOf(principal, estate, this.#input.known.tags);
    const request = this.#request(principal, role);
    const denials = () => trust.document.statements.filter(({ effect }) => effect === 'Deny');
    return (
      conditionsHold(statement, request) !== 'never' && !isDenied(statement, { denials }, caller, written, request)
    );
  }

  /** What is known of the request of a principal to assume a role. */
  #request(principal: string, role: string): Request {
    const { known } = this.#input;
    const estate = this.#estateOf(principal);
    if (estate === undefined) return () => undefined;
    return requestBy(callerOf(principal, estate, known.tags), targetOf(role, estate, known));
  }

  #estateOf(principal: string): Estate | undefined {
    const [owner] = this.#input.ownership.ownersOf(principal);
    return owner === undefined ? undefined : this.#input.estates.get(owner);
  }
}

function allowing({ document }: ReadPolicy): readonly Statement[] {
  return document.statements.filter(({ effect, actions }) => effect === 'Allow' && actionsOverlap(actions, ASSUME));
}

function inOneAccount(one: string, other: string): boolean {
  return parseArn(one)?.accountId === parseArn(other)?.accountId;
}
