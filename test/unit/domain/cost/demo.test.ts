import { describe, expect, it } from '@jest/globals';
import { estimate, type ResourceCost, sumOfKind } from '../../../../src/domain/cost/estimate.js';
import { BASIS, demoState, rowsOf } from '../../../support/cost.js';

type Row = readonly [name: string, quantity: string, unitPrice: string, cents: number];
type Table = Readonly<Record<string, readonly Row[]>>;

/**
 * Reckoned by hand from ../shared/data/aws-prices-us-east-1.md, 730 hours a month, cents rounded half up:
 * 730 x 0.0225 = 16.425; 730 x 0.008 = 5.84; 2 x 730 x 0.005 = 7.30; 730 x 0.0116 = 8.468; 730 x 0.0416 = 30.368;
 * 20 x 0.08 = 1.60; 730 x 0.045 = 32.85. Use is what the estimate assumes.
 */
const LOAD_BALANCER: readonly Row[] = [
  ['Application load balancer', '730', '0.0225', 1643],
  ['Capacity units', '730', '0.008', 584],
  ['Public IPv4 addresses', '1460', '0.005', 730],
  ['Data to the internet', '10', '0.09', 90],
];
const NAT_GATEWAY: readonly Row[] = [
  ['NAT gateway', '730', '0.045', 3285],
  ['Data processed', '10', '0.045', 45],
];
const ELASTIC_IP: readonly Row[] = [['Public IPv4 address', '730', '0.005', 365]];
const ALARM: readonly Row[] = [['Standard alarm', '1', '0.1', 10]];
const ROOT_VOLUME: Row = ['Root volume (gp3)', '20', '0.08', 160];
const LARGE_INSTANCE: readonly Row[] = [['Instance t3.medium', '730', '0.0416', 3037], ROOT_VOLUME];
const KEY: readonly Row[] = [
  ['Customer managed key', '1', '1', 100],
  ['Requests', '10', '0.03', 30],
];
const SECRET: readonly Row[] = [
  ['Secret', '1', '0.4', 40],
  ['Requests', '1', '0.05', 5],
];
const TABLE: readonly Row[] = [
  ['Write requests', '0.1', '0.625', 6],
  ['Read requests', '1', '0.125', 13],
  ['Storage', '1', '0.25', 25],
  ['Point-in-time recovery', '1', '0.2', 20],
];
const BUCKET_REQUESTS: readonly Row[] = [
  ['Write requests', '10', '0.005', 5],
  ['Read requests', '100', '0.0004', 4],
];
const SHARED: Table = {
  'module.alb[0].aws_lb.app_lb': LOAD_BALANCER,
  'module.database.aws_dynamodb_table.this': TABLE,
  'module.encryption.aws_kms_key.this': KEY,
  'module.monitoring.aws_cloudwatch_metric_alarm.load_balancer["alb-5xx"]': ALARM,
  'module.monitoring.aws_cloudwatch_metric_alarm.load_balancer["target-5xx"]': ALARM,
  'module.monitoring.aws_cloudwatch_metric_alarm.load_balancer["unhealthy-hosts"]': ALARM,
  'module.monitoring.aws_sns_topic.alarms': [['Messages published', '0.001', '0.5', 0]],
  'module.network.aws_eip.nat["us-east-1a"]': ELASTIC_IP,
  'module.network.aws_nat_gateway.this["us-east-1a"]': NAT_GATEWAY,
  'module.queues.aws_sqs_queue.dead_letter["feedback"]': [['Requests', '0.01', '0.5', 1]],
  'module.queues.aws_sqs_queue.this["feedback"]': [['Requests', '1', '0.5', 50]],
  'module.secrets.aws_secretsmanager_secret.this': SECRET,
};

const STAGING: Table = {
  ...SHARED,
  'module.compute.aws_instance.this[0]': [['Instance t2.micro', '730', '0.0116', 847], ROOT_VOLUME],
  'module.dns.aws_route53_record.validation["staging.api.amygdalas.com"]': [['Queries', '0.01', '0.4', 0]],
  // Kept for 30 days.
  'module.monitoring.aws_cloudwatch_log_group.application': [
    ['Log written', '1', '0.5', 50],
    ['Log kept', '1', '0.03', 3],
  ],
  'module.network.aws_cloudwatch_log_group.flow_logs': [
    ['Log written', '1', '0.5', 50],
    ['Log kept', '1', '0.03', 3],
  ],
  'module.storage.aws_s3_bucket.this["data"]': [['Storage', '10', '0.023', 23], ...BUCKET_REQUESTS],
  // 1 GB a month, gone after 7 days: 7/30 GB.
  'module.storage.aws_s3_bucket.this["logs"]': [['Storage', '0.233', '0.023', 1], ...BUCKET_REQUESTS],
};

