import type { Cents } from '../../domain/cost/decimal.js';
import type { Money } from '../../domain/cost/money.js';

const STEPS = '▁▂▃▄▅▆▇█';

/** A bar of at most `width` columns: solid for what falls due, light for what use would cost. */
export function bar({ fixed, usage }: Money, most: Cents, width: number): string {
  if (most <= 0) return '';
  const length = Math.max(1, Math.round(((fixed + usage) / most) * width));
  const solid = Math.min(length, Math.round((fixed / most) * width));
  return '█'.repeat(solid) + '░'.repeat(length - solid);
}

/** A line of small bars from zero to the largest value; credits stand as the lowest. */
export function sparkline(values: readonly Cents[]): string {
  const most = Math.max(...values, 1);
  return values
    .map((value) => STEPS[Math.min(STEPS.length - 1, Math.max(0, Math.round((value / most) * (STEPS.length - 1))))])
    .join('');
}

/** A text of exactly that many columns, cut with an ellipsis where it is longer. */
export function fitted(text: string, width: number): string {
  return text.length > width ? `${text.slice(0, Math.max(width - 1, 0))}…` : text.padEnd(width);
}
