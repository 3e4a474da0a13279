import type { ReadFacts } from './fact-reading.js';

/** Every relation that was noted, in words, sorted: `kind: from -> to by what links them: where it is written`. */
export function everyRelation({ facts }: Pick<ReadFacts, 'facts'>): readonly string[] {
  return facts.relations
    .map(({ kind, from, to, through, where }) => {
      const by = through === undefined ? '' : ` by ${through}`;
      return `${kind}: ${from} -> ${to}${by}: ${where}`;
    })
    .sort();
}

/** Every policy that was noted, with its document as it reads, in the order of their holders and names. */
export function everyPolicy({ facts }: Pick<ReadFacts, 'facts'>) {
  return facts.policies
    .map(({ kind, holder, name, document }) => ({ kind, holder, name, document: JSON.parse(document) as unknown }))
    .sort((left, right) => (left.holder + left.name < right.holder + right.name ? -1 : 1));
}

/** Gaps in a line each, sorted: `action on subject: areas`. */
export function gaps({ unread }: Pick<ReadFacts, 'unread'>): readonly string[] {
  return unread.map(({ action, subject, areas }) => `${action} on ${subject}: ${areas.join(', ')}`).sort();
}
