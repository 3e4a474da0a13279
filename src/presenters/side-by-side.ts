import type { Style } from './style.js';

/** Columns between two columns. */
const GAP = 2;
/** The share of a line that names take where there is not enough room for all. */
const NAMES = 0.4;

/** A row: what it is about, then a cell for each side. */
export type Row = readonly [name: string, own: string, other: string];

/**
 * Rows in three aligned columns under their heads, within the terminal's width: where a cell is too wide it goes on
 * below itself. A row without cells is a heading and has the line for itself.
 */
export function sideBySide(head: Row, rows: readonly Row[], style: Style): string {
  const widths = widthsOf([head, ...rows.filter((row) => !isHeading(row))], style.width);
  const lines = rows.flatMap((row) => (isHeading(row) ? headingOf(row, style.width) : linesOf(row, widths)));
  return [...linesOf(head, widths).map((line) => style.dim(line)), ...lines].join('\n');
}

function isHeading([, own, other]: Row): boolean {
  return own === '' && other === '';
}

type Widths = readonly [name: number, own: number, other: number];

/** As wide as the cells are; where that is too wide, names take their share and the sides what is left of it. */
function widthsOf(rows: readonly Row[], width: number): Widths {
  const natural = (column: 0 | 1 | 2) => Math.max(...rows.map((row) => row[column].length));
  const [name, own, other] = [natural(0), natural(1), natural(2)];
  const room = width - 2 * GAP;
  if (name + own + other <= room) return [name, own, other];
  const names = Math.min(name, Math.max(Math.floor(room * NAMES), room - own - other));
  const half = Math.floor((room - names) / 2);
  const first = Math.max(1, Math.min(own, Math.max(half, room - names - other)));
  return [names, first, Math.max(1, room - names - first)];
}

function headingOf([name]: Row, width: number): readonly string[] {
  const margin = /^ */.exec(name)?.[0] ?? '';
  return broken(name.trimStart(), width - margin.length).map((line) => `${margin}${line}`);
}

function linesOf(row: Row, widths: Widths): readonly string[] {
  // Below itself a name goes on where it began, without its mark.
  const lead = /^[^A-Za-z0-9]*/.exec(row[0])?.[0] ?? '';
  const [names, own, other] = [
    broken(row[0].slice(lead.length), widths[0] - lead.length),
    broken(row[1], widths[1]),
    broken(row[2], widths[2]),
  ];
  const count = Math.max(names.length, own.length, other.length);
  return Array.from({ length: count }, (_, index) => {
    const name = names[index] === undefined ? '' : `${index === 0 ? lead : ' '.repeat(lead.length)}${names[index]}`;
    const cells = [name.padEnd(widths[0]), (own[index] ?? '').padEnd(widths[1]), other[index] ?? ''];
    return cells.join(' '.repeat(GAP)).trimEnd();
  });
}

/** A text in pieces of at most so many columns, broken after a blank or a mark where there is one. */
function broken(text: string, width: number): readonly string[] {
  if (text.length <= width || width < 1) return [text];
  const head = text.slice(0, width + 1);
  const after = Math.max(
    head.lastIndexOf(' ', width),
    ...[',', '.', '/', '_', '-'].map((mark) => head.lastIndexOf(mark, width - 1) + 1),
  );
  const at = after > width / 2 ? after : width;
  return [text.slice(0, at).trimEnd(), ...broken(text.slice(at).trimStart(), width)];
}
