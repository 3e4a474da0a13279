import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { decodeUserData } from '../../../../src/adapters/aws/facts/ec2/user-data.js';

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

  it('cannot be read when it is compressed and broken', () => {
    expect(() => decodeUserData(gzipSync(TEXT).subarray(0, 20).toString('base64'))).toThrow();
  });
});
