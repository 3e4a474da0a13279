import { describe, expect, it } from '@jest/globals';
import { cidrContains, cidrsOverlap, isCidr, isEverywhere } from '../../../../src/domain/separation/cidr.js';

describe('address blocks', () => {
  it.each([
    ['10.0.0.0/16', '10.0.0.0/16', true],
    ['10.0.0.0/16', '10.0.255.0/24', true],
    ['10.0.0.0/16', '10.1.0.0/16', false],
    ['10.0.0.0/8', '10.1.2.3', true],
    ['10.0.0.7/16', '10.0.200.1/32', true],
    ['0.0.0.0/0', '192.168.1.1/32', true],
    ['2001:db8::/32', '2001:db8:1::/48', true],
    ['2001:db8::/32', '2001:db9::/32', false],
    ['::/0', '10.0.0.0/8', false],
    ['::ffff:0:0/96', '::1', false],
  ])('%s and %s have addresses in common: %s', (left, right, expected) => {
    expect(cidrsOverlap(left, right)).toBe(expected);
    expect(cidrsOverlap(right, left)).toBe(expected);
  });

  it.each([
    ['10.0.0.0/16', '10.0.1.0/24', true],
    ['10.0.1.0/24', '10.0.0.0/16', false],
    ['10.0.0.0/16', '10.0.0.0/16', true],
    ['10.0.0.0/16', '10.0.0.1', true],
    ['10.0.0.0/16', '::1', false],
  ])('%s holds all of %s: %s', (outer, inner, expected) => {
    expect(cidrContains(outer, inner)).toBe(expected);
  });

  it.each([
    '10.0.0.256/16',
    '10.0.0/16',
    '10.0.0.0/33',
    '10.0.0.0/x',
    '10.0.0.0/16/16',
    '::1::',
    ':',
    'fe80::1/129',
    '1:2:3:4:5:6:7',
    'sg-1',
    '',
    '/8',
  ])('"%s" is none, and overlaps nothing', (text) => {
    expect(isCidr(text)).toBe(false);
    expect(cidrsOverlap(text, '0.0.0.0/0')).toBe(false);
    expect(cidrsOverlap(text, text)).toBe(false);
  });

  it('the whole internet is everywhere, of either family, and half of it is not', () => {
    expect([isEverywhere('0.0.0.0/0'), isEverywhere('::/0')]).toEqual([true, true]);
    expect([isEverywhere('0.0.0.0/1'), isEverywhere('10.0.0.0/8'), isEverywhere('x')]).toEqual([false, false, false]);
  });
});
