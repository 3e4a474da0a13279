import { describe, expect, it } from '@jest/globals';
import { textStyle } from '../../../src/presenters/style.js';
import { table } from '../../../src/presenters/table.js';
import { MARKED } from './marked-style.js';

const PLAIN = textStyle(false);
const WAYS = ['bold', 'dim', 'red', 'green', 'yellow', 'cyan'] as const;

describe('a table', () => {
  it('sets each column as wide as its widest cell, the title included', () => {
    const text = table(
      ['name', 'n', 'last'],
      [
        ['a', '1', 'x'],
        ['longer name', '1000', 'y y'],
      ],
      PLAIN,
    );
    expect(text.split('\n')).toEqual(['name         n     last', 'a            1     x', 'longer name  1000  y y']);
  });

  it('ends no line with blanks', () => {
    const text = table(
      ['name', 'last column'],
      [
        ['a', ''],
        ['', ''],
      ],
      PLAIN,
    );
    expect(text).not.toMatch(/ $/m);
  });

  it('has a header alone without rows', () => {
    expect(table(['name', 'n'], [], PLAIN)).toBe('name  n');
  });

  it('sets off its header, without the width being disturbed', () => {
    expect(table(['a', 'b'], [['1', '2']], MARKED)).toBe('<dim>a  b</dim>\n1  2');
  });
});

describe('a style', () => {
  it('without colour is the text alone', () => {
    for (const way of WAYS) expect(PLAIN[way]('text')).toBe('text');
  });

  it('with colour opens and closes, so that nothing after it is coloured', () => {
    for (const way of WAYS) {
      expect(textStyle(true)[way]('text').split('\u001B')).toEqual([
        '',
        expect.stringMatching(/^\[\d+mtext$/),
        expect.stringMatching(/^\[\d+m$/),
      ]);
    }
    expect(textStyle(true).red('x')).toBe('\u001B[31mx\u001B[39m');
  });

  it('has no width unless it is given one', () => {
    expect([PLAIN.width, textStyle(true, 80).width]).toEqual([Number.POSITIVE_INFINITY, 80]);
  });
});
