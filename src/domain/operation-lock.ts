import type { Operation } from './ledger-record.js';

/** Who carries out what on an environment: what the operation lock says while it is held. */
export interface OperationClaim {
  /** The operation's id, as in the ledger. */
  readonly id: string;
  readonly operation: Operation;
  /** ARN of who does it. */
  readonly actor: string;
  /** Where it is done: `user@host`, or the address of a pipeline's run. */
  readonly origin: string;
  readonly commit: string | null;
  /** ISO 8601, by the clock of the machine that holds it. */
  readonly since: string;
  /**
   * ISO 8601: when the holder would have to be heard of again. A holder that lives moves it forward all the time; after
   * it the holder is probably dead. It is for people to judge by: nothing is ever broken because of it.
   */
  readonly expires: string;
}

/** How long a claim stands without being renewed, in milliseconds: long enough for a laptop that loses its network. */
export const LEASE_MS = 10 * 60 * 1000;

/** How often a claim is renewed, in milliseconds. */
export const RENEWAL_MS = 60 * 1000;

/** Reads a claim back from what a lock holds; undefined for what is none. */
export function operationClaimOf(text: string): OperationClaim | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (value === null || typeof value !== 'object') return undefined;
  const claim = value as { readonly [field in keyof OperationClaim]?: unknown };
  const texts = [claim.id, claim.operation, claim.actor, claim.origin, claim.since, claim.expires];
  const isClaim =
    texts.every((field) => typeof field === 'string') && (claim.commit === null || typeof claim.commit === 'string');
  return isClaim ? (value as OperationClaim) : undefined;
}

/** Whole minutes since a claim expired by this machine's clock; undefined while it stands. */
export function minutesExpired(claim: Pick<OperationClaim, 'expires'>, now: Date): number | undefined {
  const overdue = now.getTime() - Date.parse(claim.expires);
  return overdue < 0 ? undefined : Math.floor(overdue / 60_000);
}

/** A claim in a sentence: `deploy 2026…-0a1b2c by arn… on ada@host since 10:00 (commit 01234567)`. */
export function describeClaim(claim: OperationClaim): string {
  const commit = claim.commit === null ? '' : `, commit ${claim.commit.slice(0, 8)}`;
  return `${claim.operation} ${claim.id} by ${claim.actor} on ${claim.origin}, since ${claim.since}${commit}`;
}
