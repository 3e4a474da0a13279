import type { Check } from '../../domain/separation/report.js';
import { type Answer, answerFor, type Pair } from './answer.js';
import { listed } from './words.js';

/** Pairs that every check answers alike: one column of the matrix, however many environments there are. */
export interface PairGroup {
  readonly pairs: readonly Pair[];
  /** The answers to the checks, in their order. */
  readonly answers: readonly Answer[];
  /** What the pairs are called together. */
  readonly name: string;
  /** Whether the name tells which pairs they are. */
  readonly namesAll: boolean;
}

/** The pairs by their answers, those with a failure first. @param checks each over the same pairs */
export function pairGroups(checks: readonly Check[]): readonly PairGroup[] {
  const pairs = checks[0]?.pairs ?? [];
  const groups = new Map<string, { readonly pairs: Pair[]; readonly answers: readonly Answer[] }>();
  pairs.forEach(({ environments }, index) => {
    const answers = checks.map((check) => {
      const pair = check.pairs[index];
      // What nobody answered is not known.
      return pair === undefined ? 'unknown' : answerFor(check, pair);
    });
    const group = groups.get(answers.join()) ?? { pairs: [], answers };
    group.pairs.push(environments);
    groups.set(answers.join(), group);
  });
  const sorted = [...groups.values()].sort((a, b) => gravity(a.answers) - gravity(b.answers));
  const all = pairs.map(({ environments }) => environments);
  return sorted.map((group, index) => ({ ...group, ...nameOf(group.pairs, all, index === sorted.length - 1) }));
}

/** Two environments as they are called together. */
export function pairName([first, second]: Pair): string {
  return `${first} ↔ ${second}`;
}

function gravity(answers: readonly Answer[]): number {
  return answers.includes('fail') ? 0 : answers.includes('unknown') ? 1 : 2;
}

/** @param last whether every other group was named before */
function nameOf(pairs: readonly Pair[], all: readonly Pair[], last: boolean): Pick<PairGroup, 'name' | 'namesAll'> {
  const named = { name: listed(pairs.map(pairName)), namesAll: true };
  if (pairs.length < 3) return named;
  if (pairs.length === all.length) return { name: `all ${all.length} pairs`, namesAll: false };
  const one = pairs[0]?.find((name) => areAllOf(pairs, all, name));
  if (one !== undefined) return { name: `${one} ↔ every other`, namesAll: true };
  return last ? { name: `the ${pairs.length} other pairs`, namesAll: false } : named;
}

/** Whether the pairs are all that an environment is in. */
function areAllOf(pairs: readonly Pair[], all: readonly Pair[], name: string): boolean {
  return (
    pairs.every((pair) => pair.includes(name)) && all.filter((pair) => pair.includes(name)).length === pairs.length
  );
}
