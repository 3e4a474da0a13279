import { describe, expect, it } from '@jest/globals';
import type { CostReport } from '../../../../src/domain/cost/report.js';
import { costReportCsv } from '../../../../src/presenters/cost/report-csv.js';
import { emptyReport, fullReport } from './reports.js';

/** Reads the cells of RFC 4180, as a spreadsheet does. */
function cellsOf(csv: string): readonly (readonly string[])[] {
  return csv
    .split('\r\n')
    .map((line) =>
      [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
        ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
      ),
    );
}

async function recordsOf(report: CostReport): Promise<readonly Readonly<Record<string, string>>[]> {
  const [header = [], ...rows] = cellsOf(costReportCsv(report));
  return rows.map((row) => Object.fromEntries(header.map((name, index) => [name, row[index] ?? ''])));
}

describe('the CSV of a cost report', () => {
  it('has a row a component, whose amounts add up to the totals', async () => {
    const report = await fullReport();
    const records = await recordsOf(report);
    const sum = (kind: string) =>
      records.reduce(
        (cents, record) => cents + (record['kind'] === kind ? Math.round(Number(record['monthly']) * 100) : 0),
        0,
      );
    expect({ fixed: sum('fixed'), usage: sum('usage') }).toEqual(report.totals);
    expect(records[0]).toEqual({
      environment: 'staging',
      address: 'module.alb[0].aws_lb.app_lb',
      arn: expect.stringContaining('loadbalancer/app/mht-api-staging-lb'),
      type: 'aws_lb',
      name: 'mht-api-staging-lb',
      module: 'module.alb[0]',
      service: 'Amazon Elastic Load Balancing',
      component: 'Application load balancer',
      kind: 'fixed',
      quantity: '730',
      unit: 'hours',
      unit_price: '0.0225',
      monthly: '16.43',
      currency: 'USD',
      status: 'priced',
      origin: 'state',
      unknown: '',
    });
  });

  it('has a row for what is free, at nothing, and for what is unknown, without an amount', async () => {
    const records = await recordsOf(await fullReport());
    expect(records.find(({ type }) => type === 'aws_vpc')).toMatchObject({
      monthly: '0.00',
      status: 'free',
      component: '',
    });
    expect(records.find(({ type, origin }) => type === 'aws_instance' && origin === 'orphan')).toMatchObject({
      monthly: '',
      status: 'unknown',
      unknown: 'instance_type is not known yet; root_block_device is not known yet',
    });
  });

  it('quotes what needs it, and lets no name become a formula', async () => {
    const csv = costReportCsv(await fullReport());
    expect(csv).toContain('"<script>alert(""x"")</script>"');
    const records = await recordsOf(await fullReport());
    expect(records.find(({ origin }) => origin === 'backend')?.['name']).toBe(`'=1+1`);
  });

  it('is its header where there is nothing', async () => {
    expect(cellsOf(costReportCsv(await emptyReport()))).toHaveLength(1);
  });
});
