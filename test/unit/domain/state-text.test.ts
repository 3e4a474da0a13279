import { describe, expect, it } from '@jest/globals';
import { sameButForSerial, withSerial } from '../../../src/domain/state-text.js';
import { failureOf } from '../../fakes/failure.js';

const STATE = `{
  "version": 4,
  "outputs": { "serial": { "value": 1, "type": "number" } },
  "lineage": "a \\"serial\\": 9 of \\\\",
  "serial": 12,
  "resources": [{ "instances": [{ "attributes": { "serial": 3, "big": 9007199254740993, "braces": "}}]\\"{" } }] }]
}
`;

describe('the text of a state', () => {
  it('gets another serial and keeps everything else, to the last digit', () => {
    expect(withSerial(STATE, 40)).toBe(STATE.replace('"serial": 12', '"serial": 40'));
  });

  it('gets it wherever the serial stands, and however it is written', () => {
    expect(withSerial('{"resources":[{"serial":1}],"serial":2}', 7)).toBe('{"resources":[{"serial":1}],"serial":7}');
    expect(withSerial('{"serial" :\n 2,"x":"serial"}', 10)).toBe('{"serial" :\n 10,"x":"serial"}');
  });

  it.each(['{}', '{"x":{"serial":1}}', '{"serial":"1"}', '["serial", 1]', '{"x":"serial","y":1}', ''])(
    'is refused without a serial of its own: %s',
    async (text) => {
      expect(await failureOf(() => withSerial(text, 1))).toMatchObject({ code: 'StateUnreadable', exitCode: 5 });
    },
  );

  it('is the same but for the serial, or is not', () => {
    expect(sameButForSerial(STATE, withSerial(STATE, 99))).toBe(true);
    expect(sameButForSerial(STATE, STATE.replace('9007199254740993', '9007199254740992'))).toBe(false);
  });
});
