import { describe, expect, it } from '@jest/globals';
import { remedyParts } from '../../../../src/presenters/separation/remedy.js';

describe('a remedy', () => {
  it.each([
    ['mhtctl deploy staging', ['$ mhtctl deploy staging']],
    ['take it out, then: mhtctl deploy staging', ['take it out, then:', '$ mhtctl deploy staging']],
    [
      "if it is: mhtctl deploy a; if not: mhtctl terraform a -- state rm 'b'",
      ['if it is:', '$ mhtctl deploy a', 'if not:', "$ mhtctl terraform a -- state rm 'b'"],
    ],
    ['name it after its own environment', ['name it after its own environment']],
    ['give my-aws key a name', ['give my-aws key a name']],
  ])('%s tells its words from its commands', (remedy, expected) => {
    expect(remedyParts(remedy).map(({ command, text }) => (command ? `$ ${text}` : text))).toEqual(expected);
  });
});
