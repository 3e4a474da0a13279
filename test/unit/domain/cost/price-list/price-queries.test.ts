import { describe, expect, it } from '@jest/globals';
import { listedPrice } from '../../../../../src/domain/cost/price-list/listed-price.js';
import { type ListedProduct, parseListedProduct } from '../../../../../src/domain/cost/price-list/listed-product.js';
import { queryOf } from '../../../../../src/domain/cost/price-list/price-queries.js';
import { PRICE_KEYS, unitPriceOf } from '../../../../../src/domain/cost/prices.js';
import { shippedPrices } from '../../../../support/cost.js';
import { LISTED_EVERYWHERE, listedDocument, listedIn, matches } from '../../../../support/listed-products.js';

const shipped = await shippedPrices();

/** What AWS would answer to a query, of what it lists in us-east-1. */
function answers(key: string, region: string, prefix: string): readonly ListedProduct[] {
  const query = queryOf(key);
  if (query === undefined) return [];
  const { service, attributes, regionIn } = query;
  const filters = regionIn === null ? attributes : { ...attributes, [regionIn]: region };
  return [...listedIn(region, prefix), ...LISTED_EVERYWHERE]
    .filter((row) => row.service === service && matches(row, filters))
    .map((row) => parseListedProduct(listedDocument(row)));
}

describe('the queries', () => {
  it('are there for every price the estimate knows, and every one that ships', () => {
    expect([...PRICE_KEYS, ...shipped.prices.keys()].filter((key) => queryOf(key) === undefined)).toEqual([]);
  });

  it('are none for a key that is none', () => {
    expect(queryOf('ebs/gp9/storage')).toBeUndefined();
    expect(queryOf('toString')).toBeUndefined();
  });

  it('quote for as many units as the table that ships', () => {
    const others = [...shipped.prices].filter(([key, { per }]) => queryOf(key)?.per !== per).map(([key]) => key);
    expect(others).toEqual([]);
  });

  it.each([
    ['us-east-1', ''],
    ['us-east-1', 'USE1-'],
    ['eu-west-1', 'EU-'],
    ['us-gov-west-1', 'UGW1-'],
  ])('find in AWS\'s documented list, as %s with "%s" has it, each price that ships', (region, prefix) => {
    const found = [...shipped.prices.keys()].map((key) => {
      const query = queryOf(key);
      const price = query && listedPrice(query, answers(key, region, prefix), 'USD');
      return [key, price !== undefined && 'price' in price ? price.price.toString() : price];
    });
    expect(found).toEqual([...shipped.prices].map(([key, { price }]) => [key, price.toString()]));
  });

  it('ask for one instance type and no other', () => {
    expect(queryOf('ec2/instance/m7i.large')?.attributes['instanceType']).toBe('m7i.large');
  });

  it('quote in whole powers of ten', () => {
    for (const [, price] of shipped.prices) {
      expect(unitPriceOf(price).scaled(Math.log10(price.per)).toString()).toBe(price.price.toString());
    }
  });
});
