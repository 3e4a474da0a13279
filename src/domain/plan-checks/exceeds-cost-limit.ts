import { Decimal } from '../cost/decimal.js';
import { increaseOf, type PlanCost } from '../cost/plan-cost.js';
import type { CostLimit } from '../environment.js';
import type { PlanRule, Risk } from './rule.js';

/**
 * The limit that the environment's policy sets. Only what falls due in any case is held against it: use is assumed, and
 * an assumption stops nobody. A limit that cannot be held has not been kept.
 */
export const exceedsCostLimit: PlanRule = {
  id: 'exceeds-cost-limit',
  title: 'the environment costs no more than its policy allows',
  check: ({ binding, cost }) => {
    const limit = binding.policy.costLimit;
    if (limit === undefined) return [];
    const risk = riskOf(limit);
    return cost === null
      ? [risk(`the policy limits what the environment costs, and there is no price table for ${binding.region}`)]
      : judge(limit, cost);
  },
};

type Found = Omit<Risk, 'rule'>;

function riskOf({ onExcess }: CostLimit): (message: string) => Found {
  return (message) => ({ severity: onExcess === 'refuse' ? 'forbidden' : 'notice', address: null, message });
}

function judge(limit: CostLimit, cost: PlanCost): readonly Found[] {
  const { maxMonthly, maxIncrease } = limit;
  const { after, currency, unknown } = cost;
  const risk = riskOf(limit);
  const least = unknown.length === 0 ? '' : 'at least ';
  const increase = increaseOf(cost).fixed;
  const found: Found[] = [];
  if (isAbove(after.fixed, maxMonthly)) {
    const dear = risk(
      `the environment would cost ${least}${shown(after.fixed)} ${currency} a month; max_monthly is ${maxMonthly}`,
    );
    // What costs too much already may be made cheaper.
    found.push(increase > 0 ? dear : { ...dear, severity: 'notice' });
  }
  if (isAbove(increase, maxIncrease)) {
    found.push(
      risk(`the plan would add ${least}${shown(increase)} ${currency} a month; max_increase is ${maxIncrease}`),
    );
  }
  if (found.length > 0 || unknown.length === 0) return found;
  const names = unknown.map(({ address }) => address).join(', ');
  return [{ ...risk(`the limit of cost was held without what has no price: ${names}`), severity: 'notice' }];
}

function isAbove(cents: number, most: number | undefined): boolean {
  return most !== undefined && cents > Decimal.of(most).toCents();
}

function shown(cents: number): string {
  return (cents / 100).toFixed(2);
}
