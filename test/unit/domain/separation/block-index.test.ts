import { describe, expect, it } from '@jest/globals';
import { BlockIndex } from '../../../../src/domain/separation/block-index.js';
import { cidrContains, cidrsOverlap } from '../../../../src/domain/separation/cidr.js';
import { picksFrom } from '../../../support/picks.js';

const indexOf = (blocks: readonly string[]) => {
  const index = new BlockIndex<string>();
  for (const block of blocks) index.add(block, block);
  return index;
};

describe('an index of blocks', () => {
  it.each([
    ['10.1.0.0/16', ['10.1.2.0/24', '10.1.0.0/16', '10.0.0.0/8']],
    ['10.1.3.4', ['10.1.0.0/16', '10.0.0.0/8']],
    ['10.1.2.0/23', ['10.1.2.0/24', '10.1.0.0/16', '10.0.0.0/8']],
    ['192.168.0.0/16', ['192.168.7.7']],
    ['172.16.0.0/12', []],
    ['::/0', ['2600:1f18::/56']],
    ['no block', []],
  ])('finds what has an address in common with %s', (block, expected) => {
    const index = indexOf(['10.1.0.0/16', '192.168.7.7', '2600:1f18::/56', 'a name', '10.0.0.0/8', '10.1.2.0/24']);
    expect([...index.overlapping(block)]).toEqual(expected);
  });

  it.each([
    ['10.1.2.0/25', ['10.1.2.0/24', '10.1.0.0/16', '10.0.0.0/8']],
    ['10.1.0.0/16', ['10.1.0.0/16', '10.0.0.0/8']],
    ['0.0.0.0/0', []],
    ['no block', []],
  ])('finds what contains %s', (block, expected) => {
    const index = indexOf(['10.1.0.0/16', '10.0.0.0/8', '10.1.2.0/24', '::/0']);
    expect([...index.containing(block)]).toEqual(expected);
  });

  it('finds what was added after it was asked', () => {
    const index = indexOf(['10.1.0.0/16']);
    expect([...index.overlapping('10.2.0.0/16')]).toEqual([]);
    index.add('10.2.3.4', 'late');
    expect([...index.overlapping('10.2.0.0/16')]).toEqual(['late']);
  });

  it.each(Array.from({ length: 40 }, (_, seed) => seed))('finds what looking at all would find (seed %i)', (seed) => {
    const pick = picksFrom(seed);
    const block = () => `10.${pick(4)}.${pick(4)}.${pick(256)}/${8 + pick(25)}`;
    const blocks = Array.from({ length: 60 }, block);
    const index = indexOf(blocks);
    for (const asked of Array.from({ length: 60 }, block)) {
      expect([...index.overlapping(asked)].sort()).toEqual(blocks.filter((each) => cidrsOverlap(each, asked)).sort());
      expect([...index.containing(asked)].sort()).toEqual(blocks.filter((each) => cidrContains(each, asked)).sort());
    }
  });
});
