import { describe, expect, it } from '@jest/globals';
import type { CostedResource } from '../../../../src/domain/cost/costed-resource.js';
import { Decimal } from '../../../../src/domain/cost/decimal.js';
import { estimate } from '../../../../src/domain/cost/estimate.js';
import { costsOutsideState } from '../../../../src/domain/cost/inventory.js';
import { findSavings } from '../../../../src/domain/cost/savings/index.js';
import { Usage } from '../../../../src/domain/cost/usage.js';
import type { HclAttribute, HclValue } from '../../../../src/domain/hcl-value.js';
import type { Json } from '../../../../src/domain/plan.js';
import { STAGING } from '../../../fakes/bindings.js';
import { scheduleResources } from '../../../fakes/off-hours.js';
import { BASIS, demoState } from '../../../support/cost.js';

const resource = (address: string, attributes: { readonly [name: string]: Json } = {}): CostedResource => ({
  address,
  type: /([a-z0-9_]+)\.[^.]+$/.exec(address)?.[1] ?? '',
  attributes,
});
const INSTANCE = { instance_type: 't3.medium', root_block_device: [{ volume_type: 'gp3', volume_size: 20 }] };

interface Setting {
  readonly protected?: boolean;
  readonly offHours?: boolean;
  readonly variables?: Readonly<Record<string, HclValue>>;
  readonly usage?: Usage;
  readonly tagged?: readonly string[];
  readonly other?: {
    readonly resources: readonly CostedResource[];
    readonly variables?: Setting['variables'];
    readonly protected?: boolean;
  };
}

function variablesOf(name: string, values: Setting['variables'] = {}): Readonly<Record<string, HclAttribute>> {
  return Object.fromEntries(
    Object.entries(values).map(([variable, value], index) => [
      variable,
      { name: variable, value, location: { file: `terraform/terraform.tfvars.${name}`, line: index + 1, column: 1 } },
    ]),
  );
}

function savingsOf(resources: readonly CostedResource[], setting: Setting = {}) {
  const basis = { ...BASIS, usage: setting.usage ?? Usage.NONE };
  const { other } = setting;
  return findSavings({
    environment: {
      name: 'staging',
      protected: setting.protected ?? false,
      offHours: setting.offHours ?? true,
      costs: estimate(resources, basis),
      variables: variablesOf('staging', setting.variables),
      variablesFile: 'terraform/terraform.tfvars.staging',
    },
    resources,
    basis,
    outside: costsOutsideState(
      resources,
      (setting.tagged ?? []).map((arn) => ({ arn, tags: {} })),
      STAGING.backend,
      basis,
    ),
    other:
      other === undefined
        ? undefined
        : {
            name: 'production',
            protected: other.protected ?? true,
            costs: estimate(other.resources, BASIS),
            variables: variablesOf('production', other.variables),
          },
  });
}
const rules = (...args: Parameters<typeof savingsOf>) => savingsOf(...args).map(({ rule }) => rule);

describe('off-hours', () => {
  it('save the hours of instances, and not their volumes', () => {
    // 730 x 60/168 = 260.714 hours; x 0.0416 = 10.85; two instances at 30.37 each.
    expect(savingsOf([resource('aws_instance.this[0]', INSTANCE), resource('aws_instance.this[1]', INSTANCE)])).toEqual(
      [
        {
          rule: 'off-hours',
          resources: ['aws_instance.this[0]', 'aws_instance.this[1]'],
          monthly: 2 * (3037 - 1085),
          kind: 'fixed',
          message: 'running twelve hours on weekdays, the 2 instances would be on for 261 hours of 730',
          change: 'mhtctl schedule staging --start 08:00 --stop 20:00 --time-zone ZONE',
        },
      ],
    );
  });

  it('are not proposed where the policy does not allow them', () => {
    expect(rules([resource('aws_instance.this', INSTANCE)], { offHours: false })).toEqual([]);
  });

  it('are not proposed for instances that a schedule stops already', () => {
    const [own, other] = ['i-1', 'i-2'].map((id) => resource(`aws_instance.${id}`, { ...INSTANCE, id }));
    if (own === undefined || other === undefined) throw new Error('there are two');
    expect(rules([own, ...scheduleResources(['i-1'])])).toEqual([]);
    expect(savingsOf([own, other, ...scheduleResources(['i-1'])])[0]?.resources).toEqual(['aws_instance.i-2']);
  });

  it('are not proposed where the instances are stopped that long already', () => {
    const usage = Usage.NONE.having('aws_instance', 'hours', Decimal.of(260));
    expect(rules([resource('aws_instance.this', INSTANCE)], { usage })).toEqual([]);
  });

  it('save nothing of an instance without a known price', () => {
    expect(rules([resource('aws_instance.this', { ...INSTANCE, instance_type: 'm9.huge' })])).toEqual([]);
  });
});

