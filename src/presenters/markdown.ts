/**
 * A text that Markdown takes for nothing else: every ASCII punctuation character may have a backslash before it.
 * Source: https://github.github.com/gfm/#backslash-escapes
 */
export function plain(text: string): string {
  return text.replace(/[!#$&*+.:<=>@[\\\]^_`{|}~]/g, '\\$&');
}

/** Lines as they are, in a fence that is longer than any in them. */
export function verbatim(lines: readonly string[]): string {
  const longest = Math.max(2, ...lines.flatMap((line) => (line.match(/`+/g) ?? []).map(({ length }) => length)));
  const fence = '`'.repeat(longest + 1);
  return [`${fence}text`, ...lines, fence].join('\n');
}
