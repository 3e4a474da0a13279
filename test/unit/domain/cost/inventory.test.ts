import { describe, expect, it } from '@jest/globals';
import { costsOutsideState } from '../../../../src/domain/cost/inventory.js';
import { STAGING } from '../../../fakes/bindings.js';
import { BASIS, demoState, rowsOf } from '../../../support/cost.js';

const ARN = 'arn:aws:ec2:us-east-1:123456789012:';
const tagged = (arn: string, tags: Readonly<Record<string, string>> = {}) => ({ arn, tags });
const outside = (...arns: readonly string[]) =>
  costsOutsideState(
    [],
    arns.map((arn) => tagged(arn)),
    STAGING.backend,
    BASIS,
  );

/** What the emulator's tagging API lists of the demo's staging; the backend's bucket and table are no state's. */
const LISTED = [
  'arn:aws:acm:us-east-1:123456789012:certificate/6789a4c2-f3fc-4c03-93d4-dd0a636a4809',
  'arn:aws:cloudwatch:us-east-1:123456789012:alarm:mht-api-staging-alb-5xx',
  'arn:aws:dynamodb:us-east-1:123456789012:table/mht-api-staging-table',
  'arn:aws:dynamodb:us-east-1:123456789012:table/mht-api-terraform-locks-staging',
  `${ARN}flow-logs/fl-958c9ca6bed815a8d`,
  `${ARN}instance/i-99932ce9eff0324b0`,
  `${ARN}natgateway/nat-df77c58db912764d1`,
  `${ARN}network-interface/eni-c866931e61f004825`,
  `${ARN}volume/vol-e256ee974fe52f37b`,
  'arn:aws:logs:us-east-1:123456789012:log-group:mht-api-staging-application',
  'arn:aws:s3:::mht-api-staging-logs-5064b200',
  'arn:aws:s3:::mht-api-terraform-state-staging',
  'arn:aws:sqs:us-east-1:123456789012:mht-api-staging-processing-feedback-dlq.fifo',
];

describe('what is tagged', () => {
  it('is the state, or a part of what the state has, or the backend of it', async () => {
    const { instances } = await demoState('staging');
    const found = costsOutsideState(
      instances,
      LISTED.map((arn) => tagged(arn)),
      STAGING.backend,
      BASIS,
    );
    expect(found.map(({ arn, origin, status }) => [arn, origin, status])).toEqual([
      ['arn:aws:dynamodb:us-east-1:123456789012:table/mht-api-terraform-locks-staging', 'backend', 'usage'],
      ['arn:aws:s3:::mht-api-terraform-state-staging', 'backend', 'usage'],
    ]);
  });

  it('is reckoned to hold little where it is the backend', () => {
    const [bucket] = outside('arn:aws:s3:::mht-api-terraform-state-staging');
    expect(bucket && rowsOf(bucket)).toEqual([
      ['Storage', '0.1', '0.023', 0],
      ['Write requests', '1', '0.005', 1],
      ['Read requests', '1', '0.0004', 0],
    ]);
  });

  it('is an orphan otherwise, without an address and by its own name', () => {
    const [orphan] = costsOutsideState(
      [],
      [tagged(`${ARN}elastic-ip/eipalloc-0123456789abcdef0`, { Name: 'left-over' })],
      STAGING.backend,
      BASIS,
    );
    expect(orphan).toMatchObject({ address: null, name: 'left-over', type: 'aws_eip', origin: 'orphan', module: '' });
  });

  it('is no part of the state because it is named like something of another kind', async () => {
    const { instances } = await demoState('staging');
    const [queue] = costsOutsideState(
      instances,
      [tagged('arn:aws:sqs:us-east-1:123456789012:mht-api-staging-table')],
      STAGING.backend,
      BASIS,
    );
    expect(queue).toMatchObject({ name: 'mht-api-staging-table', origin: 'orphan', status: 'usage' });
  });
});

describe('an orphan', () => {
  it.each([
    [`${ARN}natgateway/nat-0123456789abcdef0`, 'NAT gateway', 3285],
    ['arn:aws:kms:us-east-1:123456789012:key/1', 'Customer managed key', 100],
    ['arn:aws:secretsmanager:us-east-1:123456789012:secret:x-AbCdEf', 'Secret', 40],
    ['arn:aws:sqs:us-east-1:123456789012:x.fifo', 'Requests', 50],
    ['arn:aws:s3:::some-bucket', 'Storage', 23],
    ['arn:aws:route53:::hostedzone/Z1', 'Hosted zone', 50],
  ])('that its ARN tells the price of is priced: %s', (arn, name, cents) => {
    const [orphan] = outside(arn);
    expect(orphan?.status).not.toBe('unknown');
    expect(orphan && rowsOf(orphan).find(([part]) => part === name)?.[3]).toBe(cents);
  });

  it.each([
    [`${ARN}instance/i-0123456789abcdef0`, 'instance_type is not known yet'],
    [`${ARN}volume/vol-0123456789abcdef0`, 'type is not known yet'],
    ['arn:aws:elasticloadbalancing:us-east-1:1:loadbalancer/app/x/1', 'subnets is not known yet'],
    ['arn:aws:dynamodb:us-east-1:1:table/x', 'billing_mode is not known yet'],
    ['arn:aws:mq:us-east-1:1:broker:x:b-1', 'no prices for mq:broker'],
    [
      `${ARN.replace('us-east-1', 'eu-west-1')}natgateway/nat-0123456789abcdef0`,
      'it is in eu-west-1, and the prices are those of us-east-1',
    ],
  ])('that it does not tell the price of is unknown: %s', (arn, reason) => {
    const [orphan] = outside(arn);
    expect(orphan?.status).toBe('unknown');
    expect(orphan?.unknown).toContain(reason);
  });

  it.each([
    `${ARN}vpc/vpc-0123456789abcdef0`,
    `${ARN}subnet/subnet-0123456789abcdef0`,
    `${ARN}security-group/sg-0123456789abcdef0`,
    'arn:aws:elasticloadbalancing:us-east-1:1:targetgroup/x/1',
    'arn:aws:iam::1:role/x',
  ])('that costs nothing is free: %s', (arn) => {
    expect(outside(arn)[0]?.status).toBe('free');
  });
});