describe('what nothing uses', () => {
  it.each<[string, readonly CostedResource[]]>([
    ['an address', [resource('aws_eip.a', { id: 'eipalloc-1' })]],
    ['a volume', [resource('aws_ebs_volume.a', { id: 'vol-1', type: 'gp3', size: 10 })]],
    ['a NAT gateway', [resource('aws_nat_gateway.a', { id: 'nat-1' })]],
    ['a load balancer', [resource('aws_lb.a', { arn: 'arn:aws:elasticloadbalancing:us-east-1:1:loadbalancer/a' })]],
  ])('is named with what it costs: %s', (_, resources) => {
    const [saving] = savingsOf(resources);
    expect(saving).toMatchObject({ rule: 'idle', resources: [resources[0]?.address], kind: 'fixed' });
    expect(saving?.monthly).toBeGreaterThan(0);
  });

  it.each<[string, readonly CostedResource[]]>([
    ['an address of an instance', [resource('aws_eip.a', { id: 'eipalloc-1', instance: 'i-1' })]],
    [
      'an address of a NAT gateway',
      [
        resource('aws_eip.a', { id: 'eipalloc-1', allocation_id: 'eipalloc-1' }),
        resource('aws_nat_gateway.a', { id: 'nat-1', allocation_id: 'eipalloc-1' }),
        resource('aws_route.a', { nat_gateway_id: 'nat-1' }),
      ],
    ],
    [
      'a volume that is attached',
      [
        resource('aws_ebs_volume.a', { id: 'vol-1', size: 10 }),
        resource('aws_volume_attachment.a', { volume_id: 'vol-1' }),
      ],
    ],
    [
      'a NAT gateway with a route inside its table',
      [
        resource('aws_nat_gateway.a', { id: 'nat-1' }),
        resource('aws_route_table.a', { route: [{ nat_gateway_id: 'nat-1' }] }),
      ],
    ],
    [
      'a load balancer that listens',
      [resource('aws_lb.a', { arn: 'arn:1' }), resource('aws_lb_listener.a', { load_balancer_arn: 'arn:1' })],
    ],
  ])('is not %s', (_, resources) => {
    expect(rules(resources)).toEqual([]);
  });

  it('is nothing of the demo', async () => {
    const { instances } = await demoState('production');
    expect(rules(instances, { protected: true, offHours: false })).toEqual([]);
  });

  it('is an orphan with a known price', () => {
    const address = 'arn:aws:ec2:us-east-1:1:elastic-ip/eipalloc-0123456789abcdef0';
    const tagged = [
      address,
      'arn:aws:ec2:us-east-1:1:instance/i-0123456789abcdef0',
      'arn:aws:s3:::mht-api-terraform-state-staging',
    ];
    expect(savingsOf([], { tagged })).toMatchObject([{ rule: 'orphaned', resources: [address], monthly: 365 }]);
  });
});

