import { describe, expect, it } from '@jest/globals';
import { plainText } from '../../../../src/adapters/hcl/body.js';
import { blocksOf } from '../../../../src/adapters/hcl/configuration/blocks.js';

describe('blocks of a file', () => {
  it('have their type, labels and place, their attributes and the blocks in them', () => {
    const text = '# head\n\nresource "aws_x" name {\n  a = {\n    b = 1\n  }\n  c = "d"\n\n  e {\n    f {}\n  }\n}\n';
    const [block, ...rest] = blocksOf('main.tf', text) ?? [];
    expect(rest).toEqual([]);
    expect(block).toMatchObject({
      type: 'resource',
      labels: ['aws_x', 'name'],
      location: { file: 'main.tf', line: 3, column: 1 },
      blocks: [{ type: 'e', labels: [], blocks: [{ type: 'f' }] }],
    });
    expect([...(block?.attributes.keys() ?? [])]).toEqual(['a', 'c']);
    expect(plainText(block?.attributes.get('c')?.tokens ?? [])).toBe('d');
    expect(plainText(block?.attributes.get('a')?.tokens ?? [])).toBeUndefined();
  });

  it('may be written on one line', () => {
    expect(blocksOf('x.tf', 'data "a" "b" { c = 1 }')).toMatchObject([{ type: 'data', labels: ['a', 'b'] }]);
  });

  it.each([
    ['an attribute without a value', 'a {\n b =\n}'],
    ['a block without braces', 'resource "a" "b"\n'],
    ['something after a block', 'a {} b'],
    ['a value without a name', 'locals {\n = 1\n}'],
    ['text where a name has to be', '"a" {}'],
    ['a label with an interpolation', `resource "\${var.a}" "b" {}`],
    ['a bracket that is not closed', 'locals {\n a = [\n}\n'],
    ['what a merge leaves behind', '<<<<<<< HEAD\nlocals {}\n=======\n'],
  ])('are not there with %s', (_, text) => {
    expect(blocksOf('x.tf', text)).toBeUndefined();
  });
});
