import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { differentValues } from '../../../../src/domain/cost/comparison.js';
import { COST_DRIVERS } from '../../../../src/domain/cost/drivers.js';
import { plus } from '../../../../src/domain/cost/money.js';
import { reportCosts } from '../../../../src/domain/cost/report.js';
import { BASIS, demoEvidence as demo, demoState } from '../../../support/cost.js';

const terraform = join(import.meta.dirname, '../../../../terraform');

describe('the report of an environment', () => {
  it('adds up, however it is cut', async () => {
    const orphan = { arn: 'arn:aws:ec2:us-east-1:1:natgateway/nat-0123456789abcdef0', tags: {} };
    const report = reportCosts(await demo('staging', { tagged: [orphan] }), undefined, null);
    expect(report.totals).toEqual({ fixed: 7200 + 3285, usage: 1017 + 45 });
    for (const groups of [report.byModule, report.byService]) {
      expect(groups.map(({ money }) => money).reduce(plus, { fixed: 0, usage: 0 })).toEqual(report.totals);
    }
  });

  it('says by which prices, and where', async () => {
    expect(reportCosts(await demo('staging'), undefined, null)).toMatchObject({
      environment: 'staging',
      currency: 'USD',
      region: 'us-east-1',
      priceDate: BASIS.prices.date,
      comparison: null,
      actual: null,
    });
  });

  it('has the dearest modules and services first', async () => {
    const { byModule, byService } = reportCosts(await demo('staging'), undefined, null);
    expect(byModule.slice(0, 3)).toEqual([
      { name: 'module.network', money: { fixed: 3650, usage: 98 } },
      { name: 'module.alb[0]', money: { fixed: 2373, usage: 674 } },
      { name: 'module.compute', money: { fixed: 1007, usage: 0 } },
    ]);
    // The gateway and the volume; the load balancer; the addresses of both; the instance.
    expect(byService.slice(0, 4)).toEqual([
      { name: 'EC2 - Other', money: { fixed: 3445, usage: 45 } },
      { name: 'Amazon Elastic Load Balancing', money: { fixed: 1643, usage: 674 } },
      { name: 'Amazon Virtual Private Cloud', money: { fixed: 1095, usage: 0 } },
      { name: 'Amazon Elastic Compute Cloud - Compute', money: { fixed: 847, usage: 0 } },
    ]);
  });

  it('names a place for what stands in no module', async () => {
    const tagged = [
      { arn: 'arn:aws:s3:::mht-api-terraform-state-staging', tags: {} },
      { arn: 'arn:aws:kms:us-east-1:1:key/1', tags: {} },
    ];
    const state = await demoState('staging');
    const eip = { address: 'aws_eip.root', type: 'aws_eip', attributes: {} };
    const report = reportCosts(
      await demo('staging', { tagged, state: { ...state, instances: [eip] } }),
      undefined,
      null,
    );
    expect(report.byModule.map(({ name }) => name)).toEqual(['(root)', '(not in the state)', '(state backend)']);
  });

  it('is of nothing before the first deployment', async () => {
    const report = reportCosts(await demo('staging', { state: null }), undefined, null);
    expect(report).toMatchObject({ totals: { fixed: 0, usage: 0 }, resources: [], byModule: [], savings: [] });
  });
});

describe('two environments side by side', () => {
  it('have the same totals as each by itself', async () => {
    const report = reportCosts(await demo('staging'), await demo('production'), null);
    expect(report.comparison?.totals).toEqual({
      own: { fixed: 7200, usage: 1017 },
      other: { fixed: 19_454, usage: 1134 },
    });
  });

  it('differ for reasons that their tfvars give', async () => {
    const { comparison } = reportCosts(await demo('staging'), await demo('production'), null);
    const reasons = Object.fromEntries((comparison?.reasons ?? []).map((reason) => [reason.type, reason]));
    // Three t3.medium at 31.97 against one t2.micro at 10.07.
    expect(reasons['aws_instance']).toEqual({
      type: 'aws_instance',
      own: 1,
      other: 3,
      difference: { fixed: 1007 - 9591, usage: 0 },
      values: [
        { name: 'instance_type', own: '"t2.micro"', other: '"t3.medium"' },
        { name: 'instance_count', own: '1', other: '3' },
      ],
    });
    expect(reasons['aws_nat_gateway']).toMatchObject({
      difference: { fixed: -3285, usage: -45 },
      values: [{ name: 'nat_gateway_per_zone', own: 'false', other: 'true' }],
    });
    expect(reasons['aws_cloudwatch_log_group']).toMatchObject({
      difference: { fixed: 0, usage: -68 },
      values: [{ name: 'log_retention_days', own: '30', other: '365' }],
    });
    expect(Object.keys(reasons)).not.toContain('aws_lb');
  });

  it('explain the whole difference', async () => {
    const { comparison } = reportCosts(await demo('staging'), await demo('production'), null);
    const differences = (comparison?.reasons ?? []).map(({ difference }) => difference);
    expect(differences.reduce(plus, { fixed: 0, usage: 0 })).toEqual({ fixed: 7200 - 19_454, usage: 1017 - 1134 });
  });

  it('differ in an object by the values inside it', () => {
    const queue = (message_retention_seconds: number) => ({
      feedback: { message_retention_seconds, alarm_max_depth: 50 },
    });
    expect(differentValues('queues', queue(86_400), queue(1_209_600))).toEqual([
      { name: 'queues.feedback.message_retention_seconds', own: '86400', other: '1209600' },
    ]);
    expect(differentValues('queues', undefined, [1, 2])).toEqual([{ name: 'queues', own: null, other: '[1, 2]' }]);
    expect(differentValues('queues', [1, 2], [1, 2])).toEqual([]);
  });
});

describe('the variables that decide a cost', () => {
  it('are variables of the configuration', async () => {
    const text = await readFile(join(terraform, 'variables.tf'), 'utf8');
    const declared = [...text.matchAll(/^variable\s+"(\w+)"/gm)].map(([, name]) => name);
    const used = new Set(Object.values(COST_DRIVERS).flat());
    expect([...used].filter((name) => !declared.includes(name))).toEqual([]);
  });
});
