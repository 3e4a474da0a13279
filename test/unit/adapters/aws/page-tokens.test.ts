import { describe, expect, it } from '@jest/globals';
import { PageTokens } from '../../../../src/adapters/aws/page-tokens.js';

/** How many tokens are taken until one is known to have come before; at most a thousand. */
function takenUntilKnown(token: (index: number) => string): number {
  const tokens = new PageTokens();
  let index = 0;
  while (index < 1_000 && !tokens.comesAgain(token(index))) index += 1;
  return index;
}

describe('page tokens', () => {
  it('are followed while each is new', () => {
    expect(takenUntilKnown((index) => `token-${index}`)).toBe(1_000);
  });

  it('are known at once when they are the same from the first', () => {
    expect(takenUntilKnown(() => 'same')).toBe(1);
  });

  it.each([
    { way: 0, circle: 2 },
    { way: 5, circle: 1 },
    { way: 7, circle: 3 },
    { way: 100, circle: 40 },
  ])('are known after $way others and a circle of $circle, within three times the way', ({ way, circle }) => {
    const taken = takenUntilKnown((index) => `token-${index < way ? index : way + ((index - way) % circle)}`);
    expect(taken).toBeGreaterThanOrEqual(way + circle);
    expect(taken).toBeLessThanOrEqual(3 * (way + circle));
  });
});
