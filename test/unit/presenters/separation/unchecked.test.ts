import { describe, expect, it } from '@jest/globals';
import { uncheckedOf } from '../../../../src/presenters/separation/unchecked.js';

describe('what was not checked', () => {
  it('is said once for environments that lack the same', () => {
    const of = (...uncheckable: readonly { resource: string; reason: string }[]) => ({
      inState: 9,
      checked: 8,
      uncheckable,
    });
    const a = { resource: 'a', reason: 'gone' };
    const b = { resource: 'b', reason: 'denied' };
    expect(uncheckedOf({ coverage: { one: of(a), two: of(a, b), three: of() } })).toEqual([
      { environments: ['one', 'two'], reason: 'gone', resources: ['a'] },
      { environments: ['two'], reason: 'denied', resources: ['b'] },
    ]);
  });
});
