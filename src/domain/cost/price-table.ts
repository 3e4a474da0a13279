import { MhtctlError } from '../errors.js';
import { nearestName } from '../nearest-name.js';
import { Decimal } from './decimal.js';
import { currencyOf, PRICE_KEYS, type Price, type PriceTable, productOf } from './prices.js';

/** The format this version reads and writes. */
const FORMAT = 1;

const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const DAY_OR_MONTH = /^\d{4}-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?$/;
const REGION = /^[a-z]{2}(-[a-z]+)+-\d$/;
/** More than any unit of anything costs; above it somebody has lost a decimal point. */
const MOST_FOR_A_UNIT = Decimal.of(100_000);

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads a price table: JSON with `format`, `region`, `currency`, `date` and `prices` by key, each with `price` (a
 * decimal number in quotes, so that no reader makes a binary fraction of it), `per`, `unit`, `source` and `date`.
 * Fails (exit 2, `InvalidPrices`) on anything else, with the place and the value.
 * @param file the name that messages carry
 */
export function parsePriceTable(text: string, file: string): PriceTable {
  const fail = (what: string) => invalid(file, what);
  const root = fieldsOf(parseJson(text, fail), 'the table', fail);
  only(root, ['format', 'region', 'currency', 'date', 'prices'], 'the table', fail);
  if (root['format'] !== FORMAT) throw fail(`format is ${shown(root['format'])}; this version reads ${FORMAT}`);
  const region = textOf(root, 'region', REGION, 'the table', fail);
  const currency = currencyOf(region);
  if (root['currency'] !== currency) {
    throw fail(`currency is ${shown(root['currency'])}; in ${region} it has to be "${currency}"`);
  }
  const prices = Object.entries(fieldsOf(root['prices'], 'prices', fail));
  return {
    region,
    currency,
    date: textOf(root, 'date', DAY, 'the table', fail),
    prices: new Map(prices.map(([key, value]) => [key, decodePrice(key, fieldsOf(value, key, fail), fail)])),
  };
}

/** A price table as its file has it: prices sorted by key, one a line, so that a change of one price is one line. */
export function renderPriceTable({ region, currency, date, prices }: PriceTable): string {
  const lines = [...prices]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, { price, per, source, date: read }]) => {
      const unit = productOf(key)?.unit ?? '';
      const members = { price: price.toString(), per, unit, source, date: read };
      const written = Object.entries(members).map(([name, value]) => `"${name}": ${JSON.stringify(value)}`);
      return `    ${JSON.stringify(key)}: { ${written.join(', ')} }`;
    });
  return [
    '{',
    `  "format": ${FORMAT},`,
    `  "region": ${JSON.stringify(region)},`,
    `  "currency": ${JSON.stringify(currency)},`,
    `  "date": ${JSON.stringify(date)},`,
    '  "prices": {',
    lines.join(',\n'),
    '  }',
    '}',
    '',
  ].join('\n');
}

type Fail = (what: string) => MhtctlError;

function decodePrice(key: string, fields: Fields, fail: Fail): Price {
  const product = productOf(key);
  if (product === undefined) {
    const nearest = nearestName(key, PRICE_KEYS);
    throw fail(`unknown price "${key}"${nearest === undefined ? '' : `; did you mean "${nearest}"?`}`);
  }
  only(fields, ['price', 'per', 'unit', 'source', 'date'], key, fail);
  if (fields['unit'] !== product.unit) {
    throw fail(`${key}: unit is ${shown(fields['unit'])}; it has to be "${product.unit}"`);
  }
  const per = fields['per'];
  if (typeof per !== 'number' || !/^10*$/.test(String(per))) {
    throw fail(`${key}: per is ${shown(per)}; it has to be a power of ten, the number of units the price is for`);
  }
  return {
    price: amount(key, fields['price'], fail),
    per,
    source: textOf(fields, 'source', /\S/, key, fail),
    date: fields['date'] === null ? null : textOf(fields, 'date', DAY_OR_MONTH, key, fail),
  };
}

function amount(key: string, value: unknown, fail: Fail): Decimal {
  const decimal = typeof value === 'string' ? Decimal.parse(value) : undefined;
  if (decimal === undefined) throw fail(`${key}: price is ${shown(value)}; it has to be a decimal number in quotes`);
  if (decimal.compare(Decimal.ZERO) < 0) throw fail(`${key}: price is ${shown(value)}; it cannot be below zero`);
  if (decimal.compare(MOST_FOR_A_UNIT) > 0) throw fail(`${key}: price is ${shown(value)}, more than anything costs`);
  return decimal;
}

function parseJson(text: string, fail: Fail): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw fail(`it is not JSON: ${(cause as Error).message}`);
  }
}

function fieldsOf(value: unknown, place: string, fail: Fail): Fields {
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) return value as Fields;
  throw fail(`${place} is ${shown(value)}; it has to be an object`);
}

function only(fields: Fields, known: readonly string[], place: string, fail: Fail): void {
  for (const name of Object.keys(fields)) {
    if (known.includes(name)) continue;
    const nearest = nearestName(name, known);
    throw fail(`${place}: unknown member "${name}"${nearest === undefined ? '' : `; did you mean "${nearest}"?`}`);
  }
}

function textOf(fields: Fields, name: string, form: RegExp, place: string, fail: Fail): string {
  const value = fields[name];
  if (typeof value === 'string' && form.test(value)) return value;
  throw fail(`${place}: ${name} is ${shown(value)}`);
}

function shown(value: unknown): string {
  return value === undefined ? 'missing' : JSON.stringify(value);
}

function invalid(file: string, what: string): MhtctlError {
  return new MhtctlError({
    code: 'InvalidPrices',
    outcome: 'usage',
    message: `the price table ${file} cannot be read: ${what}`,
    nextSteps: [`correct ${file}`, `or take it back: git checkout ${file}`],
  });
}
