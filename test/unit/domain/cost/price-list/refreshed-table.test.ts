import { describe, expect, it } from '@jest/globals';
import { Decimal } from '../../../../../src/domain/cost/decimal.js';
import type { ListedPrice } from '../../../../../src/domain/cost/price-list/listed-price.js';
import { keysToRefresh, refreshedTable } from '../../../../../src/domain/cost/price-list/refreshed-table.js';
import { renderPriceTable } from '../../../../../src/domain/cost/price-table.js';
import { PRICE_KEYS, type Price, type PriceTable } from '../../../../../src/domain/cost/prices.js';

const TODAY = '2026-11-25';
const LATER = '2026-12-31';

function priceOf(price: string, parts: Partial<Price> = {}): Price {
  return { price: Decimal.of(price), per: 1, source: 'AWS Price List API', date: '2026-10-01', ...parts };
}

function tableOf(prices: Readonly<Record<string, Price>>): PriceTable {
  return { region: 'us-east-1', currency: 'USD', date: '2026-10-01', prices: new Map(Object.entries(prices)) };
}

function listedOf(prices: Readonly<Record<string, string | null>>): ReadonlyMap<string, ListedPrice> {
  return new Map(
    Object.entries(prices).map(([key, price]) => [
      key,
      price === null ? { missing: 'AWS lists no such product' } : { price: Decimal.of(price) },
    ]),
  );
}

const refresh = (before: PriceTable | null, prices: Readonly<Record<string, string | null>>, today = TODAY) =>
  refreshedTable('us-east-1', before, listedOf(prices), today);
const changed = ({ changes }: ReturnType<typeof refresh>) =>
  changes.map(({ key, before, after, unlikely }) => [
    key,
    before?.price.toString() ?? null,
    after?.price.toString() ?? null,
    unlikely,
  ]);

describe('a refreshed table', () => {
  it('has what AWS lists, with its source and day', () => {
    const { table, same } = refresh(null, { 'kms/key': '1', 'sqs/fifo': '0.5' });
    expect(table).toMatchObject({ region: 'us-east-1', currency: 'USD', date: TODAY });
    expect([...table.prices]).toEqual([
      ['kms/key', priceOf('1', { date: TODAY })],
      ['sqs/fifo', priceOf('0.5', { per: 1_000_000, date: TODAY })],
    ]);
    expect(same).toBe(0);
  });

  it('differs in nothing when AWS lists the same, on whichever day', () => {
    const first = refresh(null, { 'kms/key': '1', 'sqs/fifo': '0.5' });
    const again = refresh(first.table, { 'sqs/fifo': '0.50', 'kms/key': '1.0' }, LATER);
    expect(again.differs).toBe(false);
    expect(again).toMatchObject({ changes: [], same: 2, confirmed: 0 });
    expect(renderPriceTable(again.table)).toBe(renderPriceTable(first.table));
  });

  it('has a new day, and the other lines as they were, when one price changes', () => {
    const before = tableOf({ 'kms/key': priceOf('1'), 'vpc/public-ipv4': priceOf('0.005') });
    const after = refresh(before, { 'kms/key': '1', 'vpc/public-ipv4': '0.006' });
    expect([after.differs, after.table.date]).toEqual([true, TODAY]);
    expect(after.table.prices.get('kms/key')?.date).toBe('2026-10-01');
    expect(after.table.prices.get('vpc/public-ipv4')?.date).toBe(TODAY);
    expect(changed(after)).toEqual([['vpc/public-ipv4', '0.005', '0.006', null]]);
    const lines = (table: PriceTable) => renderPriceTable(table).split('\n');
    const others = lines(after.table).filter((line) => !lines(before).includes(line));
    // The day of the table, and the line of the price.
    expect(others).toHaveLength(2);
  });

  it('takes over a price that another source told, as no change of price', () => {
    const before = tableOf({ 'kms/key': priceOf('1', { source: 'Infracost golden files', date: null }) });
    const after = refresh(before, { 'kms/key': '1' });
    expect(after).toMatchObject({ changes: [], same: 1, confirmed: 1, differs: true });
    expect(after.table.prices.get('kms/key')).toEqual(priceOf('1', { date: TODAY }));
  });

  it('is the same where it was quoted for another number of units', () => {
    const before = tableOf({ 'sqs/fifo': priceOf('0.0005', { per: 1000 }) });
    expect(refresh(before, { 'sqs/fifo': '0.5' })).toMatchObject({ changes: [], differs: false });
  });

  it('has nothing where AWS lists nothing, and says so', () => {
    const after = refresh(tableOf({ 'ec2/instance/m1.small': priceOf('0.044') }), {
      'ec2/instance/m1.small': null,
      'kms/key': null,
    });
    expect([...after.table.prices.keys()]).toEqual([]);
    expect(changed(after)).toEqual([['ec2/instance/m1.small', '0.044', null, 'would be lost']]);
    expect(after.missing.map(({ key }) => key)).toEqual(['ec2/instance/m1.small', 'kms/key']);
  });

  it.each([
    ['1', '10', null],
    ['1', '10.01', 'more than 10 times dearer'],
    ['1', '0.1', null],
    ['1', '0.099', 'more than 10 times cheaper'],
    ['0', '1', 'more than 10 times dearer'],
  ])('takes a move from %s to %s for: %s', (before, after, unlikely) => {
    const refreshed = refresh(tableOf({ 'kms/key': priceOf(before) }), { 'kms/key': after });
    expect(changed(refreshed)).toEqual([['kms/key', before, after, unlikely]]);
  });

  it('is in the currency of its region', () => {
    expect(refreshedTable('cn-north-1', null, listedOf({ 'kms/key': '6.9' }), TODAY).table.currency).toBe('CNY');
  });
});

describe('the keys to ask for', () => {
  it('are what the estimate knows, what the table has and what is named, each once and sorted', () => {
    const before = tableOf({ 'ec2/instance/t2.micro': priceOf('1'), 'kms/key': priceOf('1') });
    const keys = keysToRefresh(before, ['t3.micro', 't2.micro']);
    expect(keys).toEqual([...PRICE_KEYS, 'ec2/instance/t2.micro', 'ec2/instance/t3.micro'].sort());
    expect(keysToRefresh(null, [])).toEqual([...PRICE_KEYS].sort());
  });
});
