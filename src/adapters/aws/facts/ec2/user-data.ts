import { gunzipSync } from 'node:zlib';

/**
 * User data as it was written: base64 of a text, or of a text that was compressed.
 * Throws when it is compressed and broken.
 * Source: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html,
 * https://cloudinit.readthedocs.io/en/latest/explanation/format.html
 */
export function decodeUserData(base64: string): string {
  const bytes = Buffer.from(base64, 'base64');
  const compressed = bytes[0] === 0x1f && bytes[1] === 0x8b;
  return (compressed ? gunzipSync(bytes) : bytes).toString('utf8');
}
