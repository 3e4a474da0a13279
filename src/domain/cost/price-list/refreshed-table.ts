import { Decimal } from '../decimal.js';
import { currencyOf, instanceKey, PRICE_KEYS, type Price, type PriceTable, unitPriceOf } from '../prices.js';
import type { ListedPrice } from './listed-price.js';
import { queryOf } from './price-queries.js';

/** Where a refreshed price comes from, as the table says it. */
export const PRICE_LIST = 'AWS Price List API';

/** A price that moves further than this in one refresh is more likely a mistake than a price. */
const MOST_TIMES = Decimal.of(10);

/** A price before and after a refresh; null where the table has none. */
export interface PriceChange {
  readonly key: string;
  readonly before: Price | null;
  readonly after: Price | null;
  /** Why a person should look first; null for what prices do. */
  readonly unlikely: string | null;
}

/** A key for which AWS lists no price that could be taken. */
export interface MissingPrice {
  readonly key: string;
  readonly reason: string;
}

/** A table as it is after a refresh, and what that changes. */
export interface RefreshedTable {
  readonly table: PriceTable;
  /** Prices that are others than before, or were not there, or are not any more. By key. */
  readonly changes: readonly PriceChange[];
  /** How many prices are what they were. */
  readonly same: number;
  /** Of these, how many another source than AWS's price list told until now. */
  readonly confirmed: number;
  readonly missing: readonly MissingPrice[];
  /** Whether the file has to be written: a refresh that finds the same writes nothing. */
  readonly differs: boolean;
}

/** A region's table after a refresh, and the file it was written to. */
export interface RefreshedRegion extends RefreshedTable {
  /** As messages name it; null where nothing was written. */
  readonly file: string | null;
}

/** The keys to ask for: every product the estimate knows, the instance types in the table, and those named. */
export function keysToRefresh(before: PriceTable | null, instanceTypes: readonly string[]): readonly string[] {
  return [...new Set([...PRICE_KEYS, ...(before?.prices.keys() ?? []), ...instanceTypes.map(instanceKey)])].sort();
}

/**
 * The table of a region by what AWS lists. A line that says the same stays as it is, with the day at which it was first
 * read; so the same answers give the same table. What AWS does not list is not in it.
 * @param today `YYYY-MM-DD`
 */
export function refreshedTable(
  region: string,
  before: PriceTable | null,
  listed: ReadonlyMap<string, ListedPrice>,
  today: string,
): RefreshedTable {
  const prices = new Map<string, Price>();
  const missing: MissingPrice[] = [];
  for (const [key, found] of listed) {
    if ('price' in found) prices.set(key, lineOf(key, found.price, before, today));
    else missing.push({ key, reason: found.missing });
  }
  const keys = [...new Set([...(before?.prices.keys() ?? []), ...prices.keys()])].sort();
  const pairs = keys.map((key) => ({ key, before: before?.prices.get(key) ?? null, after: prices.get(key) ?? null }));
  const differs = pairs.some((pair) => pair.before !== pair.after);
  const changes = pairs.filter((pair) => !sameAmount(pair.before, pair.after));
  return {
    table: {
      region,
      currency: currencyOf(region),
      date: differs || before === null ? today : before.date,
      prices,
    },
    changes: changes.map((change) => ({ ...change, unlikely: unlikely(change) })),
    same: pairs.length - changes.length,
    confirmed: pairs.filter((pair) => pair.before !== pair.after && sameAmount(pair.before, pair.after)).length,
    missing,
    differs,
  };
}

function lineOf(key: string, price: Decimal, before: PriceTable | null, today: string): Price {
  const line = { price, per: queryOf(key)?.per ?? 1, source: PRICE_LIST, date: today };
  const old = before?.prices.get(key);
  return old !== undefined && old.source === line.source && sameAmount(old, line) ? old : line;
}

function sameAmount(one: Price | null, other: Price | null): boolean {
  if (one === null || other === null) return one === other;
  return unitPriceOf(one).compare(unitPriceOf(other)) === 0;
}

function unlikely({ before, after }: Pick<PriceChange, 'before' | 'after'>): string | null {
  if (before === null) return null;
  if (after === null) return 'would be lost';
  const [old, now] = [unitPriceOf(before), unitPriceOf(after)];
  if (now.compare(old.times(MOST_TIMES)) > 0) return `more than ${MOST_TIMES} times dearer`;
  return old.compare(now.times(MOST_TIMES)) > 0 ? `more than ${MOST_TIMES} times cheaper` : null;
}
