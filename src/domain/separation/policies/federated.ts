import type { Binding } from '../../environment.js';
import { environmentsNamed } from '../names.js';
import { isAffirmative } from './conditions.js';
import type { Statement } from './document.js';

/** Somebody whom an identity provider vouches for. */
export interface FederatedIdentity {
  /** Condition key of the subject in lower case, like `token.actions.githubusercontent.com:sub`. */
  readonly key: string;
  /** Like `repo:organisation/application:environment:production`. */
  readonly subject: string;
}

/**
 * The subjects that a trust policy admits by a condition and that name its own environment alone. A subject that several
 * environments admit, like the main branch of the repository, is nobody's own.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
 */
export function federatedIdentities(
  statement: Statement,
  environment: string,
  bindings: readonly Binding[],
): readonly FederatedIdentity[] {
  if (statement.effect !== 'Allow') return [];
  return statement.conditions.flatMap((condition) => {
    if (!/:sub$/i.test(condition.key) || !isAffirmative(condition)) return [];
    return condition.values
      .filter((subject) => !/[*?]|\$\{/.test(subject))
      .filter((subject) => environmentsNamed(subject, bindings, 'reference').join() === environment)
      .map((subject) => ({ key: condition.key.toLowerCase(), subject }));
  });
}

/** Whether an identity comes from a provider, as a principal writes it: its ARN ends with the provider's URL. */
export function isOf({ key }: FederatedIdentity, provider: string): boolean {
  const url = key.slice(0, -':sub'.length);
  const written = provider.toLowerCase();
  return written === url || written.endsWith(`:oidc-provider/${url}`);
}
