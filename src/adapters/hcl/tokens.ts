/** Where a token stands: its offsets in the text, and the line and column where it starts, counted from 1. */
interface Place {
  readonly start: number;
  /** Offset behind its last character; of a group, behind what closes it. */
  readonly end: number;
  readonly line: number;
  readonly column: number;
}

/**
 * A name, a literal (a number, a string with its quotes, a piece of one), a mark (operator or separator), or the end of a
 * line, which is a token in braces and outside of brackets only, as it separates nothing elsewhere.
 */
export interface Leaf extends Place {
  readonly kind: 'name' | 'literal' | 'mark' | 'line';
  readonly text: string;
}

/** What stands between brackets, in a string that needs a closer look or a heredoc (`"`), or in an interpolation or directive of one (`${`). */
export interface Group extends Place {
  readonly kind: '{' | '[' | '(' | '"' | '${';
  readonly tokens: readonly Token[];
}

export type Token = Leaf | Group;

/** Why a text cannot be cut into tokens, and the offset where. */
export interface LexicalProblem {
  readonly offset: number;
  readonly problem: string;
  readonly remedy?: string;
}

/** Groups deeper than this are refused: nobody writes them, and recursion over them has to end somewhere. */
const DEEPEST_NESTING = 256;

// Letters beyond ASCII by ranges without blanks, quotes and other punctuation, and with all that takes two code units:
// Unicode's own classes take longer to compile than a project to read.
const LETTERS = String.raw`\xaa\xb5\xba\xc0-\u167f\u1681-\u1fff\u2071-\u218f\u2c00-\u2dff\u3005-\u3007\u3021-\ufdff\ufe20-\ufefe\uff10-\uffef`;
const NAME = String.raw`[A-Za-z_${LETTERS}][\w${LETTERS}\xb7-]*`;
const NAME_OR_NUMBER = new RegExp(`^[\\w${LETTERS}]`);
const COMMENT = String.raw`#[^\n]*|//[^\n]*|/\*(?:[^*]|\*(?!/))*\*/`;
// With letters that follow: no number has them, and a message should show them.
const NUMBER = String.raw`\d+(?:\.\d+)?(?:[eE][-+]?\d+)?\w*`;
const HEREDOC = String.raw`<<-?${NAME}[ \t]*\r?\n`;
const STRING = String.raw`"[^"\\$%\r\n]*"`;
// All the blanks there are, or none: repeated without that, the pattern would try every way to divide them.
const SPACE = String.raw`[ \t]+(?![ \t])|\r(?=\n)`;
// With all that follows and is no token either: blank lines and comments are many.
const LINE_END = String.raw`\n(?:\n|${SPACE}|${COMMENT})*`;
const BETWEEN = `(?:${SPACE}|${COMMENT})*`;
const MARK = String.raw`\.\.\.|=>|[=!<>]=|&&|\|\||/(?!\*)|[-+*%=<>!?:.,~]`;

