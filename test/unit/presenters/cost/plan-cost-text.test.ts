import { describe, expect, it } from '@jest/globals';
import type { PlanCost } from '../../../../src/domain/cost/plan-cost.js';
import { planCostLines } from '../../../../src/presenters/cost/plan-cost-text.js';
import { planText } from '../../../../src/presenters/plan-text.js';
import { textStyle } from '../../../../src/presenters/style.js';
import { preparedOf } from '../../../fakes/plans.js';

const COST: PlanCost = {
  currency: 'USD',
  before: { fixed: 7200, usage: 1017 },
  after: { fixed: 10_485, usage: 1062 },
  modules: [{ name: 'module.network', before: { fixed: 3650, usage: 98 }, after: { fixed: 6935, usage: 143 } }],
  unknown: [],
};
const lines = (cost: PlanCost | null, width = 80) => planCostLines(cost, textStyle(false, width));

describe('the cost in a plan', () => {
  it('is told before, after and by how much, and by module', () => {
    expect(lines(COST, 200)).toEqual([
      '  cost a month, USD: 72.00 → 104.85 (+32.85); usage as assumed 10.17 → 10.62 (+0.45)',
      '    module.network: +32.85, +0.45 usage',
    ]);
  });

  it('is one sum where it stays', () => {
    expect(lines({ ...COST, after: COST.before, modules: [] })).toEqual([
      '  cost a month, USD: 72.00; usage as assumed 10.17',
    ]);
  });

  it('is the least where something has no price, which is named', () => {
    const unknown = [{ address: 'module.alb[0].aws_lb.app_lb', reasons: ['subnets is not known yet'] }];
    const [head, , last] = lines({ ...COST, unknown }, 200);
    expect(head).toContain('72.00 → 104.85 (+32.85), at least;');
    expect(last).toBe('    unknown: module.alb[0].aws_lb.app_lb: subnets is not known yet');
  });

  it('lists a few modules and counts the rest', () => {
    const modules = Array.from({ length: 10 }, (_, index) => ({ ...COST, name: `module.m${index}` }));
    expect(lines({ ...COST, modules }).at(-1)).toBe('    and 2 more modules');
    expect(lines({ ...COST, modules: modules.slice(0, 9) }).at(-1)).toBe('    and 1 more module');
  });

  it('breaks where the terminal ends', () => {
    expect(lines(COST, 60).every((line) => line.split('\n').every((part) => part.length <= 60))).toBe(true);
  });

  it('is left out where it cannot be estimated', () => {
    expect(lines(null)).toEqual([]);
  });

  it('stands in the plan, before what speaks against it', () => {
    const risk = { rule: 'r', severity: 'notice' as const, address: null, message: 'm' };
    const text = planText(preparedOf({ cost: COST, risks: [risk] }), textStyle(false)).split('\n');
    const at = (part: string) => text.findIndex((line) => line.includes(part));
    expect(at('cost a month')).toBeGreaterThan(at('aws_sqs_queue.this'));
    expect(at('note:')).toBeGreaterThan(at('cost a month'));
  });
});
