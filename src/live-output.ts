import type { Style } from './presenters/style.js';

/** The escape sequences that are used. Source: https://invisible-island.net/xterm/ctlseqs/ctlseqs.html */
const UP = (lines: number) => `\u001B[${lines}A`;
const ERASE_LINE = '\u001B[2K';
const ERASE_BELOW = '\u001B[J';
const ERASE_ALL_FROM_THE_TOP = '\u001B[H\u001B[2J';
const NO_WRAPPING = '\u001B[?7l';
const WRAPPING = '\u001B[?7h';

/**
 * A text that is shown again and again. At a terminal each is drawn over the one before in one write, so that nothing
 * flickers; elsewhere they follow each other. The cursor stays below the text, where a shell's prompt will be.
 */
export class LiveOutput {
  /** Whether a text replaces the one before. */
  readonly redraws: boolean;
  readonly #stream: NodeJS.WriteStream;
  readonly #style: () => Style;
  #lines = 0;
  #columns = 0;
  #closed = false;

  constructor(stream: NodeJS.WriteStream, style: () => Style) {
    this.#stream = stream;
    this.#style = style;
    this.redraws = stream.isTTY === true && process.env['TERM'] !== 'dumb';
    stream.once('error', () => {
      this.#closed = true;
    });
  }

  /** Shows a text; nothing when it is empty. False when nobody sees it any more. */
  show(present: (style: Style) => string): boolean {
    const text = present(this.#style());
    if (text !== '' && !this.#closed) this.#stream.write(this.redraws ? this.#drawn(text) : `${text}\n`);
    return !this.#closed;
  }

  #drawn(text: string): string {
    const { columns, rows } = this.#stream;
    const lines = fitting(text.split('\n'), rows);
    // A terminal that has become wider or narrower has broken its lines anew: nobody knows where the text begins.
    const start = this.#lines > 0 && columns !== this.#columns ? ERASE_ALL_FROM_THE_TOP : back(this.#lines);
    this.#lines = lines.length;
    this.#columns = columns;
    // A line that is too wide would be broken in two by the terminal, and the count be lost. Erased first, since behind
    // the last column a terminal's cursor still stands on that.
    const drawn = lines.map((line) => `${ERASE_LINE}${line}\n`).join('');
    return `${start}${NO_WRAPPING}${drawn}${WRAPPING}${ERASE_BELOW}`;
  }
}

function back(lines: number): string {
  return lines === 0 ? '' : `${UP(lines)}\r`;
}

/** What has scrolled out of a terminal cannot be drawn over: no more lines than it has, less the cursor's own. */
function fitting(lines: readonly string[], rows: number): readonly string[] {
  if (lines.length < rows) return lines;
  const shown = lines.slice(0, Math.max(1, rows - 2));
  return [...shown, `... ${lines.length - shown.length} more lines; the terminal has ${rows}`];
}
