import type { Evidence } from '../evidence.js';
import { parseArn } from '../identifiers.js';
import type { Ownership } from '../ownership.js';
import { actionPattern, type WrittenAction } from './actions.js';
import type { Known } from './request.js';

/** The aliases that keys have, as AWS and the states tell them. */
export class KeyAliases {
  readonly #byKey = new Map<string, Set<string>>();
  /** Accounts with the region in which every alias was listed. */
  readonly #listedIn: ReadonlySet<string>;

  constructor({ facts, live }: Pick<Evidence, 'facts' | 'live'>, ownership: Ownership) {
    for (const { kind, from, to } of facts.relations) {
      const name = kind === 'key-alias' ? parseArn(from)?.resource : undefined;
      if (name === undefined) continue;
      const key = ownership.resolve(to);
      this.#byKey.set(key, (this.#byKey.get(key) ?? new Set()).add(name));
    }
    const listed = live.listedTypes.filter(({ type }) => type === 'aws_kms_alias');
    this.#listedIn = new Set(listed.map(({ accountId, region }) => `${accountId} ${region}`));
  }

  /**
   * The aliases of a key as conditions write them, `alias/name`; null for one that has none. Undefined where not all were
   * listed, and for what is no key.
   */
  of(identifier: string): Known {
    const arn = parseArn(identifier);
    if (arn?.service !== 'kms' || !this.#listedIn.has(`${arn.accountId} ${arn.region}`)) return undefined;
    const aliases = this.#byKey.get(identifier);
    return aliases === undefined ? [null] : [...aliases];
  }
}

/**
 * What can be done to an alias. Every other action that is asked for by an alias is done to its key, and allowed by the
 * key's ARN.
 * Source: https://docs.aws.amazon.com/kms/latest/developerguide/alias-authorization.html
 */
const ACTIONS_ON_ALIASES = ['kms:CreateAlias', 'kms:UpdateAlias', 'kms:DeleteAlias'].map(actionPattern);

/** Whether an ARN is of an alias. It has no tags, its key has. */
export function isAlias(arn: string): boolean {
  return /^arn:[^:]+:kms:[^:]*:[^:]*:alias\//.test(arn);
}

/** Those among actions that can be done to an alias, each by itself. */
export function actionsOnAlias(actions: readonly WrittenAction[]): readonly WrittenAction[] {
  return actions.flatMap(({ text, pattern }) =>
    ACTIONS_ON_ALIASES.filter((each) => pattern.overlaps(each)).map((each) => ({ text, pattern: each })),
  );
}
