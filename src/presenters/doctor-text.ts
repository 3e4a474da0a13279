import type { Finding } from '../domain/finding.js';
import type { Style } from './style.js';

/** What `doctor` found, one line a thing, what to do below it. */
export function doctorText(findings: readonly Finding[], style: Style): string {
  const width = Math.max(...findings.map(({ name }) => name.length));
  const mark = { ok: style.green('✔'), warning: style.yellow('!'), problem: style.red('✖') };
  return findings
    .map(({ name, status, detail, remedy }) =>
      [
        `${mark[status]} ${name.padEnd(width)}  ${detail}`,
        ...(remedy === null ? [] : [`  ${' '.repeat(width)}  ${style.cyan('→')} ${remedy}`]),
      ].join('\n'),
    )
    .join('\n');
}
