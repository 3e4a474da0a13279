// Strings first, so that nothing inside one is taken for a comment, a line break or alignment.
const TOKEN =
  /(?<string>"(?:\\.|[^"\\])*")|(?<comment>#.*|\/\/.*|\/\*[\s\S]*?\*\/)|(?<breaks>[ \t]*\r?\n\s*)|(?<spaces>[ \t]+)/g;

/** An expression of several lines on one, as a table cell wants it: commas for line breaks, no comments, no alignment. */
export function oneLine(expression: string): string {
  const withoutComments = expression.replace(TOKEN, (token, ...rest) => {
    const { comment } = rest.at(-1) as { comment?: string };
    return comment === undefined ? token : '';
  });
  return withoutComments
    .replace(TOKEN, (token, ...rest) => {
      const { breaks, spaces } = rest.at(-1) as { breaks?: string; spaces?: string };
      if (spaces !== undefined) return ' ';
      if (breaks === undefined) return token;
      const [text, offset] = [rest.at(-2) as string, rest.at(-3) as number];
      const before = text.slice(0, offset).trimEnd().at(-1) ?? '';
      const after = text.slice(offset + token.length).at(0) ?? '';
      if (before === '{' || after === '}') return ' ';
      if ('(['.includes(before) || ')]'.includes(after)) return '';
      return before === ',' ? ' ' : ', ';
    })
    .replace(/,(?= ?[\])}])/g, '')
    .trim();
}
