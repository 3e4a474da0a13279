import { describe, expect, it } from '@jest/globals';
import type { FactArea, Unread } from '../../../../src/domain/separation/facts.js';
import { judgeSeparation } from '../../../../src/domain/separation/judge.js';
import { SEPARATION_RULES } from '../../../../src/domain/separation/rules/all.js';
import {
  deployedOf,
  type EnvironmentParts,
  PRODUCTION_PARTS,
  STAGING_PARTS,
  separatedEvidence,
} from '../../../fakes/separated-environments.js';
import { relation } from '../../../fakes/separation-evidence.js';
import { checkOf, failed, judged } from './judged.js';

const AREAS: readonly FactArea[] = [
  'state',
  'backend',
  'tags',
  'existence',
  'network',
  'policies',
  'encryption',
  'data-flow',
  'traffic',
];
const [QA, STAGING, PRODUCTION] = [{ name: 'qa', digit: '3' }, STAGING_PARTS, PRODUCTION_PARTS];
const peering = relation('peering', 'vpc-50000000000000002', 'vpc-90000000000000002', { through: 'pcx-1' });
const counted = SEPARATION_RULES.filter(({ informational }) => informational !== true);

const gap = (parts: Partial<Unread> = {}): Unread => ({
  environments: ['staging'],
  areas: ['network'],
  action: 'ec2:DescribeVpcs',
  subject: 'all VPCs',
  reason: 'AWS denied ec2:DescribeVpcs on all VPCs (UnauthorizedOperation: no)',
  ...parts,
});

describe('environments that share nothing are separated', () => {
  it.each<[string, readonly EnvironmentParts[]]>([
    ['two in one account', [STAGING, PRODUCTION]],
    ['three', [QA, STAGING, PRODUCTION]],
    ['each in an account of its own', [STAGING, { ...PRODUCTION, account: '222222222222' }]],
    ['each in a region of its own', [STAGING, { ...PRODUCTION, region: 'eu-central-1' }]],
    ['in China', [STAGING, PRODUCTION].map((parts) => ({ ...parts, partition: 'aws-cn', region: 'cn-north-1' }))],
    [
      'in GovCloud',
      [STAGING, PRODUCTION].map((parts) => ({ ...parts, partition: 'aws-us-gov', region: 'us-gov-west-1' })),
    ],
    [
      'in two partitions',
      [STAGING, { ...PRODUCTION, partition: 'aws-cn', region: 'cn-north-1', account: '222222222222' }],
    ],
    ['of another project', [STAGING, PRODUCTION].map((parts) => ({ ...parts, project: 'acme-shop' }))],
    [
      "of a project whose name has an environment's in it",
      [STAGING, PRODUCTION].map((parts) => ({ ...parts, project: 'production-line' })),
    ],
    [
      'whose names contain each other',
      [STAGING, { name: 'staging-eu', digit: '9' }, { name: 'eu-staging', digit: '3' }],
    ],
    [
      'without a project and an address',
      [STAGING, PRODUCTION].map((parts) => ({ ...parts, binding: { variables: { environment: parts.name } } })),
    ],
  ])('%s', (_, parts) => {
    const { verdict, checks, edges, coverage } = judged({ deployed: parts.map((each) => deployedOf(each)) });
    expect(checks.flatMap(({ id, findings }) => (id === 'parity' ? [] : findings))).toEqual([]);
    expect(checks.flatMap(({ id, gaps }) => (id === 'parity' ? [] : gaps))).toEqual([]);
    expect(verdict).toBe('separated');
    expect(edges).toEqual([]);
    for (const { name } of parts)
      expect(coverage[name]?.uncheckable).toEqual([
        { resource: 'module.compute.terraform_data.ami', reason: expect.stringContaining('state alone') },
      ]);
  });
});

describe('what was not read', () => {
  it.each(AREAS)('leaves every check open that needs it: %s', (area) => {
    const { checks, verdict } = judged({ unread: [gap({ areas: [area] })] });
    const open = checks.filter(({ id, status }) => status === 'unknown' && id !== 'parity').map(({ id }) => id);
    expect(open).toEqual(counted.filter(({ needs }) => needs.includes(area)).map(({ id }) => id));
    expect(verdict).toBe(open.length === 0 ? 'separated' : 'unproven');
  });

  it('does not hide what was found', () => {
    const judgement = judged({ unread: [gap({ areas: AREAS })], relations: [peering] });
    expect(failed(judgement)).toEqual(['network']);
    expect(judgement.verdict).toBe('violated');
    expect(checkOf(judgement, 'network').gaps).toHaveLength(1);
  });

  it.each<[string, string, string | null]>([
    ['a denial', 'AWS denied ec2:DescribeVpcs on all VPCs (UnauthorizedOperation: no)', 'ec2:DescribeVpcs'],
    ['a denial by another name', 'AWS denied ec2:DescribeVpcs on all VPCs (AccessDenied: no)', 'ec2:DescribeVpcs'],
    ['throttling', 'ec2:DescribeVpcs on all VPCs failed: ThrottlingException: slow down', null],
    ['an expired token', 'the AWS credentials have expired (ec2:DescribeVpcs: expired)', null],
  ])('names the permission that is missing after %s, and none that is not', (_, reason, permission) => {
    expect(checkOf(judged({ unread: [gap({ reason })] }), 'network').gaps).toEqual([
      { environments: ['staging'], areas: ['network'], subject: 'ec2:DescribeVpcs on all VPCs', reason, permission },
    ]);
  });

  it('leaves the pairs open that it is about, and no others', () => {
    const deployed = [QA, STAGING, PRODUCTION].map((parts) => deployedOf(parts));
    expect(checkOf(judged({ deployed, unread: [gap()] }), 'network').pairs).toEqual([
      { environments: ['production', 'qa'], status: 'pass' },
      { environments: ['production', 'staging'], status: 'unknown' },
      { environments: ['qa', 'staging'], status: 'unknown' },
    ]);
  });
});

