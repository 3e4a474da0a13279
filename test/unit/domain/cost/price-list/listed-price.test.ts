import { describe, expect, it } from '@jest/globals';
import { Decimal } from '../../../../../src/domain/cost/decimal.js';
import { listedPrice } from '../../../../../src/domain/cost/price-list/listed-price.js';
import { type ListedProduct, parseListedProduct } from '../../../../../src/domain/cost/price-list/listed-product.js';
import { type PriceQuery, queryOf } from '../../../../../src/domain/cost/price-list/price-queries.js';
import { failureOf } from '../../../../fakes/failure.js';
import { listedDocument } from '../../../../support/listed-products.js';

function query(key: string): PriceQuery {
  const found = queryOf(key);
  if (found === undefined) throw new Error(`no query for ${key}`);
  return found;
}

/** A product of that usage type, unit and tiers. */
function product(usagetype: string, unit: string, ...tiers: readonly (readonly [string, string])[]): ListedProduct {
  return parseListedProduct(listedDocument({ service: 'S', attributes: { usagetype }, unit, tiers }));
}

const of = (key: string, ...products: readonly ListedProduct[]) => {
  const found = listedPrice(query(key), products, 'USD');
  return 'price' in found ? found.price.toString() : found.missing;
};

describe('the price of a product', () => {
  it('is that of its unit, for as many as the table quotes', () => {
    expect(of('sqs/fifo', product('Requests-FIFO-RBP', 'Requests', ['0', '0.0000005000']))).toBe('0.5');
  });

  it.each(['NatGateway-Hours', 'USW2-NatGateway-Hours', 'EU-NatGateway-Hours', 'APS10-NatGateway-Hours'])(
    'is found whatever its region calls it: %s',
    (usagetype) => {
      expect(of('vpc/nat-gateway/hours', product(usagetype, 'Hrs', ['0', '0.05']))).toBe('0.05');
    },
  );

  it('is found where its service writes the region out', () => {
    expect(of('kms/key', product('ap-southeast-2-KMS-Keys', 'Keys', ['0', '1']))).toBe('1');
  });

  it.each(['TS-LoadBalancerUsage', 'Outposts-LoadBalancerUsage', 'USE2-TS-LoadBalancerUsage', 'LoadBalancerUsage-X'])(
    'is not taken from a neighbour: %s',
    (usagetype) => {
      expect(of('elb/application/hours', product(usagetype, 'Hrs', ['0', '1']))).toBe('AWS lists no such product');
    },
  );

  it('is the first tier, in whatever order they come', () => {
    const storage = product('TimedStorage-ByteHrs', 'GB-Mo', ['512000', '0.021'], ['0', '0.023'], ['51200', '0.022']);
    expect(of('s3/storage', storage)).toBe('0.023');
  });

  it('is the first tier that costs something: what an account has free, an environment has not', () => {
    expect(of('sns/requests', product('Requests-Tier1', 'Requests', ['0', '0'], ['1000000', '0.0000005']))).toBe('0.5');
  });

  it('is reckoned from a larger unit', () => {
    expect(of('ebs/gp3/throughput', product('EBS:VolumeP-Throughput.gp3', 'GiBps-mo', ['0', '40.96']))).toBe('0.04');
    expect(of('ebs/gp3/throughput', product('EBS:VolumeP-Throughput.gp3', 'GiBps-mo', ['0', '49.152']))).toBe('0.048');
  });

  it('is one, where AWS lists the product twice at the same', () => {
    const [one, other] = ['TimedStorage-ByteHrs', 'USE1-TimedStorage-ByteHrs'];
    const free = product(one, 'GB-Mo', ['0', '0'], ['25', '0.25']);
    expect(of('dynamodb/storage', free, product(other, 'GB-Mo', ['0', '0.2500000000']))).toBe('0.25');
  });

  it('is none of several', () => {
    const products = ['0.1', '0.2'].map((price) => product('NatGateway-Hours', 'Hrs', ['0', price]));
    expect(of('vpc/nat-gateway/hours', ...products)).toBe('AWS lists it at several prices: 0.1, 0.2');
  });

  it('is never zero', () => {
    expect(of('kms/key', product('KMS-Keys', 'Keys', ['0', '0.0000000000']))).toBe(
      'AWS lists it without a price in USD',
    );
    expect(of('kms/key')).toBe('AWS lists no such product');
  });

  it('is not taken in another unit', () => {
    expect(of('vpc/nat-gateway/hours', product('NatGateway-Hours', 'Days', ['0', '1']))).toBe(
      'AWS lists it by Days, which is not what is counted here',
    );
  });

  it('is that of the currency, or none', () => {
    const listed = {
      service: 'S',
      attributes: { usagetype: 'CNN1-KMS-Keys' },
      unit: 'Keys',
      tiers: [['0', '6.9']] as const,
    };
    const chinese = parseListedProduct(listedDocument(listed, 'CNY'));
    expect(listedPrice(query('kms/key'), [chinese], 'CNY')).toEqual({ price: Decimal.of('6.9') });
    expect(listedPrice(query('kms/key'), [chinese], 'USD')).toEqual({ missing: 'AWS lists it without a price in USD' });
  });
});

describe('a product of the price list', () => {
  it('that is only reserved has no rates', () => {
    const text = JSON.stringify({ product: { sku: 'A', attributes: {} }, terms: { Reserved: {} } });
    expect(parseListedProduct(text)).toEqual({ sku: 'A', attributes: {}, rates: [] });
  });

  it.each([
    '',
    'null',
    '[]',
    '{"product":{"sku":"A"}}',
    '{"product":{"sku":"A","attributes":{"a":1}}}',
    '{"product":{"sku":"A","attributes":{}},"terms":{"OnDemand":{"A.B":{}}}}',
    '{"product":{"sku":"A","attributes":{}},"terms":{"OnDemand":{"A.B":{"priceDimensions":{"C":{"unit":"Hrs","pricePerUnit":{"USD":"cheap"}}}}}}}',
  ])('that is %j is refused', async (text) => {
    expect(await failureOf(() => parseListedProduct(text))).toMatchObject({ code: 'PriceListUnreadable', exitCode: 5 });
  });
});
