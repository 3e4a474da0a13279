import { createHash } from 'node:crypto';

/**
 * The text of an S3 object and the `sha256:` digest over its bytes. Read piece by piece: a large state is not held in
 * memory three times over, as pieces, as bytes and as text.
 */
export async function readBody(body: unknown): Promise<{ readonly text: string; readonly digest: string }> {
  const hash = createHash('sha256');
  const decoder = new TextDecoder();
  let text = '';
  for await (const piece of (body ?? []) as AsyncIterable<Uint8Array>) {
    hash.update(piece);
    text += decoder.decode(piece, { stream: true });
  }
  return { text: text + decoder.decode(), digest: `sha256:${hash.digest('hex')}` };
}
