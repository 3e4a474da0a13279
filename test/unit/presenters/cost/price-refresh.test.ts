import { describe, expect, it } from '@jest/globals';
import { Decimal } from '../../../../src/domain/cost/decimal.js';
import type { RefreshedRegion } from '../../../../src/domain/cost/price-list/refreshed-table.js';
import { refreshedPricesJson, refreshedPricesText } from '../../../../src/presenters/cost/price-refresh.js';
import { textStyle } from '../../../../src/presenters/style.js';

const price = (value: string, per = 1) => ({ price: Decimal.of(value), per, source: 'AWS Price List API', date: null });

function refreshed(parts: Partial<RefreshedRegion> = {}): RefreshedRegion {
  return {
    table: { region: 'eu-central-1', currency: 'USD', date: '2026-11-25', prices: new Map() },
    changes: [],
    same: 60,
    confirmed: 0,
    missing: [],
    differs: false,
    file: null,
    ...parts,
  };
}

const CHANGED = refreshed({
  changes: [
    { key: 'ec2/instance/t3.micro', before: price('0.0104'), after: price('0.012'), unlikely: null },
    { key: 'kms/key', before: null, after: price('1'), unlikely: null },
    { key: 'sns/http', before: price('0.06', 100_000), after: null, unlikely: 'would be lost' },
    {
      key: 'sqs/fifo',
      before: price('0.0005', 1000),
      after: price('50', 1_000_000),
      unlikely: 'more than 10 times dearer',
    },
  ],
  same: 56,
  confirmed: 3,
  missing: [{ key: 'sns/http', reason: 'AWS lists no such product' }],
  differs: true,
  file: 'prices/eu-central-1.json',
});

const lines = (region: RefreshedRegion, width: number) =>
  refreshedPricesText([region], textStyle(false, width)).split('\n');

describe('a refresh', () => {
  it('shows each price before and after, quoted alike', () => {
    expect(lines(CHANGED, 80)).toEqual([
      'eu-central-1: 4 of 60 prices changed',
      "  3 more are as they were, and now read from AWS's price list",
      '  price                  before  after, USD',
      '  ec2/instance/t3.micro  0.0104  0.012       +15.4 %',
      '  kms/key                -       1           new',
      '  sns/http               0.06    -           lost',
      '  sqs/fifo               0.5     50          more than 10 times dearer',
      '  Not found, and therefore unknown to every estimate',
      '    sns/http: AWS lists no such product',
      '  wrote prices/eu-central-1.json',
    ]);
  });

  it('names the units where there is room', () => {
    expect(lines(CHANGED, 120)[6]).toBe(
      '  sqs/fifo               million requests       0.5     50          more than 10 times dearer',
    );
  });

  it('says why nothing was written', () => {
    expect(lines(refreshed(), 80)).toEqual([
      'eu-central-1: 0 of 60 prices changed',
      '  nothing to write: the same since 2026-11-25',
    ]);
    expect(lines({ ...CHANGED, file: null }, 80).at(-1)).toBe('  nothing was written: a dry run');
  });

  it('is a document for scripts', () => {
    expect(refreshedPricesJson([CHANGED])).toEqual({
      regions: [
        {
          region: 'eu-central-1',
          currency: 'USD',
          date: '2026-11-25',
          file: 'prices/eu-central-1.json',
          changes: [
            {
              key: 'ec2/instance/t3.micro',
              before: { price: 0.0104, per: 1, unit: 'hours' },
              after: { price: 0.012, per: 1, unit: 'hours' },
              unlikely: null,
            },
            { key: 'kms/key', before: null, after: { price: 1, per: 1, unit: 'key-months' }, unlikely: null },
            {
              key: 'sns/http',
              before: { price: 0.06, per: 100_000, unit: 'notifications' },
              after: null,
              unlikely: 'would be lost',
            },
            {
              key: 'sqs/fifo',
              before: { price: 0.0005, per: 1000, unit: 'requests' },
              after: { price: 50, per: 1_000_000, unit: 'requests' },
              unlikely: 'more than 10 times dearer',
            },
          ],
          same: 56,
          confirmed: 3,
          missing: [{ key: 'sns/http', reason: 'AWS lists no such product' }],
        },
      ],
    });
  });
});
