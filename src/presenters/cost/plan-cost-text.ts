import { increaseOf, type MoneyChange, type PlanCost } from '../../domain/cost/plan-cost.js';
import type { Style } from '../style.js';
import { wrap } from '../wrap.js';
import { amount, difference } from './amounts.js';

/** Modules and unknown resources that are listed; the JSON has them all. */
const MOST_LISTED = 8;

/** What a plan does to the cost of a month, a line each; none where it cannot be estimated. */
export function planCostLines(cost: PlanCost | null, style: Style): readonly string[] {
  if (cost === null) return [];
  const { currency, modules, unknown } = cost;
  const least = unknown.length === 0 ? '' : ', at least';
  const line = (text: string, indent: number) => wrap(`${' '.repeat(indent)}${text}`, style.width, indent + 4);
  return [
    line(
      `${style.bold('cost')} a month, ${currency}: ${changeText(cost, 'fixed')}${least}; usage as assumed ${changeText(cost, 'usage')}`,
      2,
    ),
    ...modules.slice(0, MOST_LISTED).map((module) => line(style.dim(`${module.name}: ${moduleText(module)}`), 4)),
    ...more(modules.length, 'module'),
    ...unknown
      .slice(0, MOST_LISTED)
      .map(({ address, reasons }) => line(`${style.yellow('unknown:')} ${address}: ${reasons.join('; ')}`, 4)),
    ...more(unknown.length, 'unknown resource'),
  ];
}

function changeText(change: MoneyChange, kind: 'fixed' | 'usage'): string {
  const by = increaseOf(change)[kind];
  return by === 0
    ? amount(change.after[kind])
    : `${amount(change.before[kind])} → ${amount(change.after[kind])} (${difference(by)})`;
}

function moduleText(change: MoneyChange): string {
  const { fixed, usage } = increaseOf(change);
  return [...(fixed === 0 ? [] : [difference(fixed)]), ...(usage === 0 ? [] : [`${difference(usage)} usage`])].join(
    ', ',
  );
}

function more(count: number, what: string): readonly string[] {
  const left = count - MOST_LISTED;
  return left > 0 ? [`    and ${left} more ${what}${left === 1 ? '' : 's'}`] : [];
}