describe('an environment that is larger than the protected one', () => {
  const two = [resource('aws_instance.this[0]', INSTANCE), resource('aws_instance.this[1]', INSTANCE)];
  const one = [resource('aws_instance.this[0]', { ...INSTANCE, instance_type: 't3.small' })];
  const variables = { instance_type: 't3.medium', instance_count: 2 };
  const smaller = { resources: one, variables: { instance_type: 't3.small', instance_count: 1 } };

  it('is told which lines make it so, and what that costs', () => {
    // Two at 30.37 + 1.60 against one at 15.18 + 1.60.
    expect(savingsOf(two, { variables, other: smaller }).find(({ rule }) => rule === 'oversized')).toEqual({
      rule: 'oversized',
      resources: ['aws_instance.this[0]', 'aws_instance.this[1]'],
      monthly: 2 * 3197 - 1678,
      kind: 'fixed',
      message: 'aws_instance costs more here than in production',
      change:
        'edit line 1 of terraform/terraform.tfvars.staging: instance_type = "t3.small"; ' +
        'edit line 2 of terraform/terraform.tfvars.staging: instance_count = 1',
    });
  });

  it('is told where to add a value that only the other sets', () => {
    const saving = savingsOf(two, { other: { ...smaller, variables: { instance_count: 1 } } }).find(
      ({ rule }) => rule === 'oversized',
    );
    expect(saving?.change).toBe('add to terraform/terraform.tfvars.staging: instance_count = 1');
  });

  it.each<[string, Setting]>([
    ['it is protected itself', { protected: true, variables, other: smaller }],
    ['the other is not protected', { variables, other: { ...smaller, protected: false } }],
    ['no value differs', { variables, other: { ...smaller, variables } }],
    ['it is not compared', { variables }],
  ])('is not told so when %s', (_, setting) => {
    expect(rules(two, setting)).not.toContain('oversized');
  });
});

describe('the tiering of a bucket', () => {
  const bucket = resource('aws_s3_bucket.a', { bucket: 'a' });
  const tiered = resource('aws_s3_bucket_lifecycle_configuration.a', {
    bucket: 'a',
    rule: [
      { status: 'Enabled', filter: [{ prefix: '' }], transition: [{ days: 0, storage_class: 'INTELLIGENT_TIERING' }] },
    ],
  });
  const stated = (stored_gb: number, objects: number, infrequent_share: number) =>
    Object.entries({ stored_gb, objects, infrequent_share }).reduce(
      (usage, [name, value]) => usage.having('aws_s3_bucket', name, Decimal.of(value)),
      Usage.NONE,
    );
  const variables = { enable_s3_intelligent_tiering: true };

  it('pays off where much is cold and objects are few', () => {
    // 1000 GB: 23.00 against 500 x 0.023 + 500 x 0.0125 + 10 x 0.0025 = 11.50 + 6.25 + 0.03.
    const [saving] = savingsOf([bucket], {
      usage: stated(1000, 10_000, 0.5),
      variables: { enable_s3_intelligent_tiering: false },
    });
    expect(saving).toMatchObject({
      rule: 'tiering',
      monthly: 2300 - 1150 - 625 - 3,
      kind: 'usage',
      change: 'edit line 1 of terraform/terraform.tfvars.staging: enable_s3_intelligent_tiering = true',
    });
  });

  it('is better off where there are many small objects', () => {
    // 10 GB in ten million objects: watching them costs 25.00, and the colder tier saves 0.06.
    const [saving] = savingsOf([bucket, tiered], { usage: stated(10, 10_000_000, 0.5), variables });
    expect(saving).toMatchObject({
      rule: 'tiering',
      monthly: 12 + 6 + 2500 - 23,
      change: 'edit line 1 of terraform/terraform.tfvars.staging: enable_s3_intelligent_tiering = false',
    });
  });

  it('is left alone where it is as it should be', () => {
    expect(rules([bucket, tiered], { usage: stated(1000, 10_000, 0.5), variables })).toEqual([]);
  });

  it('is not judged by numbers that nobody has stated', () => {
    const usage = Usage.NONE.having('aws_s3_bucket', 'stored_gb', Decimal.of(40_000));
    expect(rules([bucket], { usage })).toEqual([]);
  });
});

describe('savings', () => {
  it('come the largest first', () => {
    const found = savingsOf([
      resource('aws_eip.a', { id: 'eipalloc-1' }),
      resource('aws_nat_gateway.a', { id: 'nat-1' }),
      resource('aws_instance.a', INSTANCE),
    ]);
    const amounts = found.map(({ monthly }) => monthly);
    expect(amounts).toEqual([3285, 3037 - 1085, 365]);
  });
});
