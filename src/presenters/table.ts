import type { Style } from './style.js';

/** Sets rows in columns two spaces apart, the header dimmed. The last column is not padded. */
export function table(header: readonly string[], rows: readonly (readonly string[])[], style: Style): string {
  const widths = header.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => (row[column] ?? '').length)),
  );
  const line = (cells: readonly string[]) =>
    cells.map((cell, column) => (column === cells.length - 1 ? cell : cell.padEnd(widths[column] ?? 0))).join('  ');
  return [style.dim(line(header).trimEnd()), ...rows.map((row) => line(row).trimEnd())].join('\n');
}
