import { describe, expect, it } from '@jest/globals';
import type { CostedResource } from '../../../../src/domain/cost/costed-resource.js';
import { estimate, sumOfKind } from '../../../../src/domain/cost/estimate.js';
import type { PriceTable } from '../../../../src/domain/cost/prices.js';
import { BASIS, costOf, rowsOf } from '../../../support/cost.js';

const ROOT = [{ volume_type: 'gp3', volume_size: 20, iops: 3000, throughput: 125 }];
const INSTANCE = { instance_type: 't3.micro', root_block_device: ROOT };
const names = (...args: Parameters<typeof costOf>) => rowsOf(costOf(...args)).map(([name]) => name);

describe('what cannot be priced', () => {
  it.each<[string, string, CostedResource['attributes'], string]>([
    ['a type nobody knows', 'aws_mq_broker', {}, 'no prices for aws_mq_broker'],
    [
      'an instance type',
      'aws_instance',
      { ...INSTANCE, instance_type: 'm9.huge' },
      'no price for ec2/instance/m9.huge in us-east-1 (mhtctl prices refresh may find one)',
    ],
    ['a tenancy', 'aws_instance', { ...INSTANCE, tenancy: 'host' }, 'no prices for tenancy host'],
    [
      'a spot instance',
      'aws_instance',
      { ...INSTANCE, instance_lifecycle: 'spot' },
      'a spot instance costs what the market asks',
    ],
    ['Windows', 'aws_instance', { ...INSTANCE, get_password_data: true }, 'no prices for Windows'],
    ['an instance without a type', 'aws_instance', { root_block_device: ROOT }, 'the instance type is not set'],
    ['a volume type', 'aws_ebs_volume', { type: 'gp9', size: 1 }, 'no prices for volume type gp9 (Volume)'],
    [
      'the name of a method',
      'aws_ebs_volume',
      { type: 'constructor', size: 1 },
      'no prices for volume type constructor (Volume)',
    ],
    ['a volume without a size', 'aws_ebs_volume', { type: 'gp3' }, 'the size of the Volume is not set'],
    [
      'a kind of load balancer',
      'aws_lb',
      { load_balancer_type: 'gateway' },
      'no prices for load balancer type gateway',
    ],
    ['a kind of endpoint', 'aws_vpc_endpoint', { vpc_endpoint_type: 'Odd' }, 'no prices for VPC endpoint type Odd'],
    ['a delivery by SMS', 'aws_sns_topic_subscription', { protocol: 'sms' }, 'no prices for deliveries by sms'],
    ['a FIFO topic', 'aws_sns_topic', { fifo_topic: true }, 'no prices for FIFO topics'],
    [
      'a table class',
      'aws_dynamodb_table',
      { table_class: 'STANDARD_INFREQUENT_ACCESS' },
      'no prices for class STANDARD_INFREQUENT_ACCESS',
    ],
    [
      'replicas',
      'aws_dynamodb_table',
      { billing_mode: 'PAY_PER_REQUEST', replica: [{}] },
      'no prices for replicas in other regions',
    ],
    ['capacity that is not set', 'aws_dynamodb_table', { read_capacity: 1 }, 'write_capacity is not set'],
    ['flow logs to S3', 'aws_flow_log', { log_destination_type: 's3' }, 'no prices for flow logs delivered to s3'],
    [
      'another region',
      'aws_lb',
      { arn: 'arn:aws:elasticloadbalancing:eu-west-1:1:loadbalancer/x' },
      'it is in eu-west-1, and the prices are those of us-east-1',
    ],
  ])('is unknown: %s', (_, type, attributes, reason) => {
    const cost = costOf(type, attributes);
    expect(cost.status).toBe('unknown');
    expect(cost.unknown).toContain(reason);
  });

  it.each<[string, string, CostedResource['attributes'], string]>([
    ['a text for a number', 'aws_ebs_volume', { size: '20' }, 'size is "20"; expected a number from 0 to 1000000000'],
    ['a negative number', 'aws_ebs_volume', { size: -20 }, 'size is -20'],
    ['an absurd number', 'aws_ebs_volume', { size: 1e12 }, 'size is 1000000000000'],
    ['a number for a text', 'aws_instance', { ...INSTANCE, instance_type: 3 }, 'instance_type is 3; expected a text'],
    ['a text for a flag', 'aws_sqs_queue', { fifo_queue: 'true' }, 'fifo_queue is "true"; expected true or false'],
    [
      'an object for a list',
      'aws_instance',
      { ...INSTANCE, root_block_device: {} },
      'root_block_device is an object; expected a list',
    ],
    [
      'texts for blocks',
      'aws_instance',
      { ...INSTANCE, root_block_device: ['x'] },
      'root_block_device[0] is "x"; expected a block',
    ],
    [
      'odd things inside a block',
      'aws_instance',
      { ...INSTANCE, root_block_device: [{ volume_size: [] }] },
      'root_block_device[0].volume_size is a list',
    ],
  ])('is unknown, and never a wrong sum: %s', (_, type, attributes, reason) => {
    const cost = costOf(type, attributes);
    expect(cost.status).toBe('unknown');
    expect(cost.unknown.join()).toContain(reason);
  });

  it('does not keep what is known of a resource from being counted', () => {
    const cost = costOf('aws_instance', { ...INSTANCE, instance_type: 'm9.huge' });
    expect(rowsOf(cost)).toEqual([['Root volume (gp3)', '20', '0.08', 160]]);
  });

  it('is a product that the region has no price for', () => {
    const prices: PriceTable = { ...BASIS.prices, prices: new Map() };
    const cost = costOf('aws_nat_gateway', {}, { basis: { ...BASIS, prices } });
    expect(cost).toMatchObject({ status: 'unknown', components: [] });
    expect(cost.unknown).toEqual([
      'no price for vpc/nat-gateway/hours in us-east-1 (mhtctl prices refresh may find one)',
      'no price for vpc/nat-gateway/data in us-east-1 (mhtctl prices refresh may find one)',
    ]);
  });
});

