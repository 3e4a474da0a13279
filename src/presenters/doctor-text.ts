import type { Finding } from '../domain/finding.js';
import type { Style } from './style.js';
import { wrap } from './wrap.js';

/** What `doctor` found, one line a thing, what to do below it. */
export function doctorText(findings: readonly Finding[], style: Style): string {
  const width = Math.max(...findings.map(({ name }) => name.length));
  const mark = { ok: style.green('✔'), warning: style.yellow('!'), problem: style.red('✖') };
  const margin = ' '.repeat(width + 4);
  return findings
    .flatMap(({ name, status, detail, remedy }) => [
      ...detail
        .split('\n')
        .map((line, index) => `${index === 0 ? `${mark[status]} ${name.padEnd(width)}  ` : margin}${line}`)
        .map((line) => wrap(line, style.width, margin.length)),
      // A remedy stays whole: it is to be pasted.
      ...(remedy === null ? [] : [`${margin}${style.cyan('→')} ${remedy}`]),
    ])
    .join('\n');
}
