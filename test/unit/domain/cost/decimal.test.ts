import { describe, expect, it } from '@jest/globals';
import { apportion, Decimal, sumOf } from '../../../../src/domain/cost/decimal.js';

const times = (left: string, right: string) => Decimal.of(left).times(Decimal.of(right));

describe('a decimal', () => {
  it.each([
    ['12', '12'],
    ['-0.25', '-0.25'],
    ['0.10', '0.1'],
    ['1e-7', '0.0000001'],
    ['2.5E3', '2500'],
    ['-1.5e-3', '-0.0015'],
    ['0', '0'],
  ])('reads %s as %s', (text, printed) => {
    expect(Decimal.parse(text)?.toString()).toBe(printed);
  });

  it.each(['', '.5', '5.', '1,000', 'NaN', 'Infinity', '0x10', '1e9999', '--1', ' 1'])('does not read %j', (text) => {
    expect(Decimal.parse(text)).toBeUndefined();
  });

  it('adds and multiplies what binary fractions cannot', () => {
    expect(Decimal.of('0.1').plus(Decimal.of('0.2')).toString()).toBe('0.3');
    expect(times('0.0000002', '3').toString()).toBe('0.0000006');
    expect(Decimal.of('1').minus(Decimal.of('0.9')).toNumber()).toBe(0.1);
  });

  it.each([
    // Binary, 730 * 0.0225 is 16.424999999999997, and 1.005 * 100 is 100.49999999999999.
    ['730', '0.0225', 1643],
    ['1.005', '1', 101],
    ['730', '0.0116', 847],
    ['0.0049999', '1', 0],
    ['-0.005', '1', -1],
    ['-0.0049', '1', 0],
  ])('rounds %s times %s to %i cents, halves away from zero', (left, right, cents) => {
    expect(times(left, right).toCents()).toBe(cents);
  });

  it('refuses more money than it could hold exactly', () => {
    expect(() => times('1e15', '1').toCents()).toThrow('too much money');
  });

  it('compares by value, however it is written', () => {
    expect(Decimal.of('0.10').compare(Decimal.of('0.1'))).toBe(0);
    expect(Decimal.of('-1').compare(Decimal.of('0.5'))).toBeLessThan(0);
  });

  it.each([
    ['90', '30', '3'],
    ['365', '30', '12.167'],
    ['1', '3', '0.333'],
    ['7', '30', '0.233'],
  ])('divides %s by %s to thousandths', (left, right, quotient) => {
    expect(Decimal.of(left).over(Decimal.of(right)).toString()).toBe(quotient);
  });

  it('moves the point by powers of ten', () => {
    expect(Decimal.of('100000').scaled(-6).toString()).toBe('0.1');
    expect(Decimal.of('0.25').scaled(3).toString()).toBe('250');
  });
});

describe('parts rounded together', () => {
  it('add up to the rounded sum, the cents going to the largest remainders', () => {
    const parts = ['0.333', '0.333', '0.334'].map((part) => Decimal.of(part));
    expect(apportion(parts)).toEqual([33, 33, 34]);
    const thirds = ['0.0033', '0.0034', '0.0033'].map((part) => Decimal.of(part));
    expect(apportion(thirds)).toEqual([0, 1, 0]);
  });

  it('add up for any bill, credits included', () => {
    // A small generator of its own, so that the run can be repeated.
    let seed = 20_261_125;
    const next = () => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed;
    };
    for (let bill = 0; bill < 200; bill += 1) {
      const parts = Array.from({ length: 1 + (next() % 40) }, () =>
        Decimal.of(next() % 100_000_000)
          .scaled(-7)
          .minus(Decimal.of(next() % 3)),
      );
      const rounded = apportion(parts);
      expect(rounded.reduce((sum, cents) => sum + cents, 0)).toBe(sumOf(parts).toCents());
      for (const [index, cents] of rounded.entries()) {
        const distance = Decimal.of(cents)
          .scaled(-2)
          .minus(parts[index] ?? Decimal.ZERO);
        expect(Math.abs(distance.toNumber())).toBeLessThan(0.01);
      }
    }
  });
});
