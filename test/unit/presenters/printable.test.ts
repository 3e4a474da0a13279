import { describe, expect, it } from '@jest/globals';
import { printable } from '../../../src/presenters/printable.js';

describe('a printable text', () => {
  it('is unchanged where every character is seen', () => {
    const text = 'module.queues.aws_sqs_queue.this["a b"] → Zürich, 東京, 🚀 \\ "quoted"';
    expect(printable(text)).toBe(text);
  });

  it.each([
    ['a command to the terminal', '\u001B[2J', '\\u001b[2J'],
    ['a control of one byte', '\u009B2J', '\\u009b2J'],
    ['a line break', 'a\nb\r\tc', 'a\\nb\\r\\tc'],
    ['a line break of Unicode', 'a\u2028b', 'a\\u2028b'],
    ['a turn of direction', 'a\u202Eb\u2066c', 'a\\u202eb\\u2066c'],
    ['a blank of no width', 'production\u200B', 'production\\u200b'],
    ['a blank that looks like a space', 'a\u00A0b\u3000c', 'a\\u00a0b\\u3000c'],
    ['half a character', 'a\uD800b', 'a\\ud800b'],
    ['what is no character', 'a\uFFFFb', 'a\\uffffb'],
    ['an invisible tag', 'a\u{E0041}b', 'a\\u{e0041}b'],
    ['a null', '\u0000', '\\u0000'],
  ])('spells out %s', (_, text, expected) => {
    expect(printable(text)).toBe(expected);
  });
});
