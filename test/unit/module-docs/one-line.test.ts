import { describe, expect, it } from '@jest/globals';
import { oneLine } from '../../../scripts/module-docs/one-line.js';

describe('oneLine', () => {
  it.each([
    ['string', 'string'],
    ['list(string)', 'list(string)'],
    [
      'map(object({\n    depth   = number # messages\n    // name\n    name = optional(string, "a  b # c")\n  }))',
      'map(object({ depth = number, name = optional(string, "a  b # c") }))',
    ],
    ['[\n  "a",\n  "b",\n]', '["a", "b"]'],
    ['{\r\n  a = 1\r\n  b = { c = 2 }\r\n}', '{ a = 1, b = { c = 2 } }'],
    ['{}', '{}'],
    ['object({ a = string, /* b */ c = number })', 'object({ a = string, c = number })'],
    ['"https://x"', '"https://x"'],
  ])('writes %j as %j', (expression, expected) => {
    expect(oneLine(expression)).toBe(expected);
  });
});
