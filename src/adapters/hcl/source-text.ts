import { MhtctlError } from '../../domain/errors.js';
import type { SourceLocation } from '../../domain/hcl-value.js';

const LONGEST_QUOTED_LINE = 120;
const BYTE_ORDER_MARK = '\uFEFF';

/** The text of one HCL file, and the failures that point into it. */
export class SourceText {
  readonly #lines: readonly string[];
  readonly text: string;

  constructor(
    readonly file: string,
    text: string,
  ) {
    this.text = text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
    this.#lines = this.text.split(/\r?\n/);
  }

  /** The location of a 0-based row and column. */
  at(position: { readonly row: number; readonly column: number }): SourceLocation {
    return { file: this.file, line: position.row + 1, column: position.column + 1 };
  }

  /** The location of an offset into {@link text}. */
  atOffset(offset: number): SourceLocation {
    const before = this.text.slice(0, offset);
    const lineStart = before.lastIndexOf('\n') + 1;
    return this.at({ row: before.split('\n').length - 1, column: offset - lineStart });
  }

  /** A failure of the file's syntax. */
  syntaxError(location: SourceLocation, problem: string, remedy?: string): MhtctlError {
    return this.#failure('HclSyntax', location, `syntax error at ${place(location)}: ${problem}`, remedy);
  }

  /** A failure of a value that is well-formed HCL but needs evaluation. */
  notLiteral(location: SourceLocation, found: string): MhtctlError {
    return this.#failure(
      'HclNotLiteral',
      location,
      `${found} at ${place(location)}: this file holds literal values only, it is never evaluated`,
      'replace it by the value itself',
    );
  }

  #failure(code: string, location: SourceLocation, problem: string, remedy?: string): MhtctlError {
    const line = (this.#lines[location.line - 1] ?? '').trim();
    const quoted = line.length > LONGEST_QUOTED_LINE ? `${line.slice(0, LONGEST_QUOTED_LINE)}…` : line;
    const { file } = location;
    return new MhtctlError({
      code,
      outcome: 'usage',
      message: quoted === '' ? problem : `${problem}, in the line: ${quoted}`,
      nextSteps: [`edit line ${location.line} of ${file}${remedy === undefined ? '' : `: ${remedy}`}`],
    });
  }
}

function place({ file, line, column }: SourceLocation): string {
  return `${file}:${line}:${column}`;
}
