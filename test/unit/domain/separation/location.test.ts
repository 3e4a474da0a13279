import { describe, expect, it } from '@jest/globals';
import type { ConfiguredResource } from '../../../../src/domain/separation/evidence.js';
import { blockAddress, locationOf } from '../../../../src/domain/separation/location.js';

describe('the block of an instance', () => {
  it.each([
    ['aws_x.this', 'aws_x.this'],
    ['aws_x.this[0]', 'aws_x.this'],
    ['aws_x.this["a"]', 'aws_x.this'],
    ['aws_x.this[""]', 'aws_x.this'],
    ['module.a[0].module.b["c"].aws_x.this[12]', 'module.a.module.b.aws_x.this'],
    ['aws_x.this["a.b/c"]', 'aws_x.this'],
    [String.raw`aws_x.this["a\"].aws_y.z[\"b"]`, 'aws_x.this'],
    [String.raw`aws_x.this["a\\"]`, 'aws_x.this'],
    [String.raw`module.a["]\\\"["].aws_x.this["[0]"]`, 'module.a.aws_x.this'],
  ])('of %s is %s', (address, expected) => {
    expect(blockAddress(address)).toBe(expected);
  });
});

describe('where the configuration writes a resource', () => {
  const at = (line: number): ConfiguredResource => ({ location: { file: 'main.tf', line, column: 1 }, countedBy: [] });

  it.each<[string, string | null, number | null]>([
    ['at its block', 'module.a[0].aws_x.this["b"]', 2],
    ['at the call of a module that was not read', 'module.vpc["c"].aws_x.this', 3],
    ['at the innermost such call', 'module.vpc.module.net[0].module.deep.aws_x.this', 4],
    ['at its block where the module around was not read whole', 'module.vpc.aws_y.this', 5],
    ['nowhere when its block is gone', 'module.a.aws_x.gone', null],
    ['nowhere when it is in no module that is known', 'module.b.aws_x.this', null],
    ['nowhere when it is no address', 'arn:aws:sqs:us-east-1:111111111111:queue', null],
    ['nowhere when there is none', null, null],
  ])('%s', (_, address, line) => {
    const configuration = new Map([
      ['module.a.aws_x.this', at(2)],
      ['module.vpc', at(3)],
      ['module.vpc.module.net', at(4)],
      ['module.vpc.aws_y.this', at(5)],
    ]);
    expect(locationOf({ configuration }, address)?.line ?? null).toBe(line);
  });

  it('is not the file of the root that could not be read', () => {
    expect(locationOf({ configuration: new Map([['', at(1)]]) }, 'aws_x.this')).toBeNull();
  });
});
