import { describe, expect, it } from '@jest/globals';
import type { StateInstance } from '../../../../../src/domain/state.js';
import {
  attributesAt,
  type Changes,
  deployedOf,
  PRODUCTION_PARTS,
  STAGING_PARTS,
} from '../../../../fakes/separated-environments.js';
import { checkOf, foundBy, judged } from '../judged.js';

const production = deployedOf(PRODUCTION_PARTS);
const typeAt = (address: string) => address.replace(/^(module\.[a-z_]+\.)*/, '').split('.')[0] ?? '';
/** A resource of production's state that is in staging's too. */
const copied = (address: string): Changes => ({
  instances: {
    staging: [{ address: `module.copied.x`, type: typeAt(address), attributes: attributesAt(production, address) }],
  },
});
const added = (instance: StateInstance): Changes => ({ instances: { staging: [instance] } });

const elb = (resource: string) => `arn:aws:elasticloadbalancing:us-east-1:111111111111:${resource}`;
const BALANCER = elb('loadbalancer/app/mht-api-production-lb/9000000000000001');
const LISTENER = elb('listener/app/mht-api-production-lb/9000000000000001/9000000000000004');
const [QUEUE, BUCKET, NAT] = [
  'arn:aws:sqs:us-east-1:111111111111:mht-api-staging-processing-feedback.fifo',
  'arn:aws:s3:::mht-api-staging-logs-50000000',
  'nat-50000000000000010',
];
const allowing = (statement: object) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] });

const TABLE = 'module.database.aws_dynamodb_table.this';
const VPC = 'module.network.aws_vpc.this';
const configuration = {
  [TABLE]: { location: { file: 'modules/database/main.tf', line: 3, column: 1 }, countedBy: [] },
};

