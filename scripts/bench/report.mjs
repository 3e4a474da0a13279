import { arch, availableParallelism, platform } from 'node:os';
import { median, seconds } from './measure.mjs';

/** What the figures were measured on, without naming the machine. */
export function describeMachine() {
  const cores = availableParallelism();
  return `Node ${process.versions.node}, ${platform()} ${arch()}, ${cores} ${cores === 1 ? 'core' : 'cores'}`;
}

/** Median and range of every command, as a Markdown table. */
export function medianTable(times) {
  return table(
    ['command', 'median', 'fastest', 'slowest', 'runs'],
    [...times].map(([name, values]) => [
      name,
      seconds(median(values)),
      seconds(Math.min(...values)),
      seconds(Math.max(...values)),
      String(values.length),
    ]),
  );
}

/** Every ratio beside its limit, as a Markdown table, and how many limits are missed. */
export function comparisonTable(limits, times) {
  let missed = 0;
  const rows = limits.map(({ subject, baseline, limit }) => {
    const ratio = median(times.get(subject)) / median(times.get(baseline));
    const kept = limit === null || ratio <= limit;
    if (!kept) missed += 1;
    const verdict = limit === null ? '' : kept ? 'kept' : 'MISSED';
    return [`${subject} / ${baseline}`, ratio.toFixed(2), limit === null ? '' : `${limit}`, verdict];
  });
  return { text: table(['ratio of medians', 'ratio', 'limit', ''], rows), missed };
}

/** Figures with a limit of their own beside it, as a Markdown table, and how many limits are missed. */
export function limitTable(figures) {
  const rows = figures.map(({ what, value, limit, unit }) => {
    const kept = limit === null || value <= limit;
    return [
      what,
      `${value.toFixed(2)} ${unit}`.trimEnd(),
      limit === null ? '' : `${limit} ${unit}`.trimEnd(),
      limit === null ? '' : kept ? 'kept' : 'MISSED',
    ];
  });
  const missed = figures.filter(({ value, limit }) => limit !== null && value > limit).length;
  return { text: table(['figure', 'measured', 'limit', ''], rows), missed };
}

function table(header, rows) {
  const widths = header.map((title, column) => Math.max(3, title.length, ...rows.map((row) => row[column].length)));
  const line = (cells) => `| ${cells.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`;
  return [line(header), `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...rows.map(line)].join('\n');
}
