import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { LiveOutput } from '../../src/live-output.js';
import { textStyle } from '../../src/presenters/style.js';

/** As much of a terminal as the sequences need that are used. Source: https://invisible-island.net/xterm/ctlseqs/ctlseqs.html */
class Terminal extends EventEmitter {
  isTTY = true;
  readonly writes: string[] = [];
  #screen: string[] = [''];
  #row = 0;
  #column = 0;
  #wraps = true;

  constructor(
    public columns: number,
    public rows: number,
  ) {
    super();
  }

  write(text: string): boolean {
    this.writes.push(text);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the sequences begin with the escape character.
    for (const token of text.match(/\u001B\[\??\d*[A-Za-z]|[\s\S]/g) ?? []) this.#take(token);
    return true;
  }

  /** What is to be seen, without blank lines at the end. */
  get text(): string {
    return this.#screen.join('\n').trimEnd();
  }

  get cursor(): { readonly row: number; readonly column: number; readonly wraps: boolean } {
    return { row: this.#row, column: this.#column, wraps: this.#wraps };
  }

  #take(token: string): void {
    if (token === '\n') this.#newLine();
    else if (token === '\r') this.#column = 0;
    else if (token.endsWith('A')) this.#row = Math.max(0, this.#row - Number(token.slice(2, -1)));
    else if (token === '\u001B[2K') this.#screen[this.#row] = '';
    else if (token === '\u001B[J') {
      this.#cut();
      this.#screen.splice(this.#row + 1);
    } else if (token === '\u001B[H') [this.#row, this.#column] = [0, 0];
    else if (token === '\u001B[2J') this.#screen = this.#screen.map(() => '');
    else if (token === '\u001B[?7l') this.#wraps = false;
    else if (token === '\u001B[?7h') this.#wraps = true;
    else this.#print(token);
  }

  #cut(): void {
    // Behind the last column the cursor still stands on it.
    const column = Math.min(this.#column, this.columns - 1);
    this.#screen[this.#row] = (this.#screen[this.#row] ?? '').slice(0, column);
  }

  #newLine(): void {
    [this.#row, this.#column] = [this.#row + 1, 0];
    if (this.#row < this.rows) this.#screen[this.#row] ??= '';
    else {
      this.#screen = [...this.#screen.slice(1), ''];
      this.#row -= 1;
    }
  }

  #print(character: string): void {
    if (this.#column === this.columns) {
      if (this.#wraps) this.#newLine();
      else this.#column -= 1;
    }
    const line = (this.#screen[this.#row] ?? '').padEnd(this.#column);
    this.#screen[this.#row] = line.slice(0, this.#column) + character + line.slice(this.#column + 1);
    this.#column += 1;
  }
}

const outputOn = (terminal: Terminal) =>
  new LiveOutput(terminal as unknown as NodeJS.WriteStream, () => textStyle(false, terminal.columns));

describe('a live output', () => {
  let term: string | undefined;

  beforeEach(() => {
    term = process.env['TERM'];
    process.env['TERM'] = 'xterm';
  });

  afterEach(() => {
    if (term === undefined) delete process.env['TERM'];
    else process.env['TERM'] = term;
  });

  it.each([
    ['shorter', 'one\ntwo\nthree', 'ONE'],
    ['longer', 'one', 'ONE\nTWO\nTHREE'],
    ['of shorter lines', 'a long line\nand another', 'a\nb'],
    ['the same', 'one\ntwo', 'one\ntwo'],
    ['as wide as the terminal', 'one', `${'x'.repeat(40)}\n${'y'.repeat(40)}`],
  ])('leaves nothing of a text when the next is %s', (_, first, second) => {
    const terminal = new Terminal(40, 10);
    terminal.write('$ mhtctl health --watch\n');
    const output = outputOn(terminal);
    output.show(() => first);
    output.show(() => second);
    expect(terminal.text).toBe(`$ mhtctl health --watch\n${second}`);
    expect(terminal.cursor).toEqual({ row: second.split('\n').length + 1, column: 0, wraps: true });
  });

  it('draws in one write, and never an empty screen', () => {
    const terminal = new Terminal(40, 10);
    const output = outputOn(terminal);
    output.show(() => 'one');
    output.show(() => 'two');
    expect(terminal.writes).toHaveLength(2);
    expect(terminal.writes[1]).not.toContain('\u001B[2J');
  });

  it('does not lose count of the lines by one that is too wide', () => {
    const terminal = new Terminal(10, 10);
    const output = outputOn(terminal);
    output.show(() => 'x'.repeat(25));
    output.show(() => `${'y'.repeat(25)}\nend`);
    expect(terminal.text).toBe(`${'y'.repeat(10)}\nend`);
  });

  it('shows no more than fits, and says how much more there is', () => {
    const terminal = new Terminal(60, 5);
    const output = outputOn(terminal);
    const text = Array.from({ length: 9 }, (_, index) => `line ${index}`).join('\n');
    output.show(() => text);
    output.show(() => text);
    expect(terminal.text).toBe('line 0\nline 1\nline 2\n... 6 more lines; the terminal has 5');
  });

  it('begins anew when the terminal has another width', () => {
    const terminal = new Terminal(40, 10);
    const output = outputOn(terminal);
    output.show(({ width }) => `width ${width}`);
    terminal.columns = 20;
    output.show(({ width }) => `width ${width}`);
    expect(terminal.text).toBe('width 20');
  });

  it.each(['dumb', 'no terminal'])('follows one text by the next at %s, and writes nothing for none', (kind) => {
    const terminal = new Terminal(40, 10);
    if (kind === 'dumb') process.env['TERM'] = 'dumb';
    else terminal.isTTY = false;
    const output = outputOn(terminal);
    for (const text of ['one', '', 'two']) output.show(() => text);
    expect(output.redraws).toBe(false);
    expect(terminal.writes).toEqual(['one\n', 'two\n']);
  });

  it('says when nobody sees it any more, and writes no more', () => {
    const terminal = new Terminal(40, 10);
    const output = outputOn(terminal);
    expect(output.show(() => 'one')).toBe(true);
    terminal.emit('error', new Error('EPIPE'));
    expect(output.show(() => 'two')).toBe(false);
    expect(terminal.text).toBe('one');
  });
});
