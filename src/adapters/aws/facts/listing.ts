import type { Question, Reading } from './reading.js';

/** A question for everything there is of some kind. */
export interface Listing<Page, Item> extends Question {
  /** Terraform's types that the answer is complete for. */
  readonly types: readonly string[];
  readonly pages: () => AsyncIterable<Page>;
  readonly items: (page: Page) => readonly Item[] | undefined;
}

/**
 * Everything of a kind in the vantage's account and region. When a page was not answered, what came before it is
 * returned, and the types do not count as listed.
 */
export async function listAll<Page, Item>(reading: Reading, listing: Listing<Page, Item>): Promise<readonly Item[]> {
  const { pages, items, types } = listing;
  const found: Item[] = [];
  const whole = await reading.pages(listing, pages, (page) => found.push(...(items(page) ?? [])));
  if (whole) reading.listed('regional', ...types);
  return found;
}
