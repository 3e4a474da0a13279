import type { EnvironmentLock } from '../domain/environment-locks.js';
import { minutesExpired } from '../domain/operation-lock.js';
import { printable } from './printable.js';
import type { Style } from './style.js';
import { wrap } from './wrap.js';

/** The locks on an environment: who holds them, for what, since when. */
export function locksText(locks: readonly EnvironmentLock[], now: Date, style: Style): string {
  return locks
    .flatMap((lock) => [
      `${style.bold(lock.kind === 'operation' ? "mhtctl's lock" : "Terraform's lock")} ${printable(lock.id)}`,
      wrap(`  ${printable(lock.operation)} by ${printable(lock.holder)}`, style.width, 2),
      `  since ${printable(lock.since)}${lifeSign(lock, now, style)}`,
    ])
    .join('\n');
}

/** Whether the holder was heard of lately. A time that cannot be read says nothing. */
function lifeSign({ expires }: EnvironmentLock, now: Date, style: Style): string {
  if (expires === null || Number.isNaN(Date.parse(expires))) return '';
  const overdue = minutesExpired({ expires }, now);
  if (overdue === undefined) return `; ${style.yellow('its holder is alive, as far as is known')}`;
  return `; its holder should have been heard of ${overdue} minutes ago, by this machine's clock`;
}

/** What became of them. */
export function unlockedText(
  environment: string,
  locks: readonly EnvironmentLock[],
  removed: readonly string[],
  style: Style,
): string {
  if (locks.length === 0) return `${style.bold(environment)}: nothing is locked`;
  const kept = locks.filter(({ id }) => !removed.includes(id)).map(({ id }) => printable(id));
  return [
    `${style.bold(environment)}: removed ${removed.map(printable).join(', ')}`,
    ...(kept.length === 0 ? [] : [`still held: ${kept.join(', ')}`]),
  ].join('\n');
}