describe('shared resources', () => {
  it('are found with their address in both states, and where the configuration writes them', () => {
    const { arn } = attributesAt(production, TABLE);
    expect(foundBy('shared-resources', { ...copied(TABLE), configuration })).toEqual([
      {
        environment: 'production',
        other: 'staging',
        mutual: true,
        resource: TABLE,
        message: `${arn} is in the states of "production" and "staging"`,
        evidence: [`state of production: ${TABLE}`, 'state of staging: module.copied.x'],
        remedy: `leave it in one of them: mhtctl terraform production -- state rm '${TABLE}'`,
        location: { file: 'modules/database/main.tf', line: 3, column: 1 },
      },
    ]);
  });

  it.each([
    'module.network.aws_vpc.this',
    'module.network.aws_subnet.private["us-east-1a"]',
    'module.network.aws_eip.nat["us-east-1a"]',
    'module.network.aws_nat_gateway.this["us-east-1a"]',
    'module.compute.aws_instance.this[0]',
    'module.identity.aws_iam_role.this',
    'module.encryption.aws_kms_key.this',
    'module.encryption.aws_kms_alias.this',
    'module.storage.aws_s3_bucket.this["data"]',
    'module.queues.aws_sqs_queue.this["feedback"]',
    'module.dns.aws_route53_record.this',
    'module.monitoring.aws_cloudwatch_log_group.application',
  ])('are found by whatever identifies them: %s', (address) => {
    expect(foundBy('shared-resources', copied(address)).map(({ resource }) => resource)).toContain(address);
  });

  it('are found by what they brought with them, when they are in the state in another way', () => {
    const volume = {
      address: 'aws_ebs_volume.root',
      type: 'aws_ebs_volume',
      attributes: { id: 'vol-90000000000000008', tags_all: { Environment: 'staging' } },
    };
    const [{ root_block_device: disks } = { root_block_device: [] }] = [
      attributesAt(production, 'module.compute.aws_instance.this[0]') as unknown as {
        readonly root_block_device: readonly { readonly volume_id: string }[];
      },
    ];
    expect(disks[0]?.volume_id).toBe(volume.attributes.id);
    const [finding, ...others] = checkOf(judged(added(volume)), 'shared-resources').findings;
    expect(others).toEqual([]);
    expect(finding?.message).toBe('vol-90000000000000008 is in the states of "production" and "staging"');
    // Not the instance that the volume is of.
    expect(finding?.remedy).toContain("mhtctl terraform staging -- state rm 'aws_ebs_volume.root'");
  });

  it('are found once, by their own place, where a whole brought them too', () => {
    const address = 'module.network.aws_default_security_group.this';
    const findings = foundBy('shared-resources', copied(address));
    expect(findings.map(({ resource }) => resource)).toEqual([address]);
    expect(findings[0]?.remedy).toContain(`state rm '${address}'`);
  });

  it.each<[string, StateInstance]>([
    [
      'a bucket by its name',
      {
        address: 'aws_s3_bucket_versioning.x',
        type: 'aws_s3_bucket_versioning',
        attributes: { bucket: 'mht-api-production-logs-90000000' },
      },
    ],
    [
      'a queue by its URL',
      {
        address: 'aws_sqs_queue_redrive_allow_policy.x',
        type: 'aws_sqs_queue_redrive_allow_policy',
        attributes: {
          queue_url: 'https://sqs.us-east-1.amazonaws.com/111111111111/mht-api-production-processing-feedback.fifo',
        },
      },
    ],
    [
      'a role by its name',
      {
        address: 'aws_iam_role_policy.x',
        type: 'aws_iam_role_policy',
        attributes: { role: 'mht-api-production-instance', name: 'more', policy: '{"Statement":[]}' },
      },
    ],
    [
      'a route table by its id',
      {
        address: 'aws_route.x',
        type: 'aws_route',
        attributes: { route_table_id: 'rtb-90000000000000013', destination_cidr_block: '192.0.2.0/24' },
      },
    ],
    [
      'a network interface by its id',
      {
        address: 'aws_ec2_tag.x',
        type: 'aws_ec2_tag',
        attributes: { resource_id: 'eni-90000000000000007', key: 'Owner', value: 'ada' },
      },
    ],
  ])('are found by a setting in the wrong state: %s', (_, instance) => {
    const [finding, ...others] = foundBy('shared-resources', added(instance));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ environment: 'staging', other: 'production', resource: instance.address });
    expect(finding?.message).toMatch(/^the state of "staging" manages a setting of module\..* of "production"$/);
    expect(finding?.remedy).toContain(`mhtctl terraform staging -- state rm '${instance.address}'`);
  });

  it.each<[string, string, StateInstance['attributes']]>([
    [
      'a security group by a rule for the internet',
      'aws_vpc_security_group_ingress_rule',
      { id: 'sgr-5abcdef0000000001', security_group_id: 'sg-90000000000000003', cidr_ipv4: '198.51.100.0/24' },
    ],
    [
      'a load balancer by a listener',
      'aws_lb_listener',
      { arn: elb('listener/app/mht-api-production-lb/9000000000000001/5abc'), load_balancer_arn: BALANCER },
    ],
    [
      'a listener by a rule',
      'aws_lb_listener_rule',
      {
        arn: elb('listener-rule/app/mht-api-production-lb/9000000000000001/9000000000000004/5abc'),
        listener_arn: LISTENER,
      },
    ],
    [
      'a VPC by a peering of its own',
      'aws_vpc_peering_connection',
      { id: 'pcx-5abcdef0000000001', vpc_id: 'vpc-90000000000000002', peer_vpc_id: 'vpc-90000000000000002' },
    ],
  ])('are found by a part in the wrong state: %s', (_, type, attributes) => {
    const instance = {
      address: `${type}.x`,
      type,
      attributes: { ...attributes, tags_all: { Environment: 'staging' } },
    };
    const [finding, ...others] = foundBy('shared-resources', added(instance));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ environment: 'staging', other: 'production', resource: instance.address });
    expect(finding?.evidence).toEqual([expect.stringMatching(/^state of staging: .*\.x is a part of /)]);
  });

  it.each<[string, string, string, StateInstance['attributes']]>([
    [
      'data-flow',
      'a subscription of its queue',
      'aws_sns_topic_subscription',
      { topic_arn: 'arn:aws:sns:us-east-1:111111111111:mht-api-production-alarms', endpoint: QUEUE },
    ],
    [
      'traffic',
      'its instance behind the target group',
      'aws_lb_target_group_attachment',
      { target_group_arn: elb('targetgroup/mht-api-production-tg/9000000000000002'), target_id: 'i-50000000000000001' },
    ],
    [
      'identity',
      "a role's policy for its bucket",
      'aws_iam_role_policy',
      { role: 'mht-api-production-instance', name: 'x', policy: allowing({ Action: 's3:*', Resource: BUCKET }) },
    ],
    [
      'network',
      'a route to its gateway',
      'aws_route',
      { route_table_id: 'rtb-90000000000000013', destination_cidr_block: '192.0.2.0/24', nat_gateway_id: NAT },
    ],
    [
      'network',
      'a route to addresses of which some are its',
      'aws_route',
      { route_table_id: 'rtb-90000000000000013', destination_cidr_block: '10.4.0.0/15' },
    ],
    [
      'network',
      'a rule for its security group',
      'aws_security_group_rule',
      { security_group_id: 'sg-90000000000000003', source_security_group_id: 'sg-50000000000000003' },
    ],
  ])("are the rule %s's to find when the setting is %s", (rule, _, type, attributes) => {
    expect(foundBy(rule, added({ address: `${type}.x`, type, attributes }))).toHaveLength(1);
  });

  it("are the rule foreign-tags' to find when the part is tagged as the other's too, as one that was moved is", () => {
    const attributes = {
      id: 'sgr-5abcdef0000000001',
      security_group_id: 'sg-90000000000000003',
      tags_all: { Environment: 'production' },
    };
    const type = 'aws_vpc_security_group_ingress_rule';
    expect(foundBy('foreign-tags', added({ address: `${type}.x`, type, attributes }))).toHaveLength(1);
  });

  it('are found by a setting that leads to a third environment, too', () => {
    const deployed = [production, deployedOf(STAGING_PARTS), deployedOf({ name: 'qa', digit: '3' })];
    const topic_arn = 'arn:aws:sns:us-east-1:111111111111:mht-api-production-alarms';
    const endpoint = QUEUE.replace('staging', 'qa');
    const type = 'aws_sns_topic_subscription';
    const instance = { address: `${type}.x`, type, attributes: { topic_arn, endpoint } };
    const judgement = judged({ deployed, ...added(instance) });
    expect(checkOf(judgement, 'shared-resources').findings).toMatchObject([
      { environment: 'staging', other: 'production', resource: instance.address },
    ]);
    expect(checkOf(judgement, 'data-flow').findings).toMatchObject([{ environment: 'production', other: 'qa' }]);
  });

  it.each<[string, StateInstance]>([
    [
      'a setting of what is in no state',
      {
        address: 'aws_s3_bucket_versioning.x',
        type: 'aws_s3_bucket_versioning',
        attributes: { bucket: 'mht-central-artifacts' },
      },
    ],
    ['what has no identifier', { address: 'aws_x.y', type: 'aws_x', attributes: { id: '4711' } }],
    ['what is no AWS resource', { address: 'random_id.x', type: 'random_id', attributes: { id: 'same' } }],
  ])('are not found in %s, though both states have it', (_, instance) => {
    const { checks } = judged({ instances: { staging: [instance], production: [instance] } });
    expect(checks.find(({ id }) => id === 'shared-resources')?.findings).toEqual([]);
  });

  it('are found between every two of three', () => {
    const deployed = [production, deployedOf(STAGING_PARTS), deployedOf({ name: 'qa', digit: '3' })];
    const copy = { address: 'module.copied.x', type: 'aws_vpc', attributes: attributesAt(production, VPC) };
    const found = checkOf(judged({ deployed, instances: { staging: [copy], qa: [copy] } }), 'shared-resources');
    const ends = found.findings.map(({ environment, other }) => `${environment} ${other}`);
    expect([...new Set(ends)]).toEqual(['production qa', 'production staging', 'qa staging']);
  });
});
