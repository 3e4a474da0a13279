/** What keeps a text from being cut into statements: something opened that does not close, or closes too much. */
export interface OutlineProblem {
  readonly offset: number;
  readonly problem: string;
  readonly remedy?: string;
}

/** A statement of a file or block: an attribute or a nested block, with its offset in the text. */
export interface Statement {
  readonly offset: number;
  readonly text: string;
}

const CLOSER: Readonly<Record<string, string>> = { '{': '}', '[': ']', '(': ')' };

// What can hide or end a statement, in the order in which it has to be tried. Interpolations are not looked into.
const TOKEN = new RegExp(
  [
    /(?<comment>#.*|\/\/.*|\/\*[\s\S]*?\*\/)/u,
    /(?<heredoc><<-?(?<marker>[\p{L}\p{N}_-]+)\r?\n)/u,
    /(?<string>"(?:\\.|[^"\\\r\n])*)(?<end>"?)/u,
    /(?<opener>[{[(])|(?<closer>[}\])])|(?<apostrophe>')|(?<newline>\n)/u,
  ]
    .map(({ source }) => source)
    .join('|'),
  'gu',
);

// Pairs of backslashes are stepped over, so that the second of a pair is not taken for the start of an escape.
const WRONG_ESCAPE = /(?<=(?:^|[^\\])(?:\\\\)*)\\(?![\\nrt"]|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})./;
const ESCAPES = 'the escapes are \\n \\r \\t \\" \\\\ \\uNNNN \\UNNNNNNNN';

/**
 * Cuts HCL text into its outermost statements by brackets and lines alone, without a grammar. A syntax error inside
 * one statement then does not touch the others, unlike in the tree of a parser that recovers from errors.
 */
export function outline(text: string): readonly Statement[] | OutlineProblem {
  const statements: Statement[] = [];
  const open: { readonly bracket: string; readonly offset: number }[] = [];
  let start = 0;
  const cut = (end: number) => {
    const statement = text.slice(start, end);
    if (statement.trim() !== '') statements.push({ offset: start, text: statement });
    start = end;
  };
  const tokens = new RegExp(TOKEN);
  for (let token = tokens.exec(text); token !== null; token = tokens.exec(text)) {
    const { marker, string, end, opener, closer, apostrophe, newline } = token.groups ?? {};
    const offset = token.index;
    if (marker !== undefined) {
      const after = endOfHeredoc(text, tokens.lastIndex, marker);
      if (after === undefined) return { offset, problem: `the heredoc is not closed by a line with ${marker} alone` };
      tokens.lastIndex = after;
    } else if (string !== undefined && end === '') {
      return { offset, problem: 'the string is not closed by a double quote on its line', remedy: 'close the string' };
    } else if (string !== undefined && WRONG_ESCAPE.test(string)) {
      const escaped = WRONG_ESCAPE.exec(string);
      return { offset: offset + (escaped?.index ?? 0), problem: `unknown escape ${escaped?.[0]}`, remedy: ESCAPES };
    } else if (apostrophe !== undefined) {
      return { offset, problem: "unexpected '", remedy: 'write strings in double quotes' };
    } else if (opener !== undefined) {
      open.push({ bracket: opener, offset });
    } else if (closer !== undefined) {
      const last = open.pop();
      if (last === undefined) return { offset, problem: `"${closer}" closes nothing`, remedy: `remove "${closer}"` };
      if (CLOSER[last.bracket] !== closer) return unclosed(last);
    } else if (newline !== undefined && open.length === 0) {
      cut(offset + 1);
    }
  }
  const last = open.pop();
  if (last !== undefined) return unclosed(last);
  cut(text.length);
  return statements;
}

/** The inside of a statement that is a block; undefined when it is none. */
export function insideOfBlock({ offset, text }: Statement): Statement | undefined {
  const block = /^(?<head>[^={]*\{)(?<inside>[\s\S]*)\}\s*$/.exec(text);
  if (block?.groups === undefined) return undefined;
  const { head = '', inside = '' } = block.groups;
  return { offset: offset + head.length, text: inside };
}

function unclosed({ bracket, offset }: { readonly bracket: string; readonly offset: number }): OutlineProblem {
  return {
    offset,
    problem: `"${bracket}" is not closed by "${CLOSER[bracket]}"`,
    remedy: `add the "${CLOSER[bracket]}"`,
  };
}

function endOfHeredoc(text: string, from: number, marker: string): number | undefined {
  let lineStart = from;
  while (lineStart < text.length) {
    const lineEnd = text.indexOf('\n', lineStart);
    const end = lineEnd === -1 ? text.length : lineEnd;
    if (text.slice(lineStart, end).trim() === marker) return end;
    lineStart = end + 1;
  }
  return undefined;
}
