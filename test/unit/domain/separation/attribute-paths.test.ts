import { describe, expect, it } from '@jest/globals';
import type { Json } from '../../../../src/domain/plan.js';
import { documentsAt, textsAt } from '../../../../src/domain/separation/attribute-paths.js';

describe('the texts at a path', () => {
  it.each<[string, Json, readonly string[]]>([
    ['name', { name: 'x' }, ['x']],
    [
      'rule.destination.bucket',
      { rule: [{ destination: [{ bucket: 'a' }] }, { destination: [{ bucket: 'b' }] }] },
      ['a', 'b'],
    ],
    ['rule.destination.bucket', { rule: { destination: { bucket: 'a' } } }, ['a']],
    ['list', { list: ['a', 'b'] }, ['a', 'b']],
    ['list', { list: [['a'], [['b']]] }, ['a', 'b']],
    ['policy.target', { policy: '{"target":"a"}' }, ['a']],
    ['policy.target', { policy: '  {"target":["a","b"]}' }, ['a', 'b']],
    ['policy.target', { policy: '{"target":' }, []],
    ['policy.target', { policy: 'target' }, []],
    ['name', { name: '' }, []],
    ['name', { name: null }, []],
    ['name', { name: 5 }, []],
    ['name', { name: true }, []],
    ['name', { name: { deep: 'x' } }, []],
    ['name.deep', { name: 5 }, []],
    ['a.b.c', { a: [null, { b: null }, { b: [{ c: 'x' }, null, 5] }] }, ['x']],
    ['constructor.name', { a: 'x' }, []],
    ['name', null, []],
    ['name', [], []],
    ['name', 'x', []],
  ])('%s of %j are %j', (path, value, texts) => {
    expect(textsAt(value, path)).toEqual(texts);
  });

  it.each<[string, Json, readonly string[]]>([
    [
      'ingress[action=allow].cidr',
      {
        ingress: [
          { action: 'allow', cidr: 'a' },
          { action: 'deny', cidr: 'b' },
        ],
      },
      ['a'],
    ],
    ['logs[enabled=true].bucket', { logs: [{ enabled: true, bucket: 'a' }] }, ['a']],
    ['logs[enabled=true].bucket', { logs: [{ enabled: false, bucket: 'a' }] }, []],
    ['logs[enabled=true].bucket', { logs: [{ bucket: 'a' }] }, []],
    ['logs[enabled=true].bucket', { logs: { enabled: 'true', bucket: 'a' } }, ['a']],
    ['[action=allow].cidr', { action: 'allow', cidr: 'a' }, ['a']],
    ['[action=allow].cidr', { action: 'deny', cidr: 'a' }, []],
  ])('%s of %j are %j', (path, value, texts) => {
    expect(textsAt(value, path)).toEqual(texts);
  });

  it('are found in what is nested deeper than anybody writes', () => {
    const deep = Array.from({ length: 500 }).reduce<Json>((inner) => [inner], { name: 'x' });
    expect(textsAt(deep, 'name')).toEqual(['x']);
  });
});

describe('the documents at a path', () => {
  it.each<[string, Json, readonly string[]]>([
    ['policy', { policy: '{"Statement":[]}' }, ['{"Statement":[]}']],
    ['policy', { policy: 'no JSON' }, ['no JSON']],
    ['policy', { policy: { Statement: [] } }, ['{"Statement":[]}']],
    ['policy', { policy: '' }, []],
    ['policy', { policy: null }, []],
    ['inline.policy', { inline: [{ policy: '{}' }, { policy: '{"a":1}' }] }, ['{}', '{"a":1}']],
  ])('%s of %j are %j', (path, value, documents) => {
    expect(documentsAt(value, path)).toEqual(documents);
  });
});
