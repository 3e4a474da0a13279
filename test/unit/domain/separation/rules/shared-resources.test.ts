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
