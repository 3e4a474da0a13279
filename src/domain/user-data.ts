import { gunzipSync } from 'node:zlib';

/**
 * Bytes. AWS takes 16 KB, which no compression by gzip makes of more than a thousand times as much.
 * Source: https://www.zlib.net/zlib_tech.html (Maximum Compression Factor)
 */
const LARGEST = 17 * 1024 * 1024;

/**
 * User data as it was written: base64 of a text, or of a text that was compressed.
 * Throws when it is compressed and broken, or compressed from more than AWS could have taken.
 * Source: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html,
 * https://cloudinit.readthedocs.io/en/latest/explanation/format.html
 */
export function decodeUserData(base64: string): string {
  const bytes = Buffer.from(base64, 'base64');
  const compressed = bytes[0] === 0x1f && bytes[1] === 0x8b;
  return (compressed ? gunzipSync(bytes, { maxOutputLength: LARGEST }) : bytes).toString('utf8');
}

/** User data that may be broken, as far as it can be read: as it stands there where it cannot. */
function readUserData(base64: string): string {
  try {
    return decodeUserData(base64);
  } catch {
    return base64;
  }
}

/** Attributes with user data. */
const USER_DATA: ReadonlySet<string> = new Set(['user_data', 'user_data_base64']);

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/**
 * What a text of a state says: user data may be in base64 there, and is in launch templates. Any other text, and what can
 * not be read, is returned as it is.
 */
export function plainText(attribute: string, text: string): string {
  if (!USER_DATA.has(attribute) || !BASE64.test(text)) return text;
  const decoded = readUserData(text);
  // What is no text has bytes that are no UTF-8.
  return decoded.includes('\uFFFD') ? text : decoded;
}
