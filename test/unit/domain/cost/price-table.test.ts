import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Decimal } from '../../../../src/domain/cost/decimal.js';
import { parsePriceTable, renderPriceTable } from '../../../../src/domain/cost/price-table.js';
import { quotedQuantity, quotedUnit } from '../../../../src/domain/cost/prices.js';
import { failureOf } from '../../../fakes/failure.js';

const shipped = await readFile(join(import.meta.dirname, '../../../../prices/us-east-1.json'), 'utf8');

const PRICE = { price: '0.0104', per: 1, unit: 'hours', source: 'https://aws.example', date: '2026-10' };
const TABLE = {
  format: 1,
  region: 'us-east-1',
  currency: 'USD',
  date: '2026-11-25',
  prices: { 'ec2/instance/t3.micro': PRICE },
};
const read = (table: unknown) => parsePriceTable(JSON.stringify(table), 'prices/us-east-1.json');
const readPrice = (price: object, key = 'ec2/instance/t3.micro') =>
  read({ ...TABLE, prices: { [key]: { ...PRICE, ...price } } });

describe('the price table that is shipped', () => {
  it('is read, and is as it would be written: sorted, one price a line', () => {
    expect(renderPriceTable(parsePriceTable(shipped, 'prices/us-east-1.json'))).toBe(shipped);
  });

  // ../shared/data/aws-prices-us-east-1.md, line by line.
  it.each([
    ['ec2/instance/t2.micro', '0.0116', 1],
    ['ec2/instance/t3.micro', '0.0104', 1],
    ['ec2/instance/t3.small', '0.0208', 1],
    ['ec2/instance/t3.medium', '0.0416', 1],
    ['ec2/instance/t3.large', '0.0832', 1],
    ['ebs/gp3/storage', '0.08', 1],
    ['ebs/gp3/iops', '0.005', 1],
    ['ebs/gp3/throughput', '0.04', 1],
    ['elb/application/hours', '0.0225', 1],
    ['elb/application/capacity', '0.008', 1],
    ['vpc/nat-gateway/hours', '0.045', 1],
    ['vpc/nat-gateway/data', '0.045', 1],
    ['vpc/public-ipv4', '0.005', 1],
    ['kms/key', '1', 1],
    ['kms/requests', '0.03', 10_000],
    ['secretsmanager/secret', '0.4', 1],
    ['secretsmanager/requests', '0.05', 10_000],
    ['cloudwatch/alarm/standard', '0.1', 1],
    ['cloudwatch/alarm/high-resolution', '0.3', 1],
    ['cloudwatch/logs/ingestion', '0.5', 1],
    ['cloudwatch/logs/storage', '0.03', 1],
    ['dynamodb/write-requests', '0.625', 1_000_000],
    ['dynamodb/read-requests', '0.125', 1_000_000],
    ['dynamodb/storage', '0.25', 1],
    ['dynamodb/point-in-time-recovery', '0.2', 1],
    ['sqs/fifo', '0.5', 1_000_000],
    ['sqs/standard', '0.4', 1_000_000],
    ['s3/storage', '0.023', 1],
    ['s3/requests/write', '0.005', 1_000],
    ['s3/requests/read', '0.0004', 1_000],
    ['s3/intelligent-tiering/monitoring', '0.0025', 1_000],
    ['route53/hosted-zone', '0.5', 1],
    ['vpc/interface-endpoint/hours', '0.01', 1],
    ['vpc/interface-endpoint/data', '0.01', 1],
  ])('has %s at %s for %i', (key, price, per) => {
    const found = parsePriceTable(shipped, '').prices.get(key);
    expect([found?.price.toString(), found?.per]).toEqual([price, per]);
  });
});

