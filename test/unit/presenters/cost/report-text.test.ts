import { describe, expect, it } from '@jest/globals';
import { Decimal } from '../../../../src/domain/cost/decimal.js';
import { reportCosts } from '../../../../src/domain/cost/report.js';
import { amount, difference, quantityText } from '../../../../src/presenters/cost/amounts.js';
import { bar, sparkline } from '../../../../src/presenters/cost/bars.js';
import { costReportText } from '../../../../src/presenters/cost/report-text.js';
import { textStyle } from '../../../../src/presenters/style.js';
import { demoEvidence, demoState } from '../../../support/cost.js';
import { emptyReport, fullReport } from './reports.js';

const PLAIN = textStyle(false, 80);
const linesOf = async (width = 80) => costReportText(await fullReport(), textStyle(false, width)).split('\n');

describe('the text of a cost report', () => {
  it.each([80, 120, Number.POSITIVE_INFINITY])('fits 80 columns on a terminal of %d', async (width) => {
    const wide = (await linesOf(width)).filter((line) => line.length > 80);
    expect(wide).toEqual([]);
  });

  it('begins with the two sums, their currency, the prices it goes by and what is not in them', async () => {
    const [title, fixed, usage, unknown, orphans] = await linesOf();
    expect(title).toMatch(/^Cost of staging a month, at list prices of us-east-1 of \d{4}-\d{2}-\d{2}$/);
    expect(fixed).toMatch(/^ {2}fixed +75\.65 USD /);
    expect(usage).toMatch(/^ {2}usage, as assumed +10\.18 USD {2}say better in terraform\/usage\.hcl$/);
    expect(unknown).toMatch(/^ {2}unknown +1 resource /);
    expect(orphans).toMatch(/^ {2}not in the state +2 resources /);
  });

  it('names what is unknown, and why', async () => {
    const text = (await linesOf()).join('\n');
    expect(text).toContain(
      'arn:aws:ec2:us-east-1:1:instance/i-0123456789abcdef0 (not in the state):\n    instance_type is not known yet',
    );
  });

  it('shows each resource with its components, adding up', async () => {
    const lines = await linesOf();
    const from = lines.findIndex((line) => line.startsWith('  module.alb[0].aws_lb.app_lb'));
    expect(lines.slice(from, from + 5).map((line) => line.replace(/ {2,}/g, '  '))).toEqual([
      '  module.alb[0].aws_lb.app_lb  23.73  6.74',
      '  Application load balancer: 730 hours × 0.0225  16.43',
      '  Capacity units: 730 LCU-hours × 0.008  5.84',
      '  Public IPv4 addresses: 1,460 hours × 0.005  7.30',
      '  Data to the internet: 10 GB × 0.09  0.90',
    ]);
  });

  it('lays another environment beside it, and says why they differ', async () => {
    const text = (await linesOf()).map((line) => line.replace(/ {2,}/g, '  ')).join('\n');
    expect(text).toContain('  module.compute  10.07  95.91  0.00  0.00');
    expect(text).toContain('  in all  75.65  194.54  10.18  11.34');
    expect(text).toContain('  aws_instance, 2 and 3  -85.84  0.00\n  instance_type: "t2.micro", there "t3.medium"');
  });

  it('tells the bill with its forecast, and savings with what to do', async () => {
    const text = (await linesOf()).join('\n');
    expect(text).toContain('month to date 2.64 USD, forecast of the month 33.14 USD');
    expect(text).toContain('day by day ▇█▃ 0.33 to 1.20');
    expect(text).toMatch(/5\.45 {2}module\.compute\.aws_instance\.this\[0\]: running twelve hours/);
    expect(text).toContain('    → mhtctl schedule staging --start 08:00 --stop 20:00');
  });

  it('sums up what it does not list, so that the sums still hold', async () => {
    const state = await demoState('staging');
    const instances = Array.from({ length: 1000 }, (_, index) => ({
      address: `aws_kms_key.this[${index}]`,
      type: 'aws_kms_key',
      attributes: {},
    }));
    const report = reportCosts(await demoEvidence('staging', { state: { ...state, instances } }), undefined, null);
    const lines = costReportText(report, PLAIN).split('\n');
    expect(lines.length).toBeLessThan(200);
    expect(lines.find((line) => line.includes('more resources'))?.replace(/ {2,}/g, '  ')).toBe(
      '  and 960 more resources  960.00  288.00',
    );
  });

  it('is short where there is nothing', async () => {
    expect(costReportText(await emptyReport(), PLAIN).split('\n')).toHaveLength(3);
  });
});

describe('amounts', () => {
  it.each([
    [0, '0.00', '0.00'],
    [5, '0.05', '+0.05'],
    [123_456_789, '1,234,567.89', '+1,234,567.89'],
    [-100_050, '-1,000.50', '-1,000.50'],
  ])('of %d cents are %s, as a difference %s', (cents, shown, signed) => {
    expect([amount(cents), difference(cents)]).toEqual([shown, signed]);
  });

  it('keep the decimals of quantities', () => {
    expect([quantityText(Decimal.of('1234.5678')), quantityText(Decimal.of(730))]).toEqual(['1,234.5678', '730']);
  });
});

describe('bars', () => {
  it('are as long as what they stand for, and never nothing', () => {
    expect(bar({ fixed: 50, usage: 50 }, 100, 10)).toBe('█████░░░░░');
    expect(bar({ fixed: 0, usage: 1 }, 1000, 10)).toBe('░');
    expect(bar({ fixed: 0, usage: 0 }, 0, 10)).toBe('');
  });

  it('of days go from nothing to the most', () => {
    expect(sparkline([0, 50, 100, -3])).toBe('▁▅█▁');
    expect(sparkline([0, 0])).toBe('▁▁');
  });
});
