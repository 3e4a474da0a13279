import type { Decimal } from '../decimal.js';
import type { Currency } from '../prices.js';
import type { ListedProduct } from './listed-product.js';
import type { PriceQuery } from './price-queries.js';

/** A price as AWS lists it, for so many units as a table quotes; or why there is none that could be taken. */
export type ListedPrice = { readonly price: Decimal } | { readonly missing: string };

/**
 * What begins the usage types of a region: `USW2-`, `EU-`, in a few services the region's own name. In us-east-1 most
 * have none. Other beginnings (`IA-`, `TS-`, `Outposts-`, `Global-`) belong to other products.
 */
const PREFIX = '(?:(?:[A-Z]{3}\\d{1,2}|EU|[a-z]{2}(?:-[a-z]+)+-\\d)-)?';

/**
 * The price a query means among the products that AWS answered. Of tiers it is the first that costs something: free
 * tiers are an account's, not an environment's. Never zero, and never one of several that differ.
 */
export function listedPrice(query: PriceQuery, products: readonly ListedProduct[], currency: Currency): ListedPrice {
  const usage = new RegExp(`^${PREFIX}(?:${query.usage})$`);
  const meant = products.filter(({ attributes }) => usage.test(attributes['usagetype'] ?? ''));
  if (meant.length === 0) return { missing: 'AWS lists no such product' };
  const rates = meant.flatMap(({ rates }) => {
    const paid = rates.find(({ amounts }) => amounts[currency]?.isZero === false);
    return paid === undefined ? [] : [paid];
  });
  if (rates.length === 0) return { missing: `AWS lists it without a price in ${currency}` };
  const foreign = rates.find(({ unit }) => !query.units.test(unit));
  if (foreign !== undefined) return { missing: `AWS lists it by ${foreign.unit}, which is not what is counted here` };
  const amounts = new Map(
    rates.flatMap(({ amounts: { [currency]: amount } }) => (amount ? [[`${amount}`, amount]] : [])),
  );
  const [amount, ...others] = amounts.values();
  if (amount === undefined || others.length > 0) {
    return { missing: `AWS lists it at several prices: ${[...amounts.keys()].join(', ')}` };
  }
  return { price: amount.times(query.share).scaled(Math.round(Math.log10(query.per))) };
}
