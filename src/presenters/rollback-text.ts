import type { Loss } from '../domain/irreversible.js';
import type { Rollback } from '../domain/rollback.js';
import { printable } from './printable.js';
import type { Style } from './style.js';
import { wrap } from './wrap.js';

/** What is rolled back to, and what no rollback brings back; shown before the plan is confirmed. */
export function rollbackText({ from, to }: Rollback, losses: readonly Loss[], style: Style): string {
  const lines = losses.map(({ address, lost }) =>
    wrap(`  ${style.red('✖')} ${printable(address)}: ${lost}`, style.width, 4),
  );
  return [
    wrap(
      `${style.bold(`Roll ${to.environment} back`)} to ${to.id}: commit ${to.commit.slice(0, 8)}, with the values of ` +
        `then, from ${from.operation} ${from.id} (${from.status})`,
      style.width,
      2,
    ),
    'The state is not restored: what is there is changed to what that commit wants.',
    ...(lines.length === 0 ? [] : [style.bold('This cannot be undone, by no later deployment:'), ...lines]),
  ].join('\n');
}
