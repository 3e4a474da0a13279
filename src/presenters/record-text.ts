import type { LedgerRecord, StateMark } from '../domain/ledger-record.js';
import { briefHealthText } from './health-text.js';
import { printable } from './printable.js';
import type { Style } from './style.js';
import { wrap } from './wrap.js';

/** Columns of the names. */
const NAMES = 12;

/** A record in full, but for the values it was made with, which may be secret: their digest. */
export function recordText(record: LedgerRecord, style: Style): string {
  const { inputs, summary, cost, stateBefore, stateAfter } = record;
  const line = (name: string, value: string | null): readonly string[] =>
    value === null || value === ''
      ? []
      : [wrap(`${style.dim(name.padEnd(NAMES))}${printable(value)}`, style.width, NAMES)];
  const commit =
    record.commit === null ? null : [record.commit, record.branch, record.dirty ? 'with changes' : 'clean'];
  return [
    `${style.bold(record.id)}  ${record.operation} of ${record.environment}: ${outcome(record.status, style)}`,
    ...line('by', record.actor),
    ...line('from', record.origin),
    ...line('commit', commit?.filter((part) => part !== null).join(', ') ?? null),
    ...line('began', record.startedAt),
    ...line('ended', record.finishedAt ?? 'not yet, or it was killed'),
    ...Object.entries(record.about).flatMap(([name, value]) => line(name, value)),
    ...line('plan', record.planDigest),
    ...line(
      'changes',
      summary === null
        ? null
        : `${summary.create} to create, ${summary.update} to update, ${summary.delete} to delete, ${summary.replace} to replace`,
    ),
    ...line(
      'a month',
      cost === null ? null : `${money(cost.before)} before, ${money(cost.after)} after (${cost.currency})`,
    ),
    ...record.overrides.flatMap(({ flag, value }) => line('passed', `${flag} ${value}`)),
    ...line('values', inputs?.variables.digest ?? null),
    ...line('terraform', inputs === null ? null : versions(inputs)),
    ...line('state', stateBefore === null && stateAfter === null ? null : `${mark(stateBefore)} → ${mark(stateAfter)}`),
    ...line('separation', record.separation),
    ...line('error', record.error?.split('\n')[0] ?? null),
    ...(record.health === null ? [] : [briefHealthText(record.health, style)]),
  ].join('\n');
}

function outcome(status: LedgerRecord['status'], style: Style): string {
  if (status === 'failed' || status === 'interrupted') return style.red(status);
  return status === 'started' ? style.yellow(status) : style.green(status);
}

function money(units: number): string {
  return units.toFixed(2);
}

function versions({ terraformVersion, lockFile }: NonNullable<LedgerRecord['inputs']>): string {
  const providers = Object.entries(lockFile?.providers ?? {}).map(([address, version]) => `${address} ${version}`);
  return [terraformVersion, ...providers].join(', ');
}

function mark(state: StateMark | null): string {
  if (state === null) return 'none';
  const version = state.versionId ?? null;
  return `serial ${state.serial}${version === null ? '' : ` (version ${version})`}`;
}