describe('the status of a resource', () => {
  it.each<[string, CostedResource['attributes'], string]>([
    ['aws_nat_gateway', {}, 'priced'],
    ['aws_sqs_queue', {}, 'usage'],
    ['aws_vpc', {}, 'free'],
    ['aws_vpc_endpoint', { vpc_endpoint_type: 'Gateway' }, 'free'],
    ['aws_ssm_parameter', { tier: 'Standard' }, 'free'],
    ['aws_ssm_parameter', { tier: 'Advanced' }, 'unknown'],
  ])('of %s with %j is %s', (type, attributes, status) => {
    expect(costOf(type, attributes).status).toBe(status);
  });
});

describe('public IPv4 addresses', () => {
  const ADDRESS = 'Public IPv4 address';

  it.each<[string, CostedResource['attributes'], boolean]>([
    ['has one', { ...INSTANCE, public_ip: '192.0.2.1' }, true],
    ['has none', { ...INSTANCE, public_ip: '' }, false],
    [
      'may have one by its subnet, and has none',
      { ...INSTANCE, public_ip: '', associate_public_ip_address: true },
      false,
    ],
  ])('of an instance are counted when it %s', (_, attributes, counted) => {
    expect(names('aws_instance', attributes).includes(ADDRESS)).toBe(counted);
  });

  it('are counted once where an instance has an Elastic IP', () => {
    const costs = estimate(
      [
        { address: 'aws_instance.a', type: 'aws_instance', attributes: { ...INSTANCE, public_ip: '192.0.2.1' } },
        { address: 'aws_eip.a', type: 'aws_eip', attributes: { public_ip: '192.0.2.1' } },
      ],
      BASIS,
    );
    expect(costs.map((cost) => rowsOf(cost).filter(([name]) => name === ADDRESS).length)).toEqual([0, 1]);
  });

  it.each<[string, CostedResource['attributes'], string | undefined]>([
    ['faces the internet', { internal: false, subnets: ['a', 'b'] }, '1460'],
    ['is internal', { internal: true, subnets: ['a', 'b'] }, undefined],
    ['is without public IPv4', { ip_address_type: 'dualstack-without-public-ipv4', subnets: ['a'] }, undefined],
    [
      'has Elastic IPs',
      { subnet_mapping: [{ allocation_id: 'x' }, { allocation_id: '' }], subnets: ['a', 'b'] },
      '730',
    ],
  ])('of a load balancer that %s', (_, attributes, hours) => {
    const row = rowsOf(costOf('aws_lb', attributes)).find(([name]) => name === 'Public IPv4 addresses');
    expect(row?.[1]).toBe(hours);
  });

  it('of ones own, brought to AWS, are free', () => {
    expect(costOf('aws_eip', { public_ipv4_pool: 'ipv4pool-ec2-012345' }).status).toBe('free');
    expect(costOf('aws_eip', { public_ipv4_pool: 'amazon' }).status).toBe('priced');
  });
});

