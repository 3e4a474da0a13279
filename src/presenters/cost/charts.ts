import type { Cents } from '../../domain/cost/decimal.js';
import type { Money, MoneyOf } from '../../domain/cost/money.js';
import { amount } from './amounts.js';
import { escaped } from './escaped.js';

const ROW = 26;
const NAME = 300;
const BARS = 380;
const VALUE = 120;

/** Horizontal bars by name, fixed money solid and usage light, as an SVG of its own. */
export function barChart(title: string, groups: readonly MoneyOf[]): string {
  const most = Math.max(...groups.map(({ money }) => money.fixed + money.usage), 1);
  const height = groups.length * ROW + 4;
  const rows = groups.map(({ name, money }, index) => {
    const y = index * ROW + 4;
    const [fixed, usage] = [money.fixed, money.usage].map((cents) => round((Math.max(cents, 0) / most) * BARS));
    return [
      `<text x="${NAME - 10}" y="${y + 15}" text-anchor="end">${escaped(shortened(name))}</text>`,
      `<rect class="fixed" x="${NAME}" y="${y}" width="${fixed}" height="20"/>`,
      `<rect class="usage" x="${NAME + (fixed ?? 0)}" y="${y}" width="${usage}" height="20"/>`,
      `<text x="${NAME + (fixed ?? 0) + (usage ?? 0) + 8}" y="${y + 15}">${labelOf(money)}</text>`,
    ].join('');
  });
  return svg(title, NAME + BARS + VALUE, height, rows.join(''));
}

const TREND_WIDTH = 780;
const TREND_HEIGHT = 120;

/** One column a day, its amount told on hovering and to screen readers. */
export function columnChart(title: string, days: readonly { readonly name: string; readonly amount: Cents }[]): string {
  const most = Math.max(...days.map(({ amount: cents }) => cents), 1);
  const step = TREND_WIDTH / Math.max(days.length, 1);
  const columns = days.map(({ name, amount: cents }, index) => {
    const height = round((Math.max(cents, 0) / most) * TREND_HEIGHT);
    const [x, width] = [round(index * step), round(step * 0.8)];
    const column = `<rect class="fixed" x="${x}" y="${TREND_HEIGHT - height}" width="${width}" height="${height}"><title>${escaped(name)}: ${amount(cents)}</title></rect>`;
    const label =
      index === 0 || index === days.length - 1 ? dayLabel(name, index === 0 ? x : x + width, index === 0) : '';
    return column + label;
  });
  return svg(title, TREND_WIDTH, TREND_HEIGHT + 20, columns.join(''));
}

function dayLabel(name: string, x: number, first: boolean): string {
  return `<text x="${x}" y="${TREND_HEIGHT + 15}" text-anchor="${first ? 'start' : 'end'}">${escaped(name)}</text>`;
}

function svg(title: string, width: number, height: number, content: string): string {
  return `<svg role="img" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" aria-label="${escaped(title)}"><title>${escaped(title)}</title>${content}</svg>`;
}

/** The two kinds beside each other, never as one sum. */
function labelOf({ fixed, usage }: Money): string {
  return usage === 0 ? amount(fixed) : `${amount(fixed)} + ${amount(usage)}`;
}

/** Names are cut at the left of the chart, where the space ends. */
function shortened(name: string): string {
  return name.length > 42 ? `${name.slice(0, 41)}…` : name;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
