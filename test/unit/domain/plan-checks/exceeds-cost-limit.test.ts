import { describe, expect, it } from '@jest/globals';
import type { PlanCost } from '../../../../src/domain/cost/plan-cost.js';
import type { CostLimit } from '../../../../src/domain/environment.js';
import { bindingOf } from '../../../fakes/bindings.js';
import { found } from './judge.js';

const costOf = (before: number, after: number, unknown: PlanCost['unknown'] = []): PlanCost => ({
  currency: 'USD',
  before: { fixed: before, usage: 100_000 },
  after: { fixed: after, usage: 900_000 },
  modules: [],
  unknown,
});
const UNKNOWN = [{ address: 'aws_mq_broker.a', reasons: ['no prices for aws_mq_broker'] }];

function risksOf(limit: Partial<CostLimit> | undefined, cost?: PlanCost) {
  const costLimit = limit && ({ maxMonthly: undefined, maxIncrease: undefined, onExcess: 'refuse', ...limit } as const);
  const binding = bindingOf('staging', { policy: { costLimit } });
  return found('exceeds-cost-limit', [], { binding, ...(cost === undefined ? {} : { cost }) });
}

describe('a limit of cost', () => {
  it('objects to nothing where none is set', () => {
    expect(risksOf(undefined, costOf(0, 1_000_000))).toEqual([]);
    expect(risksOf(undefined)).toEqual([]);
  });

  it.each([
    [{ maxMonthly: 100 }, 5000, 10_000],
    [{ maxIncrease: 50 }, 5000, 10_000],
    [{ maxMonthly: 100, maxIncrease: 50 }, 10_000, 2000],
    [{ maxMonthly: 0.1 }, 0, 10],
  ])('of %j lets %d cents become %d: use is assumed, and not counted', (limit, before, after) => {
    expect(risksOf(limit, costOf(before, after))).toEqual([]);
  });

  it.each([
    [{ maxMonthly: 100 }, 0, 10_001, 'the environment would cost 100.01 USD a month; max_monthly is 100'],
    [{ maxIncrease: 50 }, 5000, 10_001, 'the plan would add 50.01 USD a month; max_increase is 50'],
    [{ maxMonthly: 0 }, 0, 1, 'the environment would cost 0.01 USD a month; max_monthly is 0'],
  ])('of %j refuses that %d cents become %d', (limit, before, after, message) => {
    expect(risksOf(limit, costOf(before, after))).toEqual([
      { rule: 'exceeds-cost-limit', severity: 'forbidden', address: null, message },
    ]);
  });

  it('may warn alone', () => {
    expect(risksOf({ maxMonthly: 1, onExcess: 'warn' }, costOf(0, 200))).toMatchObject([{ severity: 'notice' }]);
  });

  it('does not keep what costs too much from being made cheaper', () => {
    expect(risksOf({ maxMonthly: 100 }, costOf(30_000, 20_000))).toMatchObject([{ severity: 'notice' }]);
  });

  it('says that it is the least, where something has no price', () => {
    expect(risksOf({ maxMonthly: 100 }, costOf(0, 10_001, UNKNOWN))[0]?.message).toContain('at least 100.01 USD');
  });

  it('says what it was held without', () => {
    expect(risksOf({ maxMonthly: 100 }, costOf(0, 10, UNKNOWN))).toEqual([
      {
        rule: 'exceeds-cost-limit',
        severity: 'notice',
        address: null,
        message: 'the limit of cost was held without what has no price: aws_mq_broker.a',
      },
    ]);
  });

  it.each([
    ['refuse', 'forbidden'],
    ['warn', 'notice'],
  ] as const)('that cannot be held has not been kept: %s', (onExcess, severity) => {
    expect(risksOf({ maxMonthly: 100, onExcess })).toMatchObject([
      { severity, message: 'the policy limits what the environment costs, and there is no price table for us-east-1' },
    ]);
  });
});
