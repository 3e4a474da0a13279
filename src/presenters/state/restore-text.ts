import type { StateChanges } from '../../domain/state-changes.js';
import { printable } from '../printable.js';
import type { Style } from '../style.js';

/** Lines of a kind beyond which the rest is counted: the first say what kind of state it is. */
const MOST_LISTED = 20;

/** What a restore would mean, to be read before it is confirmed. */
export function restorePreviewText(
  preview: {
    readonly environment: string;
    readonly source: string;
    readonly serial: number;
    readonly resources: number;
    readonly now: string;
    readonly changes: StateChanges;
  },
  style: Style,
): string {
  const { environment, source, serial, resources, now, changes } = preview;
  const { gained, lost, repointed, altered, outputs } = changes;
  const id = (text: string | null) => (text === null ? '' : `  ${style.dim(printable(text))}`);
  const lists = [
    ...listed(lost.map(({ address, id: its }) => `${style.red(`- ${printable(address)}`)}${id(its)}`)),
    ...listed(
      repointed.map(
        ({ address, from, to }) =>
          `${style.yellow(`~ ${printable(address)}`)}  ${style.dim(`${printable(from ?? '-')} → ${printable(to ?? '-')}`)}`,
      ),
    ),
    ...listed(gained.map(({ address, id: its }) => `${style.green(`+ ${printable(address)}`)}${id(its)}`)),
    ...(altered.length === 0 ? [] : [`  ~ ${altered.length} known with other values`]),
    ...(outputs.length === 0 ? [] : [`  ~ outputs: ${outputs.map(printable).join(', ')}`]),
  ];
  return [
    `${style.bold(`State of ${environment}`)}: back to ${printable(source)} (serial ${serial}, ${resources} resources); now: ${now}`,
    ...(lists.length === 0 ? ['  no resource and no output differs'] : lists),
    ...(lost.length === 0
      ? []
      : [style.yellow(`  · ${lost.length} would be known to no state any more, and go on running and costing`)]),
    style.dim('  Nothing changes in AWS but the state: what differs then shows in the next plan.'),
  ].join('\n');
}

function listed(lines: readonly string[]): readonly string[] {
  const shown = lines.slice(0, MOST_LISTED).map((line) => `  ${line}`);
  return lines.length > shown.length ? [...shown, `    and ${lines.length - shown.length} more`] : shown;
}

/** What a restore has come to. */
export function restoreText(
  result: {
    readonly environment: string;
    readonly outcome: 'restored' | 'unchanged' | 'dry-run';
    readonly serial: number | null;
    readonly backup: { readonly id: string } | null;
  },
  style: Style,
): string {
  const { environment, outcome, serial, backup } = result;
  const head = style.bold(environment);
  if (outcome === 'unchanged') return `${head}: the state holds just this already (serial ${serial})`;
  if (outcome === 'dry-run') return `${head}: dry run, nothing was changed`;
  return [
    `${head}: the state is restored, with serial ${serial}`,
    ...(backup === null ? [] : [`What was there is kept: mhtctl state restore ${environment} ${backup.id}`]),
    `See what differs from AWS: mhtctl plan ${environment}`,
  ].join('\n');
}
