import type { Question, Reading } from './reading.js';

/** A question that is answered by a list, in pages. */
export interface Listing<Page, Item> extends Question {
  readonly pages: () => AsyncIterable<Page>;
  readonly items: (page: Page) => readonly Item[] | undefined;
  /** Terraform's types that the list is complete for; left out where it says nothing of what there is. */
  readonly types?: readonly string[];
  /** What the list has all parts of; everything of the types when left out. */
  readonly within?: string;
  /** Whether the list is of the region, or the same in all of them; the region when left out. */
  readonly scope?: 'regional' | 'global';
}

/** What was listed. When a page was not answered, what came before it, and it is not the whole. */
export interface Listed<Item> {
  readonly items: readonly Item[];
  readonly whole: boolean;
}

/** Asks for a list, and says whether it is the whole. Its types are noted as listed when it is. */
export async function list<Page, Item>(reading: Reading, listing: Listing<Page, Item>): Promise<Listed<Item>> {
  const { pages, types = [], within, scope = 'regional' } = listing;
  const items: Item[] = [];
  const whole = await reading.pages(listing, pages, (page) => items.push(...(listing.items(page) ?? [])));
  if (whole && within === undefined) reading.listed(scope, ...types);
  if (whole && within !== undefined) reading.listedWithin(within, scope, ...types);
  return { items, whole };
}

/** What {@link list} finds, for whom the listed types are enough. */
export async function listAll<Page, Item>(reading: Reading, listing: Listing<Page, Item>): Promise<readonly Item[]> {
  return (await list(reading, listing)).items;
}
