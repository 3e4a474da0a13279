import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { decodeUserData, plainText } from '../../../src/domain/user-data.js';

describe('user data', () => {
  const TEXT = '#!/bin/sh\necho Zoë\n';

  it.each([
    { as: 'as it was written', bytes: Buffer.from(TEXT) },
    { as: 'compressed', bytes: gzipSync(TEXT) },
  ])('is read $as', ({ bytes }) => {
    expect(decodeUserData(bytes.toString('base64'))).toBe(TEXT);
  });

  it('is empty where there is none', () => {
    expect(decodeUserData('')).toBe('');
  });

  it('cannot be read when it would be more than AWS takes of anything', () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024)).toString('base64');
    expect(() => decodeUserData(bomb)).toThrow();
    expect(plainText('user_data', bomb)).toBe(bomb);
  });

  it('cannot be read when it is compressed and broken', () => {
    expect(() => decodeUserData(gzipSync(TEXT).subarray(0, 20).toString('base64'))).toThrow();
  });
});

const base64 = (text: string | Buffer) => Buffer.from(text).toString('base64');

describe('user data in a state', () => {
  it.each([
    ['user_data', base64('#!/bin/sh\necho ü\n'), '#!/bin/sh\necho ü\n'],
    ['user_data_base64', base64('x'), 'x'],
    ['user_data', '#!/bin/sh\n', '#!/bin/sh\n'],
    ['user_data', '', ''],
    ['user_data', base64(gzipSync('x')), 'x'],
    ['user_data', base64(Buffer.from([0x1f, 0x8b, 8, 0, 0, 0])), base64(Buffer.from([0x1f, 0x8b, 8, 0, 0, 0]))],
    ['name', base64('production'), base64('production')],
  ])('%s %j says %j', (attribute, text, said) => {
    expect(plainText(attribute, text)).toBe(said);
  });
});