const PRODUCTION: Table = {
  ...SHARED,
  'module.compute.aws_instance.this[0]': LARGE_INSTANCE,
  'module.compute.aws_instance.this[1]': LARGE_INSTANCE,
  'module.compute.aws_instance.this[2]': LARGE_INSTANCE,
  'module.dns.aws_route53_record.validation["api.amygdalas.com"]': [['Queries', '0.01', '0.4', 0]],
  // Kept for 365 days: 365/30 GB; x 0.03 = 0.365.
  'module.monitoring.aws_cloudwatch_log_group.application': [
    ['Log written', '1', '0.5', 50],
    ['Log kept', '12.167', '0.03', 37],
  ],
  'module.network.aws_cloudwatch_log_group.flow_logs': [
    ['Log written', '1', '0.5', 50],
    ['Log kept', '12.167', '0.03', 37],
  ],
  'module.monitoring.aws_cloudwatch_metric_alarm.queue["processing-feedback-depth"]': ALARM,
  'module.monitoring.aws_cloudwatch_metric_alarm.queue["processing-feedback-dlq-not-empty"]': ALARM,
  'module.network.aws_eip.nat["us-east-1b"]': ELASTIC_IP,
  'module.network.aws_nat_gateway.this["us-east-1b"]': NAT_GATEWAY,
  // Intelligent-Tiering: half of 10 GB is read seldom. 5 x 0.023 = 0.115; 5 x 0.0125 = 0.0625; 10 x 0.0025 = 0.025.
  'module.storage.aws_s3_bucket.this["data"]': [
    ['Storage, frequent access', '5', '0.023', 12],
    ['Storage, infrequent access', '5', '0.0125', 6],
    ['Objects watched', '10', '0.0025', 3],
    ...BUCKET_REQUESTS,
  ],
  // 1 GB a month, gone after 90 days: 3 GB.
  'module.storage.aws_s3_bucket.this["logs"]': [['Storage', '3', '0.023', 7], ...BUCKET_REQUESTS],
};

function tableOf(costs: readonly ResourceCost[]): Table {
  const paid = costs.filter(({ status }) => status !== 'free');
  return Object.fromEntries(paid.map((cost) => [cost.address, rowsOf(cost)]));
}

const total = (costs: readonly ResourceCost[], kind: 'fixed' | 'usage') =>
  costs.reduce((sum, { components }) => sum + sumOfKind(components, kind), 0);

describe.each([
  // Fixed: 16.43 + 7.30 + (8.47 + 1.60) + 1.00 + 3 x 0.10 + 3.65 + 32.85 + 0.40.
  // Usage: 5.84 + 0.90 + 0.64 + 0.30 + 2 x 0.53 + 0.45 + 0.51 + 0.05 + 0.32 + 0.10.
  ['staging', STAGING, 7200, 1017] as const,
  // Fixed: 16.43 + 7.30 + 3 x (30.37 + 1.60) + 1.00 + 5 x 0.10 + 2 x 3.65 + 2 x 32.85 + 0.40.
  // Usage: 5.84 + 0.90 + 0.64 + 0.30 + 2 x 0.87 + 2 x 0.45 + 0.51 + 0.05 + 0.30 + 0.16.
  ['production', PRODUCTION, 19_454, 1134] as const,
])('the demo in %s', (environment, table, fixed, usage) => {
  it('costs, resource by resource, what was reckoned by hand', async () => {
    expect(tableOf(estimate((await demoState(environment)).instances, BASIS))).toEqual(table);
  });

  it('costs in all what was reckoned by hand', async () => {
    const costs = estimate((await demoState(environment)).instances, BASIS);
    expect([total(costs, 'fixed'), total(costs, 'usage')]).toEqual([fixed, usage]);
  });

  it('has a place for every resource, and none is unknown', async () => {
    const { instances } = await demoState(environment);
    const costs = estimate(instances, BASIS);
    expect(costs.map(({ address }) => address)).toEqual(instances.map(({ address }) => address));
    expect(costs.filter(({ status }) => status === 'unknown')).toEqual([]);
  });
});
