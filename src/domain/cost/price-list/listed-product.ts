import { MhtctlError } from '../../errors.js';
import { Decimal } from '../decimal.js';

/** What a product costs on demand from a quantity on. */
export interface ListedRate {
  /** AWS's word for it: `Hrs`, `GB-Mo`, `Requests`. */
  readonly unit: string;
  /** The month's quantity at which the tier begins. */
  readonly from: Decimal;
  /** What one unit costs, by currency. */
  readonly amounts: Readonly<Record<string, Decimal>>;
}

/** A product of AWS's price list, as far as its on-demand price goes. */
export interface ListedProduct {
  readonly sku: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** The first tier first; empty for what is not sold on demand. */
  readonly rates: readonly ListedRate[];
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads a product as the Price List Query API gives it, a JSON document in a text. Fails (exit 5,
 * `PriceListUnreadable`) on anything else.
 * Source: https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/using-price-list-query-api.html
 */
export function parseListedProduct(text: string): ListedProduct {
  try {
    const root = fieldsOf(JSON.parse(text));
    const product = fieldsOf(root['product']);
    const terms = fieldsOf(root['terms'] ?? {});
    return {
      sku: textOf(product['sku']),
      attributes: Object.fromEntries(
        Object.entries(fieldsOf(product['attributes'])).map(([name, value]) => [name, textOf(value)]),
      ),
      rates: ratesOf(fieldsOf(terms['OnDemand'] ?? {})),
    };
  } catch (cause) {
    throw new MhtctlError({
      code: 'PriceListUnreadable',
      outcome: 'toolFailed',
      message: `AWS's price list has a product that cannot be read: ${text.slice(0, 120)}`,
      nextSteps: ['try again; a newer mhtctl may read it'],
      cause,
    });
  }
}

function ratesOf(offers: Fields): readonly ListedRate[] {
  return Object.values(offers)
    .flatMap((offer) => Object.values(fieldsOf(fieldsOf(offer)['priceDimensions'])))
    .map((dimension) => {
      const { unit, beginRange, pricePerUnit } = fieldsOf(dimension);
      return {
        unit: textOf(unit),
        from: Decimal.of(textOf(beginRange ?? '0')),
        amounts: Object.fromEntries(
          Object.entries(fieldsOf(pricePerUnit)).map(([currency, amount]) => [currency, Decimal.of(textOf(amount))]),
        ),
      };
    })
    .sort((one, other) => one.from.compare(other.from));
}

function fieldsOf(value: unknown): Fields {
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) return value as Fields;
  throw new TypeError('not an object');
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  throw new TypeError('not a text');
}
