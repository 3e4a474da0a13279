import { describe, expect, it } from '@jest/globals';
import { Pattern } from '../../../../../src/domain/separation/policies/pattern.js';
import { picksFrom } from '../../../../support/picks.js';

/** The simplest matcher there is, straight from the words of the documentation. */
function naive(pattern: string, text: string): boolean {
  const [first] = pattern;
  if (first === undefined) return text === '';
  const rest = pattern.slice(1);
  if (first === '*') return naive(rest, text) || (text !== '' && naive(pattern, text.slice(1)));
  return text !== '' && (first === '?' || first === text[0]) && naive(rest, text.slice(1));
}

/** Every text of up to four of these characters. */
const TEXTS = ((): readonly string[] => {
  const texts = [''];
  for (let from = 0, length = 0; length < 4; length += 1) {
    const to = texts.length;
    for (; from < to; from += 1) for (const character of 'ab:') texts.push(`${texts[from]}${character}`);
  }
  return texts;
})();

const generated = (seed: number, count: number, characters: string): readonly string[] => {
  const pick = picksFrom(seed);
  return Array.from({ length: count }, () =>
    Array.from({ length: pick(6) }, () => characters[pick(characters.length)] ?? '').join(''),
  );
};

describe('a pattern', () => {
  it.each<[string, string, boolean]>([
    ['arn:aws:s3:::a', 'arn:aws:s3:::a', true],
    ['arn:aws:s3:::a', 'arn:aws:s3:::A', false],
    ['arn:aws:s3:::a*', 'arn:aws:s3:::a', true],
    ['arn:aws:s3:::a?', 'arn:aws:s3:::a', false],
    ['arn:aws:s3:::*/x', 'arn:aws:s3:::a/b/x', true],
    ['arn:aws:sqs:*', 'arn:aws:sqs:us-east-1:1:a', true],
    ['*', '', true],
    ['', '', true],
    ['', 'a', false],
  ])('%j and %j: %j', (pattern, text, matches) => {
    expect(Pattern.wild(pattern).matches(text)).toBe(matches);
  });

  it('takes no character for a wildcard that is literal', () => {
    expect(Pattern.literal('a*').matches('ab')).toBe(false);
    expect(Pattern.literal('a*').matches('a*')).toBe(true);
    expect(Pattern.joined([Pattern.literal('*'), Pattern.wild('*')]).matches('*b')).toBe(true);
  });

  it('is quick, however hostile', () => {
    const hostile = Pattern.wild(`${'*a'.repeat(500)}*b`);
    const started = performance.now();
    expect(hostile.matches('a'.repeat(5000))).toBe(false);
    expect(hostile.overlaps(Pattern.wild('a*'.repeat(500)))).toBe(true);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

describe('generated patterns', () => {
  const patterns = generated(1, 300, 'ab:*?');

  it('match what the naive matcher matches', () => {
    const different = patterns.flatMap((pattern) => {
      const compiled = Pattern.wild(pattern);
      return TEXTS.filter((text) => compiled.matches(text) !== naive(pattern, text)).map((text) => [pattern, text]);
    });
    expect(different).toEqual([]);
  });

  it('may start with a text when some text that starts so matches', () => {
    const wrong: unknown[] = [];
    for (const pattern of patterns.slice(0, 100)) {
      for (const start of TEXTS.filter(({ length }) => length < 3)) {
        const some = TEXTS.some((text) => text.startsWith(start) && naive(pattern, text));
        const may = Pattern.wild(pattern).mayStartWith(start);
        // Longer texts than the generated ones may match where none of these does.
        const certain = !pattern.includes('*') && pattern.length < 5;
        if ((some && !may) || (certain && may !== some)) wrong.push([pattern, start, may]);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('overlap where a text matches both, and cover only what they match', () => {
    const wrong: unknown[] = [];
    for (const left of patterns.slice(0, 120)) {
      for (const right of generated(2, 60, 'ab:*?')) {
        const [one, other] = [Pattern.wild(left), Pattern.wild(right)];
        const both = TEXTS.some((text) => naive(left, text) && naive(right, text));
        if (both && !one.overlaps(other)) wrong.push([left, right, 'overlap']);
        if (one.overlaps(other) !== other.overlaps(one)) wrong.push([left, right, 'overlap one way only']);
        if (one.covers(other) && TEXTS.some((text) => naive(right, text) && !naive(left, text)))
          wrong.push([left, right, 'cover']);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('without a star overlap exactly where a text matches both', () => {
    const plain = generated(3, 150, 'ab?').filter(({ length }) => length < 5);
    const wrong = plain.flatMap((left) =>
      plain
        .filter(
          (right) =>
            Pattern.wild(left).overlaps(Pattern.wild(right)) !==
            TEXTS.some((text) => naive(left, text) && naive(right, text)),
        )
        .map((right) => [left, right]),
    );
    expect(wrong).toEqual([]);
  });
});
