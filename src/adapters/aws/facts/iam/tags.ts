import type { Tag } from '@aws-sdk/client-iam';
import { list } from '../listing.js';
import { tagsOf } from '../reading.js';
import type { Iam } from './iam.js';

/** The tags on all pages; undefined when not all of them could be read. */
export async function readTags(
  { reading }: Pick<Iam, 'reading'>,
  question: { readonly action: string; readonly subject: string },
  pages: () => AsyncIterable<{ readonly Tags?: readonly Tag[] | undefined }>,
): Promise<Readonly<Record<string, string>> | undefined> {
  const { items, whole } = await list(reading, { ...question, areas: ['tags'], pages, items: ({ Tags }) => Tags });
  return whole ? tagsOf(items) : undefined;
}
