import { isExcludedByPattern, stringsIn } from '../../../domain/foreign-names.js';
import type { Json } from '../../../domain/plan.js';
import { noteNamed } from './named-in-text.js';
import type { Reading } from './reading.js';

/**
 * Notes what the texts in a setting name, those of JSON documents in it too: every ARN and URL, and what else identifies
 * a resource of an environment.
 * @param setting a text, or an object as an API gives it
 */
export async function noteMentions(
  reading: Reading,
  from: string,
  setting: string | object,
  where: string,
): Promise<void> {
  const texts = [...stringsIn(setting as Json)].flatMap((found) => (isExcludedByPattern(found) ? [] : [found.text]));
  await noteNamed(reading, from, texts.join('\n'), where);
}
