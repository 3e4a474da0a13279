import { type ListedPrice, listedPrice } from '../domain/cost/price-list/listed-price.js';
import type { ListedProduct } from '../domain/cost/price-list/listed-product.js';
import { type PriceQuery, queryOf } from '../domain/cost/price-list/price-queries.js';
import { currencyOf } from '../domain/cost/prices.js';
import type { PriceList, PriceListQuestion } from '../ports/price-list.js';

type Products = (question: PriceListQuestion) => Promise<readonly ListedProduct[]>;

/**
 * What AWS lists for these keys in a region. The services are asked side by side, each one question after the other:
 * an account has few requests a second. Fails as {@link PriceList.products} does.
 */
export async function listedPrices(
  priceList: Pick<PriceList, 'products'>,
  region: string,
  keys: readonly string[],
): Promise<ReadonlyMap<string, ListedPrice>> {
  const services = new Map<string, (readonly [string, PriceQuery])[]>();
  for (const key of keys) {
    const query = queryOf(key);
    if (query !== undefined) services.set(query.service, [...(services.get(query.service) ?? []), [key, query]]);
  }
  const products: Products = (question) => priceList.products(region, question);
  const lists = await Promise.all([...services.values()].map((queries) => pricesOf(region, queries, once(products))));
  return new Map(lists.flat());
}

async function pricesOf(
  region: string,
  queries: readonly (readonly [string, PriceQuery])[],
  products: Products,
): Promise<readonly (readonly [string, ListedPrice])[]> {
  const prices: (readonly [string, ListedPrice])[] = [];
  for (const [key, query] of queries) {
    const { service, attributes, regionIn } = query;
    const where = regionIn === null ? {} : { [regionIn]: region };
    const found = await products({ service, attributes: { ...attributes, ...where } });
    prices.push([key, listedPrice(query, found, currencyOf(region))]);
  }
  return prices;
}

/** Several prices are often of one question. */
function once(products: Products): Products {
  const answers = new Map<string, ReturnType<Products>>();
  return (question) => {
    const key = JSON.stringify(question);
    const answer = answers.get(key) ?? products(question);
    answers.set(key, answer);
    return answer;
  };
}
