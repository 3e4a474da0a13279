/** Columns a text takes: colour codes take none. */
function columns(text: string): number {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colour codes begin with the escape character.
  return text.replace(/\u001B\[\d+m/g, '').length;
}

/**
 * Breaks a line at spaces so that none is wider than the width; what follows the first is indented. A word that fits
 * on no line stays where it is.
 * @param indent columns before each further line
 */
export function wrap(text: string, width: number, indent: number): string {
  const margin = /^ */.exec(text)?.[0] ?? '';
  const [first = '', ...words] = text.slice(margin.length).split(' ');
  const lines: string[] = [];
  let line = margin + first;
  for (const word of words) {
    if (columns(line) + 1 + columns(word) > width && indent + columns(word) <= width) {
      lines.push(line.trimEnd());
      line = `${' '.repeat(indent)}${word}`;
    } else {
      line = `${line} ${word}`;
    }
  }
  return [...lines, line].join('\n');
}

/** The line as far as it fits the width, with an ellipsis where something is left out. Colour codes take no columns. */
export function cut(line: string, width: number): string {
  if (columns(line) <= width) return line;
  let left = width - 1;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colour codes begin with the escape character.
  return line.replace(/(\u001B\[\d+m)|[^\u001B]/gu, (token, code: string | undefined) => {
    if (code !== undefined) return token;
    left -= 1;
    if (left === -1) return '…';
    return left < 0 ? '' : token;
  });
}
