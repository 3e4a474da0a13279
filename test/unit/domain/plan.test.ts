import { describe, expect, it } from '@jest/globals';
import {
  type ChangeAction,
  canonicalJson,
  changeKind,
  destroysObject,
  operationCount,
  planDigest,
  summarise,
} from '../../../src/domain/plan.js';
import { changeOf, outputChangeOf } from '../../fakes/plans.js';

const having = (...actions: readonly ChangeAction[]) => changeOf('aws_sqs_queue.this', { actions });
const MOVED = changeOf('aws_sqs_queue.new', { actions: ['no-op'], previousAddress: 'aws_sqs_queue.old' });
const IMPORTED = changeOf('aws_sqs_queue.this', { actions: ['no-op'], importId: 'queue-url' });

const MIXED = [
  having('create'),
  having('create'),
  having('create'),
  having('update'),
  having('update'),
  having('delete'),
  having('create', 'delete'),
  having('delete', 'create'),
  having('read'),
  having('forget'),
  MOVED,
  IMPORTED,
];

describe('the kind of a change', () => {
  it.each<[string, readonly ChangeAction[]]>([
    ['create', ['create']],
    ['update', ['update']],
    ['delete', ['delete']],
    ['read', ['read']],
    ['forget', ['forget']],
    ['replace', ['delete', 'create']],
    ['replace', ['create', 'delete']],
  ])('is %s for the actions %j', (kind, actions) => {
    expect(changeKind(having(...actions))).toBe(kind);
  });

  it('is a move or an import when Terraform would do nothing to the object', () => {
    expect([changeKind(MOVED), changeKind(IMPORTED)]).toEqual(['move', 'import']);
  });

  it('is an import when the resource is imported to another address', () => {
    expect(changeKind({ ...IMPORTED, previousAddress: 'aws_sqs_queue.old' })).toBe('import');
  });

  it('is what happens to a moved or imported object that changes too', () => {
    expect(changeKind({ ...MOVED, actions: ['update'] })).toBe('update');
    expect(changeKind({ ...IMPORTED, actions: ['delete', 'create'] })).toBe('replace');
  });
});

describe('a change that takes the object away', () => {
  it.each<[boolean, readonly ChangeAction[]]>([
    [true, ['delete']],
    [true, ['delete', 'create']],
    [true, ['create', 'delete']],
    [false, ['create']],
    [false, ['update']],
    [false, ['forget']],
    [false, ['no-op']],
  ])('is %s for %j', (destroys, actions) => {
    expect(destroysObject(having(...actions))).toBe(destroys);
  });
});

describe('the summary of a plan', () => {
  it('counts a replacement once, and leaves out what changes nothing in AWS', () => {
    expect(summarise(MIXED)).toEqual({ create: 3, update: 2, delete: 1, replace: 2 });
  });

  it('is all zero without changes', () => {
    expect(summarise([])).toEqual({ create: 0, update: 0, delete: 0, replace: 0 });
  });
});

describe('the operations of an apply', () => {
  it('are two for a replacement', () => {
    expect(operationCount(MIXED)).toBe(3 + 2 + 1 + 2 * 2);
    expect(operationCount([MOVED, IMPORTED, having('read'), having('forget')])).toBe(0);
  });
});

describe('canonical JSON', () => {
  it('is the same for objects whose keys were written in another order, at any depth', () => {
    const one = { b: [{ y: 1, x: null }], a: 'text' };
    const other = { a: 'text', b: [{ x: null, y: 1 }] };
    expect(canonicalJson(one)).toBe('{"a":"text","b":[{"x":null,"y":1}]}');
    expect(canonicalJson(other)).toBe(canonicalJson(one));
  });

  it('keeps the order of a list, which means something', () => {
    expect(canonicalJson(['b', 'a'])).toBe('["b","a"]');
  });

  it('tells apart what is easily mixed up', () => {
    const values = [null, false, 0, '', '0', 'null', [], {}, [null], { a: null }];
    expect(new Set(values.map(canonicalJson)).size).toBe(values.length);
  });

  it('drops what is undefined, as JSON does', () => {
    expect(canonicalJson({ a: undefined, b: 1 })).toBe('{"b":1}');
    expect(canonicalJson(undefined)).toBe('null');
  });

  it('is JSON whatever the text holds', () => {
    const value = { 'a "quoted" key': 'line\nbreak \u0000 ü' };
    expect(JSON.parse(canonicalJson(value))).toEqual(value);
  });
});

describe('the digest of a plan', () => {
  const change = changeOf('aws_sqs_queue.this', {
    before: { name: 'old', delay: 0 },
    after: { name: 'new', delay: 5 },
    reasons: ['changes name'],
  });
  const subject = {
    environment: 'staging',
    backend: { bucket: 'state-staging', key: 'terraform.tfstate' },
    lineage: 'l-1',
    changes: [change],
    outputChanges: [outputChangeOf('url')],
  };
  const digest = planDigest(subject);
  const withChange = (parts: Partial<typeof change>) => ({ ...subject, changes: [{ ...change, ...parts }] });

  it('is a SHA-256 that says so', () => {
    expect(digest).toMatch(/^sha256:[0-9a-f]{64}$/);
  });

  it.each<[string, Parameters<typeof planDigest>[0]]>([
    ['the order of keys', withChange({ after: { delay: 5, name: 'new' } })],
    ['what mhtctl says of the reasons', withChange({ reasons: [] })],
    ['other attributes of the backend', { ...subject, backend: { ...subject.backend, ...{ region: 'eu-west-1' } } }],
    ['whatever else is known of the plan', { ...subject, ...{ createdAt: new Date(0), serial: 9 } }],
  ])('does not depend on %s', (_, other) => {
    expect(planDigest(other)).toBe(digest);
  });

  it.each<[string, Parameters<typeof planDigest>[0]]>([
    ['the environment', { ...subject, environment: 'production' }],
    ['the bucket', { ...subject, backend: { ...subject.backend, bucket: 'state-production' } }],
    ['the key', { ...subject, backend: { ...subject.backend, key: 'other.tfstate' } }],
    ['the lineage', { ...subject, lineage: 'l-2' }],
    ['a change more', { ...subject, changes: [change, changeOf('aws_sqs_queue.other')] }],
    ['a change less', { ...subject, changes: [] }],
    ['the address', withChange({ address: 'aws_sqs_queue.other' })],
    ['the type', withChange({ type: 'aws_sns_topic' })],
    ['the actions', withChange({ actions: ['delete', 'create'] })],
    ['the order of the actions', withChange({ actions: ['create', 'delete'] })],
    ['a value before', withChange({ before: { name: 'older', delay: 0 } })],
    ['a value after', withChange({ after: { name: 'new', delay: 6 } })],
    ['the type of a value', withChange({ after: { name: 'new', delay: '5' } })],
    ['what is not known yet', withChange({ afterUnknown: { arn: true } })],
    ['what is sensitive', withChange({ afterSensitive: { name: true } })],
    ['where the object was', withChange({ previousAddress: 'aws_sqs_queue.old' })],
    ['what is imported', withChange({ importId: 'queue-url' })],
    ['an output', { ...subject, outputChanges: [outputChangeOf('url', { after: 'newer' })] }],
    ['an output less', { ...subject, outputChanges: [] }],
  ])('depends on %s', (_, other) => {
    expect(planDigest(other)).not.toBe(digest);
  });

  it('tells the two orders of a replacement apart', () => {
    expect(planDigest(withChange({ actions: ['create', 'delete'] }))).not.toBe(
      planDigest(withChange({ actions: ['delete', 'create'] })),
    );
  });
});