describe('what a plan knows only after the apply', () => {
  it('is unknown where the cost hangs on it', () => {
    const cost = costOf(
      'aws_lb',
      { load_balancer_type: 'application', internal: false },
      { afterUnknown: { subnets: true } },
    );
    expect(cost).toMatchObject({ status: 'unknown', unknown: ['subnets is not known yet'] });
    expect(names('aws_lb', { internal: false }, { afterUnknown: { subnets: true } })).toContain(
      'Application load balancer',
    );
  });

  it('is left to what comes with a volume, where it is performance', () => {
    const attributes = { ...INSTANCE, root_block_device: [{ volume_type: 'gp3', volume_size: 20 }] };
    const afterUnknown = { root_block_device: [{ iops: true, throughput: true, volume_id: true }] };
    expect(names('aws_instance', attributes, { afterUnknown })).toEqual(['Instance t3.micro', 'Root volume (gp3)']);
  });

  it.each([
    [[true, false], 'unknown'],
    [[false, false], 'priced'],
    [[], 'unknown'],
  ])('is whether an instance gets an address where subnets give one: %j', (giving, status) => {
    const subnets = giving.map((map_public_ip_on_launch, index) => ({
      address: `aws_subnet.this[${index}]`,
      type: 'aws_subnet',
      attributes: { map_public_ip_on_launch },
    }));
    const afterUnknown = { public_ip: true, associate_public_ip_address: true };
    const instance = { address: 'aws_instance.a', type: 'aws_instance', attributes: INSTANCE, afterUnknown };
    expect(estimate([instance, ...subnets], BASIS)[0]?.status).toBe(status);
  });

  it('is nothing that matters of a resource that is known', () => {
    const afterUnknown = { arn: true, id: true, tags_all: true };
    expect(costOf('aws_nat_gateway', { connectivity_type: 'public' }, { afterUnknown }).status).toBe('priced');
  });
});

describe('what an estimate says of a resource', () => {
  it('is its place and its names', () => {
    const address = 'module.q["a.b]"].module.r[0].aws_sqs_queue.this["x.y"]';
    const arn = 'arn:aws:sqs:us-east-1:111111111111:q';
    expect(costOf('aws_sqs_queue', { arn, name: 'q', tags: { Name: 'The queue' } }, { address })).toMatchObject({
      address,
      arn,
      name: 'The queue',
      module: 'module.q["a.b]"].module.r[0]',
    });
    expect(costOf('aws_sqs_queue', { name: 'q', tags: null })).toMatchObject({ name: 'q', arn: null, module: '' });
    expect(costOf('aws_subnet', {}).name).toBe('aws_subnet.this');
  });

  it('adds up to the cents of its components, whatever they are', () => {
    const resources = Array.from({ length: 1000 }, (_, index) => ({
      address: `aws_ebs_volume.this[${index}]`,
      type: 'aws_ebs_volume',
      attributes: { type: 'gp3', size: index % 7, iops: 3000 + (index % 11), throughput: 125 + (index % 3) },
    }));
    const costs = estimate(resources, BASIS);
    const shown = costs.flatMap(({ components }) => components.map(({ monthly }) => monthly));
    const total = costs.reduce((sum, { components }) => sum + sumOfKind(components, 'fixed'), 0);
    expect(total).toBe(shown.reduce((sum, cents) => sum + cents, 0));
    expect(shown.every(Number.isSafeInteger)).toBe(true);
  });
});