const IN_CODE = new RegExp(
  String.raw`${BETWEEN}(${NAME}|${LINE_END}|${STRING}|${HEREDOC}|${NUMBER}|${MARK}|[{}()[\]"])`,
  'y',
);
// `$${` and `%%{` are text, and so is a `$` or `%` without a brace.
const IN_QUOTES = /([^"\\$%\r\n]+|\\[^\r\n]|\$\$\{|%%\{|[$%]\{|[$%"])/y;
const IN_HEREDOC = /([^$%\n]+|\n|\$\$\{|%%\{|[$%]\{|[$%])/y;

/** What closes a group; a heredoc is closed by a line. */
const CLOSERS = { '{': '}', '[': ']', '(': ')', '"': '"', '${': '}' } as const;

/** A group that is not closed yet. */
interface OpenGroup {
  readonly group: { readonly kind: Group['kind']; readonly tokens: Token[]; end: number } & Place;
  /** What comes next in it. */
  readonly pattern: RegExp;
  /** What closes it, when it is a heredoc. */
  readonly heredoc?: { readonly marker: string; readonly lastLine: RegExp };
}

/**
 * Cuts HCL text into tokens, without comments and white space, or says why it cannot: something in it is no token, or does
 * not close.
 * Source: https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md
 */
export function tokensOf(text: string): readonly Token[] | LexicalProblem {
  return new Tokenizer(text).run();
}

/** Whether a token is that operator or separator. */
export function isMark(token: Token | undefined, text: string): boolean {
  return token?.kind === 'mark' && token.text === text;
}

class Tokenizer {
  readonly #text: string;
  readonly #open: OpenGroup[] = [];
  #position = 0;
  #line = 1;
  #lineStart = 0;
  #lineEnd: number;

  constructor(text: string) {
    // With a line end at its end, every text ends in a token.
    this.#text = `${text}\n`;
    this.#lineEnd = this.#text.indexOf('\n');
  }

  run(): readonly Token[] | LexicalProblem {
    const tokens: Token[] = [];
    while (this.#position < this.#text.length) {
      const innermost = this.#open.at(-1);
      if (innermost !== undefined && this.#closesHeredoc(innermost)) {
        innermost.group.end = this.#position;
        this.#open.pop();
        continue;
      }
      const problem = this.#take(innermost, innermost?.group.tokens ?? tokens);
      if (problem !== undefined) return problem;
    }
    const open = this.#open.at(-1);
    return open === undefined ? tokens : unclosed(open);
  }

  /** Whether the next line closes the heredoc; if so, it is passed. */
  #closesHeredoc({ heredoc }: OpenGroup): boolean {
    if (heredoc === undefined || this.#position !== this.#lineStart) return false;
    const { lastLine } = heredoc;
    lastLine.lastIndex = this.#position;
    // The line end that was added to the text is none of the file's, and Terraform wants one.
    if (!lastLine.test(this.#text) || lastLine.lastIndex === this.#text.length - 1) return false;
    this.#position = lastLine.lastIndex;
    return true;
  }

  /** Takes the next token; says why when there is none, or none that may stand here. */
  #take(innermost: OpenGroup | undefined, tokens: Token[]): LexicalProblem | undefined {
    const pattern = innermost?.pattern ?? IN_CODE;
    pattern.lastIndex = this.#position;
    const text = pattern.exec(this.#text)?.[1];
    if (text === undefined) return this.#noToken(innermost);
    const end = pattern.lastIndex;
    this.#passTo(end - text.length);
    const place = { start: this.#position, end, line: this.#line, column: this.#position - this.#lineStart + 1 };
    this.#passTo(end);
    if (innermost !== undefined && innermost.heredoc === undefined && text === CLOSERS[innermost.group.kind]) {
      innermost.group.end = end;
      this.#open.pop();
      return undefined;
    }
    const opened = pattern === IN_CODE ? openedInCode(text, place) : openedInTemplate(text, place);
    if (opened !== undefined) {
      tokens.push(opened.group);
      if (this.#open.push(opened) <= DEEPEST_NESTING) return undefined;
      return { offset: place.start, problem: `brackets are nested deeper than ${DEEPEST_NESTING} levels` };
    }
    const kind = pattern === IN_CODE ? kindInCode(text) : 'literal';
    if (kind === undefined) {
      if (innermost !== undefined) return unclosed(innermost);
      return { offset: place.start, problem: `"${text}" closes nothing`, remedy: `remove "${text}"` };
    }
    if (kind !== 'line' || innermost === undefined || innermost.group.kind === '{')
      tokens.push({ kind, text, ...place });
    return undefined;
  }

  /** What is wrong where nothing that may come next comes next. */
  #noToken(innermost: OpenGroup | undefined): LexicalProblem {
    if (innermost !== undefined && innermost.pattern !== IN_CODE) return unclosed(innermost);
    const between = new RegExp(BETWEEN, 'y');
    between.lastIndex = this.#position;
    between.exec(this.#text);
    const offset = between.lastIndex;
    if (this.#text.startsWith('/*', offset)) return { offset, problem: 'the comment is not closed by */' };
    const character = String.fromCodePoint(this.#text.codePointAt(offset) ?? 0);
    const remedy = /['\u2018-\u201f]/.test(character) ? { remedy: 'write strings in double quotes' } : {};
    return { offset, problem: `unexpected ${character}`, ...remedy };
  }

  #passTo(end: number): void {
    while (this.#lineEnd < end) {
      this.#line += 1;
      this.#lineStart = this.#lineEnd + 1;
      this.#lineEnd = this.#text.indexOf('\n', this.#lineStart);
      if (this.#lineEnd === -1) this.#lineEnd = this.#text.length;
    }
    this.#position = end;
  }
}

function openedInCode(text: string, place: Place): OpenGroup | undefined {
  switch (text) {
    case '{':
    case '[':
    case '(':
      return { group: { kind: text, tokens: [], ...place }, pattern: IN_CODE };
    case '"':
      return { group: { kind: text, tokens: [], ...place }, pattern: IN_QUOTES };
  }
  if (!text.startsWith('<<')) return undefined;
  const marker = text.replace(/^<<-?/, '').trim();
  const lastLine = new RegExp(`[ \\t]*${marker}[ \\t]*\\r?(?=\\n)`, 'y');
  return { group: { kind: '"', tokens: [], ...place }, pattern: IN_HEREDOC, heredoc: { marker, lastLine } };
}

function openedInTemplate(text: string, place: Place): OpenGroup | undefined {
  if (text !== '${' && text !== '%{') return undefined;
  return { group: { kind: '${', tokens: [], ...place }, pattern: IN_CODE };
}

/** Undefined for a bracket that closes nothing. */
function kindInCode(text: string): Leaf['kind'] | undefined {
  if (text.startsWith('\n')) return 'line';
  if (text.startsWith('"')) return 'literal';
  if (NAME_OR_NUMBER.test(text)) return /^\d/.test(text) ? 'literal' : 'name';
  return text === '}' || text === ']' || text === ')' ? undefined : 'mark';
}

function unclosed({ group: { kind, start: offset }, heredoc }: OpenGroup): LexicalProblem {
  if (heredoc !== undefined) {
    return { offset, problem: `the heredoc is not closed by a line with ${heredoc.marker} alone and a line break` };
  }
  if (kind === '"') {
    return { offset, problem: 'the string is not closed by a double quote on its line', remedy: 'close the string' };
  }
  const closer = CLOSERS[kind];
  return { offset, problem: `"${kind}" is not closed by "${closer}"`, remedy: `add the "${closer}"` };
}
