import { printable } from '../printable.js';
import type { Style } from '../style.js';
import { table } from '../table.js';

/** What a list of states shows of each. */
interface Content {
  readonly writtenAt: string;
  readonly serial: number | null;
  readonly lineage: string | null;
  readonly resources: number | null;
  readonly error: string | null;
}

interface Version extends Content {
  readonly versionId: string;
  readonly current: boolean;
  readonly deleted: boolean;
  readonly writtenBy: { readonly id: string; readonly operation: string; readonly commit: string | null } | null;
}

interface Backup extends Content {
  readonly id: string;
}

/** Columns below which what is known beside serial and time goes below them. */
const NARROW = 130;

/** The versions of a state and its backups, newest first, and what to do with them. */
export function stateListText(
  environment: string,
  states: {
    readonly versioned: boolean;
    readonly versions: readonly Version[];
    readonly olderVersions: number;
    readonly backups: readonly Backup[];
    readonly olderBackups: number;
  },
  style: Style,
): string {
  const { versioned, versions, olderVersions, backups, olderBackups } = states;
  const lineage = versions.find((version) => version.lineage !== null)?.lineage ?? null;
  const versionRows = versions.map((version) => ({
    cells: [`${version.current ? '*' : ' '} ${printable(version.versionId)}`, ...contentCells(version, lineage)],
    detail: version.error === null ? writerOf(version) : unreadable(version.error),
  }));
  const backupRows = backups.map((backup) => ({
    cells: [`  ${backup.id}`, ...contentCells(backup, lineage)],
    detail: backup.error === null ? '' : unreadable(backup.error),
  }));
  const parts = [
    versions.length === 0
      ? [`${style.bold(environment)}: there is no state, and no version of one`]
      : [list('version', versionRows, style), ...further(olderVersions, 'versions')],
    backups.length === 0 ? [] : [list('backup', backupRows, style), ...further(olderBackups, 'backups')],
    versioned
      ? []
      : [
          style.yellow(
            `The bucket keeps no versions: what is written over is lost. Mend it: mhtctl bootstrap ${environment}`,
          ),
        ],
    versions.length + backups.length < 2 ? [] : [`Go back to one: mhtctl state restore ${environment} VERSION`],
  ];
  return parts
    .filter((part) => part.length > 0)
    .map((part) => part.join('\n'))
    .join('\n\n');
}

interface Row {
  readonly cells: readonly string[];
  readonly detail: string;
}

function list(what: string, rows: readonly Row[], style: Style): string {
  const header = [`  ${what}`, 'written', 'serial', 'resources'];
  if (style.width >= NARROW) {
    return table(
      [...header, 'by'],
      rows.map(({ cells, detail }) => [...cells, detail]),
      style,
    );
  }
  const [head = '', ...lines] = table(
    header,
    rows.map(({ cells }) => cells),
    style,
  ).split('\n');
  const below = ({ detail }: Row) => (detail === '' || detail === '-' ? [] : [style.dim(`      ${detail}`)]);
  return [head, ...rows.flatMap((row, index) => [lines[index] ?? '', ...below(row)])].join('\n');
}

function contentCells(content: Content & { readonly deleted?: boolean }, own: string | null): readonly string[] {
  const { writtenAt, serial, lineage, resources, deleted } = content;
  const written = writtenAt.replace(/\.\d+Z$/, 'Z');
  if (serial === null) return [written, deleted === true ? 'deleted' : '-', '-'];
  // A state of another lineage cannot be restored: its serial says nothing here.
  return [written, lineage === own ? String(serial) : `${serial}, other lineage`, String(resources)];
}

function writerOf({ writtenBy }: Version): string {
  if (writtenBy === null) return '-';
  const commit = writtenBy.commit === null ? '' : ` (${writtenBy.commit.slice(0, 8)})`;
  return `${writtenBy.operation} ${writtenBy.id}${commit}`;
}

function unreadable(error: string): string {
  return `unreadable: ${printable(error.split('\n')[0] ?? '')}`;
}

function further(count: number, what: string): readonly string[] {
  return count === 0 ? [] : [`  and ${count} older ${what}: see them with --limit`];
}
