import type { Ownership } from '../ownership.js';
import { actionPattern, actionsCover } from './actions.js';
import { conditionsHold } from './conditions.js';
import type { Statement } from './document.js';
import type { Estate } from './estate.js';
import type { FederatedIdentity } from './federated.js';
import type { KnownTags } from './known-tags.js';
import { resourcesCover } from './limits.js';
import { Pattern } from './pattern.js';
import { deniesPrincipal } from './principals.js';
import type { Caller, Request, Target } from './request.js';

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

/** A statement that grants something, with all that it is judged by. */
export interface Judged {
  readonly statement: Statement;
  readonly granted: Granted;
  readonly grantee: Grantee;
  readonly ownership: Ownership;
  readonly tags: KnownTags;
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

/** The actions that a statement grants, as in a sentence. */
export function actionsOf({ statement }: Judged): string {
  const { negated, values } = statement.actions;
  const [first = '', ...others] = values;
  if (negated) return `all but ${values.join(', ')}`;
  return others.length === 0 ? first : `${first} and ${others.length} more`;
}
