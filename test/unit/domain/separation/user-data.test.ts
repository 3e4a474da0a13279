import { describe, expect, it } from '@jest/globals';
import { plainText } from '../../../../src/domain/separation/user-data.js';

const base64 = (text: string | Buffer) => Buffer.from(text).toString('base64');

describe('user data in a state', () => {
  it.each([
    ['user_data', base64('#!/bin/sh\necho ü\n'), '#!/bin/sh\necho ü\n'],
    ['user_data_base64', base64('x'), 'x'],
    ['user_data', '#!/bin/sh\n', '#!/bin/sh\n'],
    ['user_data', '', ''],
    ['user_data', base64(Buffer.from([0x1f, 0x8b, 8, 0, 0, 0])), base64(Buffer.from([0x1f, 0x8b, 8, 0, 0, 0]))],
    ['name', base64('production'), base64('production')],
  ])('%s %j says %j', (attribute, text, said) => {
    expect(plainText(attribute, text)).toBe(said);
  });
});
