import { createHash } from 'node:crypto';

/**
 * Hands on the text of an S3 object piece by piece, as it comes, and returns the `sha256:` digest over its bytes: a large
 * state is never held in memory as bytes and as text.
 */
export async function readBody(body: unknown, take: (text: string) => void): Promise<string> {
  const hash = createHash('sha256');
  const decoder = new TextDecoder();
  for await (const piece of (body ?? []) as AsyncIterable<Uint8Array>) {
    hash.update(piece);
    take(decoder.decode(piece, { stream: true }));
  }
  take(decoder.decode());
  return `sha256:${hash.digest('hex')}`;
}
