import type { Ownership } from '../ownership.js';
import { tellsWhose } from '../telling-tags.js';
import type { Known } from './request.js';

/**
 * What is known of resources' tags, by AWS and by the states: where they differ, either may be what a request sees. Of
 * AWS's tags only those that tell whose a resource is are sure to have been kept. Tags that a session brings along by
 * `sts:TagSession` are told nowhere.
 */
export class KnownTags {
  readonly #ownership: Ownership;
  readonly #answers = new Map<string, Map<string, Known>>();

  constructor(ownership: Ownership) {
    this.#ownership = ownership;
  }

  of(identifier: string, key: string): Known {
    let answers = this.#answers.get(key);
    if (answers === undefined) {
      answers = new Map();
      this.#answers.set(key, answers);
    }
    if (answers.has(identifier)) return answers.get(identifier);
    const answer = this.#find(identifier, key);
    answers.set(identifier, answer);
    return answer;
  }

  #find(identifier: string, key: string): Known {
    const values = new Set<string | null>();
    const live = this.#ownership.liveTags(identifier);
    if (live !== undefined) {
      const value = tagIn(live, key);
      if (value !== undefined || tellsWhose(key)) values.add(value ?? null);
    }
    for (const { instance } of this.#ownership.inStates(identifier).values()) {
      const tags = instance.attributes['tags_all'];
      // A type without tags says nothing; one that could have some and has none says null.
      if (tags !== undefined) values.add(tagIn((tags ?? {}) as Readonly<Record<string, unknown>>, key) ?? null);
    }
    return values.size === 0 ? undefined : [...values];
  }
}

/** The part of a condition key that is a tag's key is compared in any case. */
function tagIn(tags: Readonly<Record<string, unknown>>, key: string): string | undefined {
  const lower = key.toLowerCase();
  const found = tags[key] ?? Object.entries(tags).find(([name]) => name.toLowerCase() === lower)?.[1];
  return typeof found === 'string' ? found : undefined;
}
