import { afterEach, describe, expect, it } from '@jest/globals';
import { ClientConfigurations } from '../../../src/adapters/aws/client-configuration.js';
import { PricingPriceList } from '../../../src/adapters/aws/pricing-price-list.js';
import { CallerEnvironment } from '../../support/caller-environment.js';
import { failureOf } from '../../support/failure.js';
import { listedIn } from '../../support/listed-products.js';
import type { RecordedAws } from '../../support/recorded-aws.js';
import { type RecordedPriceListParts, recordedPriceList, refusal } from '../../support/recorded-price-list.js';

const environment = new CallerEnvironment();
let recorded: RecordedAws | undefined;

afterEach(async () => {
  environment.restore();
  await recorded?.stop();
  recorded = undefined;
});

/** The adapter before a price list of us-east-1. */
async function priceList(parts: Partial<RecordedPriceListParts> = {}) {
  recorded = await recordedPriceList({ rows: listedIn('us-east-1', ''), regions: ['us-east-1'], ...parts });
  environment.useAws({
    AWS_ENDPOINT_URL: recorded.endpoint,
    AWS_ACCESS_KEY_ID: 'x',
    AWS_SECRET_ACCESS_KEY: 'x',
    AWS_REGION: 'us-west-2',
  });
  return { list: new PricingPriceList(new ClientConfigurations()), asked: recorded.asked };
}

const ALARMS = {
  service: 'AmazonCloudWatch',
  attributes: { regionCode: 'us-east-1', productFamily: 'Alarm' },
};

describe('the price list as AWS documents its answers', () => {
  it('gives the products that fit, page after page', async () => {
    const { list, asked } = await priceList();
    const products = await list.products('us-east-1', ALARMS);
    expect(
      products.map(({ attributes, rates }) => [attributes['usagetype'], rates[0]?.amounts['USD']?.toString()]),
    ).toEqual([
      ['CW:AlarmMonitorUsage', '0.1'],
      ['CW:HighResAlarmMonitorUsage', '0.3'],
      ['CW:CompositeAlarmMonitorUsage', '0.5'],
    ]);
    expect(asked.map(({ body }) => JSON.parse(body) as unknown)).toEqual([
      {
        ServiceCode: 'AmazonCloudWatch',
        Filters: [
          { Type: 'TERM_MATCH', Field: 'regionCode', Value: 'us-east-1' },
          { Type: 'TERM_MATCH', Field: 'productFamily', Value: 'Alarm' },
        ],
        MaxResults: 100,
      },
      expect.objectContaining({ NextToken: '2' }),
    ]);
  });

  it('may have none', async () => {
    const { list } = await priceList();
    expect(await list.products('us-east-1', { service: 'AmazonNeptune', attributes: {} })).toEqual([]);
  });

  it('has regions, without the zones beside them', async () => {
    const { list } = await priceList({ regions: ['us-west-2-lax-1', 'us-west-2', 'us-gov-west-1', 'eu-west-1'] });
    expect(await list.regions('us-west-2')).toEqual(['eu-west-1', 'us-gov-west-1', 'us-west-2']);
  });

  it.each([
    ['us-west-2', 'us-east-1'],
    ['us-gov-west-1', 'us-east-1'],
    ['sa-east-1', 'us-east-1'],
    ['eu-north-1', 'eu-central-1'],
    ['ap-northeast-1', 'ap-south-1'],
    ['cn-north-1', 'cn-northwest-1'],
  ])('of %s is asked in %s, where there is an endpoint', async (region, endpoint) => {
    const { list, asked } = await priceList();
    await list.products(region, ALARMS);
    expect(asked[0]?.headers.authorization).toContain(`/${endpoint}/pricing/`);
  });

  it('names the permission that is missing', async () => {
    const { list } = await priceList({
      instead: (operation) => refusal('AccessDeniedException', `not authorized to perform: pricing:${operation}`),
    });
    const products = await failureOf(list.products('us-east-1', ALARMS));
    expect(products).toMatchObject({ code: 'AwsDenied', exitCode: 5 });
    expect(products.message).toContain('AWS denied pricing:GetProducts on AmazonCloudWatch of us-east-1');
    expect(products.nextSteps[0]).toContain('allow pricing:GetProducts');
    expect((await failureOf(list.regions('us-east-1'))).nextSteps[0]).toContain('allow pricing:GetAttributeValues');
  });

  it('is asked again when AWS throttles, and fails when it goes on', async () => {
    let refusals = 1;
    const { list } = await priceList({
      instead: () => {
        refusals -= 1;
        return refusals < 0 ? undefined : refusal('ThrottlingException', 'Rate exceeded');
      },
    });
    expect(await list.products('us-east-1', ALARMS)).toHaveLength(3);
    refusals = Number.POSITIVE_INFINITY;
    expect(await failureOf(list.products('us-east-1', ALARMS))).toMatchObject({
      code: 'AwsFailed',
      message: expect.stringContaining('Rate exceeded'),
    });
  });

  it('that has no end is not read for ever', async () => {
    const { list } = await priceList({
      instead: () => ({ status: 200, body: JSON.stringify({ PriceList: [], NextToken: 'again' }) }),
    });
    expect((await failureOf(list.products('us-east-1', ALARMS))).message).toContain('again');
  });

  it('with a product that cannot be read fails, and shows it', async () => {
    const { list } = await priceList({
      instead: () => ({ status: 200, body: JSON.stringify({ PriceList: ['{"product": 1}'] }) }),
    });
    const failure = await failureOf(list.products('us-east-1', ALARMS));
    expect(failure).toMatchObject({ code: 'PriceListUnreadable', exitCode: 5 });
    expect(failure.message).toContain('{"product": 1}');
  });

  it('is not there on an emulator, and the way to AWS is said', async () => {
    const { list } = await priceList({ instead: () => ({ status: 500, body: '<title>500 Internal Server Error' }) });
    const failure = await failureOf(list.products('us-east-1', ALARMS));
    expect(failure).toMatchObject({ code: 'AwsFailed', exitCode: 5 });
    expect(failure.message).toMatch(/^http:.* has no price list: it answers 500 to pricing:GetProducts$/);
    expect(failure.nextSteps[0]).toContain('unset AWS_ENDPOINT_URL');
  });
});
