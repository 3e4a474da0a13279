import { describe, expect, it } from '@jest/globals';
import { compareVariables, type DeclaredVariable } from '../../../../src/domain/environment-diff/variables.js';
import type { HclValue } from '../../../../src/domain/hcl-value.js';

type Values = Readonly<Record<string, HclValue>>;

function declared(name: string, parts: Partial<DeclaredVariable> = {}): DeclaredVariable {
  return { name, default: undefined, sensitive: false, nullable: true, ...parts };
}

const defaultOf = (value: HclValue) => ({ default: { value, expression: JSON.stringify(value) } });

function compare(own: Values, other: Values, variables: readonly DeclaredVariable[] = []) {
  const settings = compareVariables(
    { name: 'staging', variables: own },
    { name: 'production', variables: other },
    variables,
  );
  return settings.map((setting) => [
    setting.path.join('.'),
    setting.own.expression ?? setting.own.value,
    setting.other.expression ?? setting.other.value,
    setting.relation,
  ]);
}

describe('the variables of two environments', () => {
  it('are what the files say, one by one', () => {
    expect(compare({ count: 1, type: 't3' }, { count: 3, type: 't3' })).toEqual([
      ['count', 1, 3, 'different'],
      ['type', 't3', 't3', 'same'],
    ]);
  });

  it('are the default where a file says nothing, and say so', () => {
    const settings = compareVariables(
      { name: 'staging', variables: {} },
      { name: 'production', variables: { days: 30 } },
      [declared('days', defaultOf(30))],
    );
    expect(settings).toMatchObject([
      { own: { value: 30, source: 'default' }, other: { value: 30, source: 'file' }, relation: 'same' },
    ]);
  });

  it('have a default that would have to be evaluated as it is written', () => {
    const variable = declared('days', { default: { value: undefined, expression: 'max(1, 2)' } });
    expect(compare({}, { days: 2 }, [variable])).toEqual([['days', 'max(1, 2)', 2, 'different']]);
    expect(compare({}, {}, [variable])).toEqual([['days', 'max(1, 2)', 'max(1, 2)', 'same']]);
  });

  it('have a value of null, unless null stands for the default', () => {
    expect(compare({ a: null }, {}, [declared('a', defaultOf(1))])).toEqual([['a', null, 1, 'different']]);
    expect(compare({ a: null }, {}, [declared('a', { ...defaultOf(1), nullable: false })])).toEqual([
      ['a', 1, 1, 'same'],
    ]);
  });

  it('are not set where nobody sets them', () => {
    expect(compare({}, { a: 1 }, [declared('a')])).toEqual([['a', undefined, 1, 'different']]);
  });

  it('are compared attribute by attribute, as deep as they go', () => {
    const queues = (count: number) => ({ feedback: { count, days: 2, deep: { on: true } } });
    expect(compare({ queues: queues(2) }, { queues: queues(3) })).toEqual([
      ['queues.feedback.count', 2, 3, 'different'],
      ['queues.feedback.days', 2, 2, 'same'],
      ['queues.feedback.deep.on', true, true, 'same'],
    ]);
  });

  it('have what only one of them has beside nothing', () => {
    expect(compare({ queues: { a: { count: 1 } } }, { queues: {} })).toEqual([
      ['queues.a.count', 1, undefined, 'different'],
    ]);
    expect(compare({ queues: { a: 1 } }, { queues: 7 })).toEqual([['queues', { a: 1 }, 7, 'different']]);
    expect(compare({ a: {} }, { a: {} })).toEqual([['a', {}, {}, 'same']]);
  });

  it('have lists that are compared as wholes, and objects in them whatever the order of their attributes', () => {
    expect(compare({ a: [1, 2] }, { a: [2, 1] })).toEqual([['a', [1, 2], [2, 1], 'different']]);
    expect(compare({ a: [{ x: 1, y: 2 }] }, { a: [{ y: 2, x: 1 }] })[0]?.[3]).toBe('same');
  });

  it.each([
    ['staging', 'production', 'byName'],
    ['app-staging.example.com', 'app-production.example.com', 'byName'],
    ['staging-data', 'production', 'different'],
    ['productionstaging', 'stagingproduction', 'different'],
    ['production', 'staging', 'different'],
  ])('%s and %s are %s', (own, other, relation) => {
    expect(compare({ a: own }, { a: other })[0]?.[3]).toBe(relation);
  });

  it('are in the order of their declarations, then what only the files have', () => {
    const names = compare({ z: 1, stray: 1 }, { a: 1 }, [declared('z'), declared('a')]).map(([path]) => path);
    expect(names).toEqual(['z', 'a', 'stray']);
  });

  it('are one secret where they are sensitive, names of attributes and all', () => {
    const settings = compareVariables(
      { name: 'staging', variables: { keys: { customer: 'x' } } },
      { name: 'production', variables: { keys: { customer: 'y' } } },
      [declared('keys', { sensitive: true })],
    );
    expect(settings).toMatchObject([{ path: ['keys'], sensitive: true, relation: 'different' }]);
  });
});
