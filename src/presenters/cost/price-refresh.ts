import type { PriceChange, RefreshedRegion } from '../../domain/cost/price-list/refreshed-table.js';
import { type Price, quotedUnit, unitPriceOf } from '../../domain/cost/prices.js';
import type { Style } from '../style.js';
import { table } from '../table.js';
import { wrap } from '../wrap.js';

/** Columns below which the unit is left out. */
const NARROW = 100;

/** What `prices refresh --json` returns. */
export interface RefreshedPricesJson {
  readonly regions: readonly {
    readonly region: string;
    readonly currency: string;
    /** The day since which the table's prices have been these. */
    readonly date: string;
    /** The file that was written; null where nothing was. */
    readonly file: string | null;
    readonly changes: readonly {
      readonly key: string;
      readonly before: QuotedPriceJson | null;
      readonly after: QuotedPriceJson | null;
      /** Why it is unlikely; null where it is not. */
      readonly unlikely: string | null;
    }[];
    readonly same: number;
    readonly confirmed: number;
    readonly missing: readonly { readonly key: string; readonly reason: string }[];
  }[];
}

/** A price for so many units. */
interface QuotedPriceJson {
  readonly price: number;
  readonly per: number;
  readonly unit: string;
}

/** The tables after a refresh, for scripts. */
export function refreshedPricesJson(regions: readonly RefreshedRegion[]): RefreshedPricesJson {
  return {
    regions: regions.map(({ table: { region, currency, date }, file, changes, same, confirmed, missing }) => ({
      region,
      currency,
      date,
      file,
      changes: changes.map(({ key, before, after, unlikely }) => ({
        key,
        before: quoted(key, before),
        after: quoted(key, after),
        unlikely,
      })),
      same,
      confirmed,
      missing,
    })),
  };
}

/** What a refresh changed in each table, price by price. */
export function refreshedPricesText(regions: readonly RefreshedRegion[], style: Style): string {
  return regions.map((region) => regionText(region, style)).join('\n\n');
}

function regionText(refreshed: RefreshedRegion, style: Style): string {
  const { table: prices, changes, same, confirmed, missing, differs, file } = refreshed;
  const wide = style.width >= NARROW;
  const head = `${style.bold(prices.region)}: ${changes.length} of ${changes.length + same} prices changed`;
  const rows = changes.map((change) => [
    `  ${change.key}`,
    ...(wide ? [unitOf(change)] : []),
    amountOf(change.before, change.after),
    amountOf(change.after, change.before),
    differenceOf(change),
  ]);
  const header = ['  price', ...(wide ? ['unit'] : []), `before`, `after, ${prices.currency}`, ''];
  return [
    head,
    ...(confirmed === 0 ? [] : [`  ${confirmed} more are as they were, and now read from AWS's price list`]),
    ...(rows.length === 0 ? [] : [table(header, rows, style)]),
    ...(missing.length === 0 ? [] : [style.yellow('  Not found, and therefore unknown to every estimate')]),
    ...missing.map(({ key, reason }) => wrap(`    ${key}: ${reason}`, style.width, 6)),
    file === null
      ? style.dim(differs ? '  nothing was written: a dry run' : `  nothing to write: the same since ${prices.date}`)
      : style.green(`  wrote ${file}`),
  ].join('\n');
}

/** Both sides for as many units as the table quotes now. */
function amountOf(price: Price | null, other: Price | null): string {
  if (price === null) return '-';
  const per = Math.max(price.per, other?.per ?? 0);
  return unitPriceOf(price)
    .scaled(Math.round(Math.log10(per)))
    .toString();
}

function unitOf({ key, before, after }: PriceChange): string {
  const price = [before, after].filter((each) => each !== null).sort((one, two) => two.per - one.per)[0];
  return price === undefined ? '' : quotedUnit(key, price);
}

function differenceOf({ before, after, unlikely }: PriceChange): string {
  if (before === null) return 'new';
  if (after === null) return 'lost';
  if (unlikely !== null) return unlikely;
  const share = unitPriceOf(after).toNumber() / unitPriceOf(before).toNumber() - 1;
  return `${share > 0 ? '+' : ''}${(share * 100).toFixed(1)} %`;
}

function quoted(key: string, price: Price | null): QuotedPriceJson | null {
  if (price === null) return null;
  return { price: price.price.toNumber(), per: price.per, unit: quotedUnit(key, { ...price, per: 1 }) };
}
