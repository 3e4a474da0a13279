import type { Focus } from '../../../ports/aws-facts.js';
import type { Reading } from './reading.js';

/** Service part of the ARNs behind which secrets lie. */
const SECRET = /^arn:[\w-]+:(?:secretsmanager|ssm):/;
/** What of a URL may be secret: a user's password, and what is asked. */
const CREDENTIALS = /(?<=:\/\/)[^/]*@|[?#].*$/g;
/** A URL, an ARN, or a word that could be the name or the path of something. */
const IDENTIFIER = /\b[a-z][a-z0-9+.-]*:\/\/[^\s"'`<>|\\]+|\barn:[^\s"'`<>|\\,]+|[\w.-]+(?:\/[\w.-]+)*/g;
const TRAILING = /[.,;:)\]}]+$/;

/**
 * What a script or a configuration names, each once: every ARN, every URL, and of all other words those that identify a
 * resource of an environment. A URL of a bucket, or of a host that is an environment's, stands for the bucket or the host.
 */
export function namedIn(text: string, focus: Focus, bucketArn: (name: string) => string): readonly string[] {
  const found = new Set<string>();
  for (const [match] of text.matchAll(IDENTIFIER)) {
    const identifier = match.replace(TRAILING, '');
    const concerns = (word: string) => found.has(word) || focus.concerns({ id: word, name: word });
    const url = identifier.replace(CREDENTIALS, '');
    const [, scheme, host = ''] = /^([^/]+):\/\/([^/:]*)/.exec(url) ?? [];
    if (scheme?.startsWith('s3')) found.add(bucketArn(host));
    else if (scheme !== undefined) found.add(concerns(host) ? host : url);
    else if (identifier.startsWith('arn:') || concerns(identifier)) found.add(identifier);
  }
  return [...found];
}

/** Notes what a text of a resource's own names, in any setting of it. */
export async function noteNamed(reading: Reading, from: string, text: string, where: string): Promise<void> {
  const focus = await reading.focus;
  for (const to of namedIn(text, focus, (name) => reading.bucketArn(name)))
    reading.relation({ kind: SECRET.test(to) ? 'secret' : 'mentions', from, to, where });
}
