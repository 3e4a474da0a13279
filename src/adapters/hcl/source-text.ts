import { MhtctlError } from '../../domain/errors.js';
import type { SourceLocation } from '../../domain/hcl-value.js';
import type { Token } from './tokens.js';

/** Characters of a file that a message quotes at most in one place. */
const LONGEST_QUOTE = 120;
const BYTE_ORDER_MARK = '\uFEFF';

/** A line and a column in it, counted from 1. */
type Place = Pick<SourceLocation, 'line' | 'column'>;

/** The text of one HCL file, and the failures that point into it. */
export class SourceText {
  readonly text: string;
  #starts: readonly number[] | undefined;

  constructor(
    readonly file: string,
    text: string,
  ) {
    this.text = text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
  }

  /** The location of a token. */
  locationOf({ line, column }: Place): SourceLocation {
    return { file: this.file, line, column };
  }

  /** The place of an offset into {@link text}. */
  atOffset(offset: number): Place {
    const starts = this.#lineStarts();
    let [line, after] = [0, starts.length];
    while (after - line > 1) {
      const middle = (line + after) >> 1;
      if ((starts[middle] ?? 0) <= offset) line = middle;
      else after = middle;
    }
    return { line: line + 1, column: offset - (starts[line] ?? 0) + 1 };
  }

  /** Offsets where lines start, computed once: a file may be asked for very many places. */
  #lineStarts(): readonly number[] {
    if (this.#starts !== undefined) return this.#starts;
    const starts = [0];
    for (let end = this.text.indexOf('\n'); end !== -1; end = this.text.indexOf('\n', end + 1)) starts.push(end + 1);
    this.#starts = starts;
    return starts;
  }

  /** The text from the first token to the last. */
  textOf(tokens: readonly Token[]): string {
    return this.text.slice(tokens.at(0)?.start, tokens.at(-1)?.end);
  }

  /** The first line of the same, for a message. */
  quote(tokens: readonly Token[]): string {
    return `"${shortened(this.textOf(tokens).split(/\r?\n/, 1).join())}"`;
  }

  /** A failure of the file's syntax. */
  syntaxError(place: Place, problem: string, remedy?: string): MhtctlError {
    return this.#failure('HclSyntax', place, `syntax error at ${this.#shown(place)}: ${problem}`, remedy);
  }

  /** A token stands where it may not; without one, and at the end of a line, something is missing behind an offset. */
  unexpected(token: Token | undefined, after = token?.start ?? 0): MhtctlError {
    if (token === undefined || token.kind === 'line') {
      return this.syntaxError(this.atOffset(after), 'something is missing here');
    }
    return this.syntaxError(token, `unexpected ${'text' in token ? this.quote([token]) : `"${token.kind}"`}`);
  }

  /** A failure of a value that is well-formed HCL but needs evaluation. */
  notLiteral(place: Place, found: string): MhtctlError {
    return this.#failure(
      'HclNotLiteral',
      place,
      `${found} at ${this.#shown(place)}: this file holds literal values only, it is never evaluated`,
      'replace it by the value itself, in double quotes when it is text',
    );
  }

  #shown({ line, column }: Place): string {
    return `${this.file}:${line}:${column}`;
  }

  #failure(code: string, { line: number }: Place, problem: string, remedy?: string): MhtctlError {
    const starts = this.#lineStarts();
    const quoted = shortened(this.text.slice(starts[number - 1], starts[number]).trim());
    return new MhtctlError({
      code,
      outcome: 'usage',
      message: quoted === '' ? problem : `${problem}, in the line: ${quoted}`,
      nextSteps: [`edit line ${number} of ${this.file}${remedy === undefined ? '' : `: ${remedy}`}`],
    });
  }
}

function shortened(text: string): string {
  return text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text;
}
