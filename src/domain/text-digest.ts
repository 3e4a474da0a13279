import { createHash } from 'node:crypto';

/** `sha256:` over a text's UTF-8 bytes. */
export function textDigest(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}