describe('what was found', () => {
  const deployed = [QA, STAGING, PRODUCTION].map((parts) => deployedOf(parts));

  it('fails the pair that it is between, and no other', () => {
    const { pairs, status } = checkOf(judged({ deployed, relations: [peering] }), 'network');
    expect(status).toBe('fail');
    expect(pairs.filter((pair) => pair.status === 'fail')).toEqual([
      { environments: ['production', 'staging'], status: 'fail' },
    ]);
  });

  it('in one environment alone fails every pair that it is in', () => {
    const tags = { 'vpc-50000000000000002': { Name: 'mht-api-staging-vpc' } };
    const { pairs } = checkOf(judged({ deployed, tags }), 'environment-tags');
    expect(pairs.map(({ status }) => status)).toEqual(['pass', 'fail', 'fail']);
  });

  it('is left out when it has nothing to do with the environment that is asked about', () => {
    const evidence = separatedEvidence({ deployed, relations: [peering] });
    expect(judgeSeparation(evidence, 'qa').verdict).toBe('separated');
    expect(judgeSeparation(evidence, 'qa').checks.map(({ pairs }) => pairs.length)).toEqual(
      SEPARATION_RULES.map(() => 2),
    );
    expect(judgeSeparation(evidence, 'staging').verdict).toBe('violated');
  });

  it('is drawn as an edge from one resource to the other', () => {
    const address = 'module.network.aws_vpc.this';
    expect(judged({ relations: [peering] }).edges).toEqual([
      {
        rule: 'network',
        from: { environment: 'staging', resource: address },
        to: { environment: 'production', resource: address },
      },
    ]);
  });

  it('is listed up to 200 times, in one order, and counted beyond', () => {
    const queues = Array.from({ length: 250 }, (_, index) => `arn:aws:sqs:us-east-1:111111111111:q${index}`);
    const tags = Object.fromEntries(queues.map((arn) => [arn, {}]));
    const instances = queues.map((arn, index) => ({
      address: `aws_sqs_queue.this[${String(index).padStart(3, '0')}]`,
      type: 'aws_sqs_queue',
      attributes: { arn, name: `mht-api-staging-${index}`, tags_all: { Environment: 'staging' } },
    }));
    const turned = [instances, [...instances].reverse()].map((staging) =>
      checkOf(judged({ instances: { staging }, tags }), 'environment-tags'),
    );
    for (const { findings, furtherFindings } of turned) {
      expect(findings.map(({ resource }) => resource)).toEqual(instances.slice(0, 200).map(({ address }) => address));
      expect(furtherFindings).toBe(50);
    }
  });
});

describe('an environment without a state', () => {
  it('leaves open what a state would tell, and says where there is none', () => {
    const judgement = judged({ environments: { staging: { state: null } } });
    expect(judgement.verdict).toBe('unproven');
    expect(failed(judgement)).toEqual([]);
    for (const { id, needs } of counted) {
      const { status, gaps } = checkOf(judgement, id);
      expect([id, status]).toEqual([id, needs.includes('state') ? 'unknown' : 'pass']);
      if (needs.includes('state'))
        expect(gaps[0]).toMatchObject({
          environments: ['staging'],
          subject: 'the state of "staging"',
          reason: expect.stringContaining('s3://mht-api-terraform-state-staging/staging/terraform.tfstate'),
        });
    }
    expect(judgement.coverage['staging']).toEqual({ inState: 0, checked: 0, uncheckable: [] });
  });

  it('that could not be read is said once', () => {
    const unread = [gap({ areas: ['state'], action: 's3:GetObject', subject: 's3://a/b', reason: 'it is not JSON' })];
    const judgement = judged({ environments: { staging: { state: null } }, unread });
    expect(checkOf(judgement, 'names').gaps.map(({ reason }) => reason)).toEqual(['it is not JSON']);
  });

  it("of its own, but the other's, is found by one rule and is no evidence for the rest", () => {
    const [production, staging] = [deployedOf(PRODUCTION), deployedOf(STAGING)];
    const copied = { ...staging.environment, state: production.environment.state };
    const judgement = judged({ deployed: [production, { environment: copied, live: staging.live }] });
    expect(failed(judgement)).toEqual(['backends']);
    expect(checkOf(judgement, 'shared-resources').status).toBe('unknown');
  });
});
