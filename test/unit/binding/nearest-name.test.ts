import { describe, expect, it } from '@jest/globals';
import { nearestName } from '../../../src/domain/nearest-name.js';

describe('nearestName', () => {
  const names = ['production', 'staging', 'dev'];

  it.each([
    ['stagin', 'staging'],
    ['Staging', 'staging'],
    ['stagnig', 'staging'],
    ['prod', 'production'],
    ['prodcution', 'production'],
    ['dve', 'dev'],
    ['sgatnig', undefined],
    ['de', 'dev'],
    ['demo', undefined],
    ['', undefined],
    ['s', undefined],
  ])('takes %j for %j', (wanted, expected) => {
    expect(nearestName(wanted, names)).toBe(expected);
  });

  it('does not choose between two names that begin alike', () => {
    expect(nearestName('prod', ['prod-eu', 'prod-us-east'])).toBeUndefined();
  });

  it('finds nothing among nothing', () => {
    expect(nearestName('staging', [])).toBeUndefined();
  });
});
