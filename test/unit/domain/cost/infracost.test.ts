import { describe, expect, it } from '@jest/globals';
import type { CostedResource } from '../../../../src/domain/cost/costed-resource.js';
import { sumOfKind } from '../../../../src/domain/cost/estimate.js';
import { decodeUsage } from '../../../../src/domain/cost/usage.js';
import type { HclBody } from '../../../../src/domain/hcl-value.js';
import { BASIS, costOf, rowsOf } from '../../../support/cost.js';
import { GOLDEN } from './infracost-golden.js';

function costWith(type: string, attributes: CostedResource['attributes'], use: Readonly<Record<string, number>>) {
  const location = { file: 'usage.hcl', line: 1, column: 1 };
  const numbers = Object.entries(use).map(([name, value]) => ({ name, value, location }));
  const block = { type, labels: [], location, body: { attributes: numbers, blocks: [] } };
  const body: HclBody = {
    attributes: [],
    blocks: [{ type: 'environment', labels: ['staging'], location, body: { attributes: [], blocks: [block] } }],
  };
  const usage = numbers.length === 0 ? BASIS.usage : decodeUsage(body, ['staging']).get('staging');
  if (usage === undefined) throw new Error('nothing was said of staging');
  return costOf(type, attributes, { basis: { ...BASIS, usage } });
}

describe('the figures of Infracost', () => {
  it.each(GOLDEN)('%s: %s', (_, type, attributes, use, components) => {
    const found = Object.fromEntries(rowsOf(costWith(type, attributes, use)).map(([name, , , cents]) => [name, cents]));
    expect(found).toMatchObject(components);
    // What else is counted here and not there: data and addresses of load balancers.
    const further = Object.keys(found).filter((name) => !(name in components));
    expect(further.every((name) => ['Data to the internet', 'Capacity units'].includes(name))).toBe(true);
  });
});

describe('differences to Infracost, each on purpose', () => {
  it('counts an Elastic IP in use: since 2024 AWS charges every public IPv4 address', () => {
    const attributes = { public_ip: '192.0.2.1', association_id: 'eipassoc-1' };
    expect(rowsOf(costOf('aws_eip', attributes))).toEqual([['Public IPv4 address', '730', '0.005', 365]]);
  });

  it('counts the addresses of a load balancer that faces the internet, for the same reason', () => {
    const cost = costOf('aws_lb', { load_balancer_type: 'application', subnets: ['subnet-1', 'subnet-2', 'subnet-3'] });
    expect(rowsOf(cost)).toContainEqual(['Public IPv4 addresses', '2190', '0.005', 1095]);
  });

  it('deducts no free tier: one account has it once, not each environment', () => {
    // Infracost's sns_topic_withUsage: 2,000,000 requests are 0.50, the first million being free.
    const cost = costWith('aws_sns_topic', {}, { requests: 2_000_000 });
    expect(sumOfKind(cost.components, 'usage')).toBe(100);
  });

  it('takes no image to have a volume of 8 GB: what no attribute says is unknown', () => {
    const cost = costOf('aws_instance', { instance_type: 't3.medium' });
    expect(cost).toMatchObject({ status: 'unknown', unknown: [expect.stringContaining('root volume')] });
    expect(rowsOf(cost)).toEqual([['Instance t3.medium', '730', '0.0416', 3037]]);
  });

  it('lets an alias record be free: Route 53 charges no query for an alias of a load balancer', () => {
    expect(costOf('aws_route53_record', { alias: [{ name: 'lb', zone_id: 'Z' }] }).status).toBe('free');
  });
});
