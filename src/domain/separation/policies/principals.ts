import { parseArn } from '../identifiers.js';
import type { Principals } from './document.js';
import type { Estate } from './estate.js';
import type { KnownTags } from './known-tags.js';
import type { Caller } from './request.js';

/** A character that no name has and no pattern asks for. */
const UNKNOWN_NAME = '\uE002';

/** What is known of a user or a role as the one who asks. */
export function callerOf(identifier: string, estate: Estate, tags: KnownTags): Caller {
  const arn = parseArn(identifier);
  const [kind, ...path] = arn?.resource.split('/') ?? [];
  const is = arn?.service === 'iam' ? kind : undefined;
  const known = is === 'role' || is === 'user';
  return {
    arn: known ? identifier : undefined,
    accountId: known ? arn?.accountId : estate.accountId,
    userName: is === 'role' ? null : is === 'user' ? path.at(-1) : undefined,
    // Whom a group or a policy is attached to is not told by its own tags.
    tag: (key) => (known ? tags.of(identifier, key) : undefined),
    ...estate.networks,
  };
}

/**
 * The users and roles of an environment. Where no state and no API tells of any there may be one all the same: all that
 * is known of it is the account, and whose it is, and only what matches every role of the account matches it.
 */
export function callersIn(estate: Estate, tags: KnownTags): readonly Caller[] {
  const known = estate.principals.map((arn) => callerOf(arn, estate, tags));
  return known.length === 0 ? [unknownCaller(estate)] : known;
}

function unknownCaller(estate: Estate): Caller {
  const { accountId, name, place, networks } = estate;
  return {
    arn: accountId === undefined ? undefined : `arn:${place.partition}:iam::${accountId}:role/${UNKNOWN_NAME}`,
    accountId,
    userName: undefined,
    tag: (key) => (key.toLowerCase() === 'environment' ? [name] : undefined),
    ...networks,
  };
}

/** The ARN to show; undefined for a caller that nobody knows. */
export function shownArn({ arn }: Caller): string | undefined {
  return arn?.includes(UNKNOWN_NAME) === true ? undefined : arn;
}

/** The account that a principal stands for as a whole: `arn:aws:iam::111122223333:root` and the bare id are the same. */
export function accountOf(principal: string): string | undefined {
  return /^(?:arn:[^:]+:iam::)?(\d{12})(?::root)?$/.exec(principal)?.[1];
}

/**
 * What tells whether a role is the one that a session is of; undefined for what is no session. The ARN of a session,
 * `arn:aws:sts::111122223333:assumed-role/name/session`, is without the path that its role may have.
 */
export function sessionOf(principal: string): ((role: string) => boolean) | undefined {
  const [, accountId, name] = /^arn:[^:]+:sts::(\d{12}):assumed-role\/([^/]+)\//.exec(principal) ?? [];
  if (name === undefined) return undefined;
  return (role) => role.includes(`:iam::${accountId}:role/`) && role.endsWith(`/${name}`);
}

/** The role of an environment that a session is of. */
export function roleOfSession(principal: string, { principals }: Estate): string | undefined {
  const isOfIt = sessionOf(principal);
  return isOfIt === undefined ? undefined : principals.find(isOfIt);
}

/**
 * Whether a Deny is sure to be about a principal. One with NotPrincipal spares only whom it lists: listing an account
 * beside a role does not spare the account's other roles.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 * @param written the principal as the Allow writes it, when it does
 */
export function deniesPrincipal(
  principals: Principals | undefined,
  { arn, accountId }: Caller,
  written: string,
): boolean {
  if (principals === undefined) return true;
  const listed = (value: string): boolean => value === '*' || value === written || value === arn;
  if (principals.negated) return !principals.values.some(({ value }) => listed(value));
  return principals.values.some(
    ({ value }) => listed(value) || (accountId !== undefined && accountOf(value) === accountId),
  );
}
