import type { HistoryEntry } from '../domain/history.js';
import type { PlanSummary } from '../domain/plan.js';
import { printable } from './printable.js';
import type { Style } from './style.js';
import { table } from './table.js';
import { wrap } from './wrap.js';

/** Columns below which a terminal shows only what matters most. */
const NARROW = 110;

/** An environment's history, newest first. */
export function historyText(
  history: {
    readonly environment: string;
    readonly records: readonly HistoryEntry[];
    readonly unreadable: readonly { readonly object: string; readonly why: string }[];
    readonly older: number;
  },
  style: Style,
): string {
  const { environment, records, unreadable, older } = history;
  const damaged = unreadable.map(({ object, why }) =>
    wrap(`${style.yellow('warning:')} the record ${object} ${why}`, style.width, 2),
  );
  if (records.length === 0 && damaged.length === 0) return `${style.bold(environment)}: nothing is on record`;
  const wide = style.width >= NARROW;
  const head = ['id', 'operation', 'outcome', 'commit', ...(wide ? ['changes', 'health', 'by'] : ['changes'])];
  const rows = records.map((record) => [
    record.id,
    record.operation,
    record.status,
    commitText(record),
    changesText(record.summary),
    ...(wide ? [record.health?.status ?? '', printable(whoText(record.actor))] : []),
  ]);
  return [
    ...(rows.length === 0 ? [] : [table(head, rows, style)]),
    ...damaged,
    ...(older === 0
      ? []
      : [style.dim(`${older} older: mhtctl history ${environment} --limit ${records.length + older}`)]),
  ].join('\n');
}

/** A commit in short; a star marks a work tree with changes that were not committed. */
function commitText({ commit, dirty }: Pick<HistoryEntry, 'commit' | 'dirty'>): string {
  return commit === null ? '' : `${commit.slice(0, 8)}${dirty ? '*' : ''}`;
}

/** What a plan did, like `+2 ~1 -0`; a replacement counts as both. */
function changesText(summary: PlanSummary | null): string {
  if (summary === null) return '';
  const { create, update, delete: deleted, replace } = summary;
  return `+${create + replace} ~${update} -${deleted + replace}`;
}

/** The last part of an ARN: `user/ada`, or the name of a session. */
function whoText(arn: string): string {
  return (
    arn
      .split(':')
      .at(-1)
      ?.replace(/^assumed-role\//, '') ?? arn
  );
}