describe('a price table', () => {
  it('is a price for each key, with its source and date', () => {
    const { prices, ...rest } = read(TABLE);
    expect(rest).toEqual({ region: 'us-east-1', currency: 'USD', date: '2026-11-25' });
    expect(prices.get('ec2/instance/t3.micro')).toEqual({
      price: Decimal.of('0.0104'),
      per: 1,
      source: 'https://aws.example',
      date: '2026-10',
    });
  });

  it('is in yuan in China, and in dollars everywhere else', async () => {
    expect(read({ ...TABLE, region: 'cn-north-1', currency: 'CNY' }).currency).toBe('CNY');
    const dollars = await failureOf(async () => read({ ...TABLE, region: 'cn-north-1' }));
    expect(dollars.message).toContain('currency is "USD"; in cn-north-1 it has to be "CNY"');
    const yuan = await failureOf(async () => read({ ...TABLE, currency: 'CNY' }));
    expect(yuan.message).toContain('currency is "CNY"; in us-east-1 it has to be "USD"');
  });

  it('may leave a date open', () => {
    expect(readPrice({ date: null }).prices.get('ec2/instance/t3.micro')?.date).toBeNull();
  });

  it.each([
    ['it is not JSON', '{'],
    ['the table is []', '[]'],
    ['format is 2', JSON.stringify({ ...TABLE, format: 2 })],
    ['currency is "EUR"', JSON.stringify({ ...TABLE, currency: 'EUR' })],
    ['region is "east"', JSON.stringify({ ...TABLE, region: 'east' })],
    ['date is "2026-13-01"', JSON.stringify({ ...TABLE, date: '2026-13-01' })],
    ['date is missing', JSON.stringify({ ...TABLE, date: undefined })],
    ['unknown member "price"; did you mean "prices"?', JSON.stringify({ ...TABLE, price: {} })],
    ['prices is missing', JSON.stringify({ ...TABLE, prices: undefined })],
  ])('is refused when %s', async (what, text) => {
    const failure = await failureOf(async () => parsePriceTable(text, 'prices/us-east-1.json'));
    expect(failure).toMatchObject({ code: 'InvalidPrices', exitCode: 2 });
    expect(failure.message).toContain('prices/us-east-1.json');
    expect(failure.message).toContain(what);
  });

  it.each([
    [{ price: 0.0104 }, 'price is 0.0104; it has to be a decimal number in quotes'],
    [{ price: '1,5' }, 'price is "1,5"'],
    [{ price: '-1' }, 'price is "-1"; it cannot be below zero'],
    [{ price: '1000000' }, 'price is "1000000", more than anything costs'],
    [{ price: undefined }, 'price is missing'],
    [{ per: 12 }, 'per is 12; it has to be a power of ten'],
    [{ per: 0 }, 'per is 0'],
    [{ unit: 'seconds' }, 'unit is "seconds"; it has to be "hours"'],
    [{ source: '' }, 'source is ""'],
    [{ date: '2026' }, 'date is "2026"'],
    [{ date: undefined }, 'date is missing'],
    [{ pirce: '1' }, 'unknown member "pirce"; did you mean "price"?'],
  ])('is refused with %j in a price', async (change, what) => {
    const failure = await failureOf(async () => readPrice(change));
    expect(failure.code).toBe('InvalidPrices');
    expect(failure.message).toContain(`ec2/instance/t3.micro: ${what}`);
  });

  it('is refused with a product nobody knows, and says which is near', async () => {
    const failure = await failureOf(async () => readPrice({}, 'ebs/gp3/iop'));
    expect(failure.message).toContain('unknown price "ebs/gp3/iop"; did you mean "ebs/gp3/iops"?');
  });
});

describe('a price for many units', () => {
  it.each([
    [1, '100000', '100000', 'requests'],
    [1_000, '100000', '100', '1,000 requests'],
    [1_000_000, '100000', '0.1', 'million requests'],
  ])('for %i of them counts %s as %s, in %s', (per, quantity, quoted, unit) => {
    const price = { price: Decimal.ONE, per, source: '', date: null };
    expect(quotedQuantity(Decimal.of(quantity), price).toString()).toBe(quoted);
    expect(quotedUnit('sqs/fifo', price)).toBe(unit);
  });
});
