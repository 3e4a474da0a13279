import { describe, expect, it } from '@jest/globals';
import { costReportJson } from '../../../../src/presenters/cost/report-json.js';
import { emptyReport, fullReport } from './reports.js';

const cents = (amounts: readonly (number | null)[]) =>
  amounts.reduce<number>((sum, amount) => sum + Math.round((amount ?? 0) * 100), 0);

describe('the JSON of a cost report', () => {
  it('has what the contract fixes', async () => {
    const json = costReportJson(await fullReport());
    expect(json).toMatchObject({
      environment: 'staging',
      currency: 'USD',
      region: 'us-east-1',
      priceDate: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/),
      totals: { fixedMonthly: 75.65, usageMonthly: 10.18 },
      actual: { monthToDate: 2.64, forecast: 33.14 },
    });
    expect(json.resources.find(({ type }) => type === 'aws_nat_gateway')).toEqual({
      address: 'module.network.aws_nat_gateway.this["us-east-1a"]',
      arn: null,
      type: 'aws_nat_gateway',
      name: 'mht-api-staging-nat-us-east-1a',
      module: 'module.network',
      quantity: 1,
      fixedMonthly: 32.85,
      usageMonthly: 0.45,
      components: [
        { name: 'NAT gateway', kind: 'fixed', unit: 'hours', quantity: 730, unitPrice: 0.045, monthly: 32.85 },
        { name: 'Data processed', kind: 'usage', unit: 'GB', quantity: 10, unitPrice: 0.045, monthly: 0.45 },
      ],
      status: 'priced',
      unknown: [],
      origin: 'state',
    });
    expect(json.byModule[0]).toEqual({ module: 'module.network', fixedMonthly: 36.5, usageMonthly: 0.98 });
    expect(json.byService[0]).toEqual({ service: 'EC2 - Other', fixedMonthly: 34.45, usageMonthly: 0.45 });
  });

  it('adds up to the cent in what it shows', async () => {
    const { totals, resources, byModule, byService } = costReportJson(await fullReport());
    for (const parts of [resources, byModule, byService]) {
      expect(cents(parts.map(({ fixedMonthly }) => fixedMonthly))).toBe(cents([totals.fixedMonthly]));
      expect(cents(parts.map(({ usageMonthly }) => usageMonthly))).toBe(cents([totals.usageMonthly]));
    }
    for (const { components, fixedMonthly, usageMonthly } of resources) {
      expect(cents(components.map(({ monthly }) => monthly))).toBe(cents([fixedMonthly, usageMonthly]));
    }
  });

  it('marks what no state has, and never counts what is unknown as zero', async () => {
    const { resources } = costReportJson(await fullReport());
    expect(resources.filter(({ address }) => address === null)).toMatchObject([
      { origin: 'orphan', type: 'aws_eip', fixedMonthly: 3.65, module: '(not in the state)' },
      { origin: 'orphan', type: 'aws_instance', fixedMonthly: null, usageMonthly: null, status: 'unknown' },
      { origin: 'backend', type: 'aws_s3_bucket', fixedMonthly: 0, usageMonthly: 0.01, module: '(state backend)' },
    ]);
  });

  it('tells the bill by service and by day', async () => {
    expect(costReportJson(await fullReport()).actual).toEqual({
      from: '2026-11-01',
      to: '2026-11-04',
      currency: 'USD',
      monthToDate: 2.64,
      forecast: 33.14,
      byService: [
        { service: 'EC2 - Other', amount: 2.31 },
        { service: 'Tax & fees', amount: 0.33 },
      ],
      byDay: [
        { day: '2026-11-01', amount: 1.11 },
        { day: '2026-11-02', amount: 1.2 },
        { day: '2026-11-03', amount: 0.33 },
      ],
    });
  });

  it('tells savings and the comparison', async () => {
    const { savings, comparison } = costReportJson(await fullReport());
    expect(savings.map(({ rule, monthly }) => [rule, monthly])).toEqual([
      ['off-hours', 5.45],
      ['orphaned', 3.65],
    ]);
    expect(comparison).toMatchObject({
      environment: 'production',
      totals: { own: { fixedMonthly: 75.65 }, other: { fixedMonthly: 194.54, usageMonthly: 11.34 } },
    });
    expect(comparison?.reasons[0]).toMatchObject({ type: 'aws_instance', difference: { fixedMonthly: -85.84 } });
  });

  it('is whole where there is nothing', async () => {
    expect(costReportJson(await emptyReport())).toMatchObject({
      totals: { fixedMonthly: 0, usageMonthly: 0 },
      resources: [],
      byModule: [],
      byService: [],
      savings: [],
      actual: null,
      comparison: null,
    });
  });
});
