import type { Policy } from './environment.js';

/** What the caller gave on the command line, and whether a person can be asked. */
export interface ConsentGiven {
  /** `--yes`. */
  readonly yes: boolean;
  /** The name given with `--confirm`. */
  readonly confirm: string | undefined;
  /** Whether the name is asked for even where the environment is not protected. */
  readonly byName?: boolean;
  /** Whether there is a terminal to ask at. */
  readonly interactive: boolean;
}

/** How a change of an environment is confirmed. */
export type Confirmation =
  | { readonly kind: 'given' }
  | { readonly kind: 'ask-name' }
  | { readonly kind: 'ask-yes' }
  | { readonly kind: 'missing'; readonly flag: string }
  | { readonly kind: 'wrong-name'; readonly name: string };

/**
 * Decides how a change is confirmed. A protected environment is confirmed by its name, typed or given with
 * `--confirm`; `--yes` never suffices for it. An unprotected one takes `--yes` or a y/N answer, unless its name is asked
 * for all the same.
 */
export function confirmationFor(environment: string, policy: Policy, given: ConsentGiven): Confirmation {
  if (given.confirm !== undefined) {
    return given.confirm === environment ? { kind: 'given' } : { kind: 'wrong-name', name: given.confirm };
  }
  if (policy.protected || given.byName === true)
    return given.interactive ? { kind: 'ask-name' } : { kind: 'missing', flag: `--confirm ${environment}` };
  if (given.yes) return { kind: 'given' };
  return given.interactive ? { kind: 'ask-yes' } : { kind: 'missing', flag: '--yes' };
}
