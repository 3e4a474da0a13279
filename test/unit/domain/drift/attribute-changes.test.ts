import { describe, expect, it } from '@jest/globals';
import { attributeChanges, type Values } from '../../../../src/domain/drift/attribute-changes.js';
import type { Json } from '../../../../src/domain/plan.js';

const NOTHING_MARKED = { beforeSensitive: false, afterSensitive: false, afterUnknown: {} };
const changes = (before: Json, after: Json, marks: Partial<Values> = {}) =>
  attributeChanges({ ...NOTHING_MARKED, before, after, ...marks });

describe('what differs', () => {
  it.each([
    ['an attribute', { a: 1, b: 2 }, { a: 1, b: 3 }, ['b', 2, 3]],
    ['a key of a map', { tags: { A: 'x' } }, { tags: { A: 'x', B: 'y' } }, ['tags.B', null, 'y']],
    ['a key less', { tags: { A: 'x', B: 'y' } }, { tags: { A: 'x' } }, ['tags.B', 'y', null]],
    ['the first key of a map that was not set', { tags: null }, { tags: { A: 'x' } }, ['tags.A', null, 'x']],
    ['a key that is no word', { tags: { 'a.b/c': 'x' } }, { tags: { 'a.b/c': 'y' } }, ['tags["a.b/c"]', 'x', 'y']],
    ['an attribute of the one block', { v: [{ on: true }] }, { v: [{ on: false }] }, ['v[0].on', true, false]],
    ['a list', { l: ['a', 'b'] }, { l: ['a'] }, ['l', ['a', 'b'], ['a']]],
    ['blocks', { l: [{ a: 1 }] }, { l: [{ a: 1 }, { a: 2 }] }, ['l', [{ a: 1 }], [{ a: 1 }, { a: 2 }]]],
    ['a type', { a: '1' }, { a: 1 }, ['a', '1', 1]],
    ['false for nothing', { a: null }, { a: false }, ['a', null, false]],
    ['a key called like a method', { t: {} }, { t: { constructor: 'x' } }, ['t.constructor', null, 'x']],
  ] as const)('is %s', (_, before, after, [path, was, is]) => {
    expect(changes(before, after)).toEqual([{ path, before: was, after: is }]);
  });

  it.each([
    ['null and an empty list', { a: null }, { a: [] }],
    ['null and an empty text', { a: null }, { a: '' }],
    ['null and what is not there', { a: null }, {}],
    ['the same in another order of keys', { a: { x: 1, y: 2 } }, { a: { y: 2, x: 1 } }],
  ] as const)('is nothing for %s', (_, before, after) => {
    expect(changes(before, after)).toEqual([]);
  });

  it('is not what is not known yet', () => {
    expect(changes({ a: 1, b: 1 }, { b: 2 }, { afterUnknown: { a: true } })).toEqual([
      { path: 'b', before: 1, after: 2 },
    ]);
  });
});

describe('a sensitive value', () => {
  it.each([
    ['an attribute', { a: 'hush' }, { a: 'psst' }, { a: true }, 'a'],
    ['all of a map', { a: { b: 'hush' } }, { a: { b: 'psst' } }, { a: true }, 'a'],
    ['a key of a map', { a: { b: 'hush' } }, { a: { b: 'psst' } }, { a: { b: true } }, 'a.b'],
    ['an attribute of a block', { a: [{ b: 'hush' }] }, { a: [{ b: 'psst' }] }, { a: [{ b: true }] }, 'a[0].b'],
  ])('is not told of %s, on whichever side it is marked', (_, before, after, marks, path) => {
    for (const side of ['beforeSensitive', 'afterSensitive']) {
      const told = changes(before, after, { [side]: marks });
      expect(told).toEqual([{ path, before: '(sensitive)', after: '(sensitive)' }]);
    }
  });

  it('is not told of a list, all of which differs', () => {
    const marks = { afterSensitive: { l: [{}, { b: true }] }, beforeSensitive: { l: [{ b: true }] } };
    expect(changes({ l: [{ b: 'hush' }] }, { l: [{ c: 1 }, { b: 'psst' }] }, marks)).toEqual([
      { path: 'l', before: [{ b: '(sensitive)' }], after: [{ c: 1 }, { b: '(sensitive)' }] },
    ]);
  });

  it('is told to be missing', () => {
    expect(changes({ a: 'hush' }, {}, { beforeSensitive: { a: true } })).toEqual([
      { path: 'a', before: '(sensitive)', after: null },
    ]);
  });
});
