import type { Tag } from '@aws-sdk/client-iam';
import { list } from '../listing.js';
import { tagsOf } from '../reading.js';
import type { Iam } from './iam.js';
import { someAtOnce } from './some-at-once.js';

type Tags = Readonly<Record<string, string>>;

/** The tags of things that IAM tells for one at a time, by ARN; undefined for those that could not be read. */
export async function tagsOfEach<T extends { readonly id: string }>(
  things: readonly T[],
  read: (thing: T) => Promise<Tags | undefined>,
): Promise<ReadonlyMap<string, Tags | undefined>> {
  return new Map(await someAtOnce(things, async (thing) => [thing.id, await read(thing)] as const));
}

/** The tags on all pages; undefined when not all of them could be read. */
export async function readTags(
  { reading }: Pick<Iam, 'reading'>,
  question: { readonly action: string; readonly subject: string },
  pages: () => AsyncIterable<{ readonly Tags?: readonly Tag[] | undefined }>,
): Promise<Tags | undefined> {
  const { items, whole } = await list(reading, { ...question, areas: ['tags'], pages, items: ({ Tags }) => Tags });
  return whole ? tagsOf(items) : undefined;
}
