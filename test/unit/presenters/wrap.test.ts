import { describe, expect, it } from '@jest/globals';
import { textStyle } from '../../../src/presenters/style.js';
import { cut, wrap } from '../../../src/presenters/wrap.js';

describe('a line that is broken', () => {
  it.each([
    ['fits', 'one two', 7, ['one two']],
    ['is a column too long', 'one two', 6, ['one', '  two']],
    ['is long', 'one two three four', 13, ['one two three', '  four']],
    ['goes on for several lines, indented', 'aa bb cc dd ee ff', 8, ['aa bb cc', '  dd ee', '  ff']],
    ['has a word that just fits on a line of its own', 'one four', 6, ['one', '  four']],
    ['has a word that fits on no line', 'one seven b', 6, ['one seven', '  b']],
    ['is one such word', 'wordthatislong', 6, ['wordthatislong']],
    ['begins with blanks', '  one two', 20, ['  one two']],
    ['begins with blanks and is long', '    one two', 8, ['    one', '  two']],
    ['has blanks inside', 'one  two', 20, ['one  two']],
    ['is empty', '', 20, ['']],
  ])('%s', (_, text, width, lines) => {
    expect(wrap(text, width, 2).split('\n')).toEqual(lines);
  });

  it('is not broken for its colours, which take no columns', () => {
    const { red } = textStyle(true);
    expect(wrap(`${red('one')} two`, 7, 2)).toBe(`${red('one')} two`);
    expect(wrap(`${red('one')} two`, 6, 2)).toBe(`${red('one')}\n  two`);
  });

  it('stays whole without a width', () => {
    const text = `  + ${'word '.repeat(100)}end`;
    expect(wrap(text, Number.POSITIVE_INFINITY, 6)).toBe(text);
  });

  it('loses no word', () => {
    const words = Array.from({ length: 50 }, (_, index) => 'x'.repeat(1 + (index % 17)));
    expect(wrap(words.join(' '), 20, 3).split(/\s+/)).toEqual(words);
  });
});

describe('a line that is cut', () => {
  it.each([
    ['one two', 7, 'one two'],
    ['one two', 6, 'one t…'],
    ['one two', 1, '…'],
    ['', 5, ''],
  ])('%j to %i columns is %j', (line, width, kept) => {
    expect(cut(line, width)).toBe(kept);
  });

  it('keeps its colours, and ends them', () => {
    const { red } = textStyle(true);
    expect(cut(`${red('one')} ${red('two')}`, 7)).toBe(`${red('one')} ${red('two')}`);
    expect(cut(`${red('one')} ${red('two')}`, 6)).toBe(`${red('one')} ${red('t…')}`);
  });

  it('stays whole without a width', () => {
    expect(cut('word '.repeat(100), Number.POSITIVE_INFINITY)).toBe('word '.repeat(100));
  });
});
