import { describe, expect, it } from '@jest/globals';
import type { ResourceFact } from '../../../../../src/domain/separation/facts.js';
import { stateResources } from '../../../../../src/domain/separation/state-facts.js';
import type { StateInstance } from '../../../../../src/domain/state.js';
import { type Changes, deployedOf, STAGING_PARTS } from '../../../../fakes/separated-environments.js';
import { resourceFact } from '../../../../fakes/separation-evidence.js';
import { checkOf, failed, foundBy, judged } from '../judged.js';

const arnOf = (name: string) => `arn:aws:sqs:us-east-1:111111111111:${name}`;
const QUEUE = arnOf('leftover');
const own = { Environment: 'staging', Project: 'mht-api' };
const INSTANCE = 'i-0123456789abcdef0';
const GROUP = 'arn:aws:autoscaling:us-east-1:111111111111:autoScalingGroup:1:autoScalingGroupName/mht-api-staging';

const queue = (tags: Readonly<Record<string, string>>): ResourceFact =>
  resourceFact(QUEUE, { type: 'aws_sqs_queue', name: 'leftover', tags });
const TABLE = 'arn:aws:dynamodb:us-east-1:111111111111:table/old';
const table = resourceFact(TABLE, { type: 'aws_dynamodb_table', name: 'old' });
const inState = (type: string, attributes: StateInstance['attributes']) => ({
  staging: [{ address: `${type}.this`, type, attributes }],
});
const staging = deployedOf(STAGING_PARTS);
/** The identifier of a resource of a type in the state of staging. */
const managed = (type: string) => {
  const found = stateResources(staging.environment).find((resource) => resource.type === type);
  if (found?.ids[0] === undefined) throw new Error(`staging has no ${type}`);
  return found.ids[0];
};
const orphans = (changes: Changes) => foundBy('orphans', changes).map(({ resource }) => resource);

describe('an orphan', () => {
  it('is tagged, is there, and is in no state', () => {
    expect(foundBy('orphans', { resources: [queue(own)] })).toEqual([
      {
        environment: 'staging',
        other: null,
        resource: QUEUE,
        message: `${QUEUE} is tagged Environment = "staging", is there, and is in no state`,
        evidence: [`AWS: ${QUEUE} ${JSON.stringify(own)}`],
        remedy:
          'configure and import it (mhtctl import staging ADDRESS ID), or delete it; until then nothing of "staging" may rely on it',
        location: null,
      },
    ]);
  });

  it.each<[string, Changes]>([
    ['told by its service and by the inventory', { resources: [queue(own)], inventory: [{ arn: QUEUE, tags: own }] }],
    [
      'whose tags only the inventory knows',
      { resources: [resourceFact(QUEUE, { type: 'aws_sqs_queue' })], inventory: [{ arn: QUEUE, tags: own }] },
    ],
    ['of no project', { resources: [queue({ Environment: 'staging' })] }],
    ['that claims to be what bootstrap made', { resources: [queue({ ...own, ManagedBy: 'mhtctl' })] }],
  ])('is found once: %s', (_, changes) => {
    expect(orphans(changes)).toEqual([QUEUE]);
  });

  it.each<[string, Changes]>([
    ['is what the tagging API still shows hours after it was deleted', { inventory: [{ arn: QUEUE, tags: own }] }],
    ["is another project's of an environment of that name", { resources: [queue({ ...own, Project: 'other' })] }],
    ['has a near miss for a tag', { resources: [queue({ Environment: 'Staging' })] }],
    ['has the tag of an environment that is not compared', { resources: [queue({ ...own, Environment: 'training' })] }],
    [
      'is the bucket that bootstrap made for another state',
      {
        resources: [resourceFact('arn:aws:s3:::old', { type: 'aws_s3_bucket', tags: { ...own, ManagedBy: 'mhtctl' } })],
      },
    ],
    [
      'is the lock table that bootstrap made for another state',
      { inventory: [{ arn: TABLE, tags: { ...own, ManagedBy: 'mhtctl' } }], resources: [table] },
    ],
    [
      'is the state bucket',
      {
        resources: [resourceFact('arn:aws:s3:::mht-api-terraform-state-staging', { type: 'aws_s3_bucket', tags: own })],
      },
    ],
    [
      'is the lock table',
      {
        resources: [
          resourceFact('arn:aws:dynamodb:us-east-1:111111111111:table/mht-api-terraform-locks-staging', {
            type: 'aws_dynamodb_table',
            tags: own,
          }),
        ],
      },
    ],
    [
      'is the volume of an instance in the state',
      {
        resources: [
          resourceFact('vol-0123456789abcdef0', {
            type: 'aws_ebs_volume',
            tags: own,
            partOf: 'i-50000000000000001',
          }),
        ],
      },
    ],
    [
      "is a managed group's instance, by its tag alone",
      {
        instances: inState('aws_autoscaling_group', {
          arn: GROUP,
          name: 'mht-api-staging',
          tag: [{ key: 'Environment', value: 'staging' }],
        }),
        tags: { [GROUP]: own },
        resources: [
          resourceFact(INSTANCE, {
            type: 'aws_instance',
            tags: { ...own, 'aws:autoscaling:groupName': 'mht-api-staging' },
          }),
          resourceFact('vol-0123456789abcdef0', { type: 'aws_ebs_volume', tags: own, partOf: INSTANCE }),
        ],
      },
    ],
    [
      "is a managed group's instance, as the group tells",
      {
        instances: inState('aws_autoscaling_group', {
          arn: GROUP,
          name: 'mht-api-staging',
          tag: [{ key: 'Environment', value: 'staging' }],
        }),
        tags: { [GROUP]: own },
        resources: [resourceFact(INSTANCE, { type: 'aws_instance', tags: own, partOf: GROUP })],
      },
    ],
    [
      "is a managed stack's",
      {
        instances: inState('aws_cloudformation_stack', {
          id: 'arn:aws:cloudformation:us-east-1:111111111111:stack/mht-api-staging-agent/0a1b',
          name: 'mht-api-staging-agent',
        }),
        resources: [queue({ ...own, 'aws:cloudformation:stack-name': 'mht-api-staging-agent' })],
      },
    ],
  ])('is not what %s', (_, changes) => {
    expect(failed(judged(changes))).toEqual([]);
  });

  it.each([
    ['of a group that no state holds', { 'aws:autoscaling:groupName': 'by-hand' }],
    ['of a stack that no state holds', { 'aws:cloudformation:stack-name': 'by-hand' }],
  ])('is an instance %s', (_, tags) => {
    expect(
      orphans({ resources: [resourceFact(INSTANCE, { type: 'aws_instance', tags: { ...own, ...tags } })] }),
    ).toEqual([INSTANCE]);
  });

  it.each([
    {
      part: 'a rule by hand on a managed group',
      type: 'aws_vpc_security_group_ingress_rule',
      of: 'aws_security_group',
    },
    { part: 'a listener by hand on a managed load balancer', type: 'aws_lb_listener', of: 'aws_lb' },
    { part: 'a rule by hand of a managed listener', type: 'aws_lb_listener_rule', of: 'aws_lb_listener' },
  ])('is $part', ({ type, of }) => {
    const id = type.startsWith('aws_lb')
      ? 'arn:aws:elasticloadbalancing:us-east-1:111111111111:listener/app/by-hand/1/2'
      : 'sgr-0123456789abcdef0';
    expect(orphans({ resources: [resourceFact(id, { type, tags: own, partOf: managed(of) })] })).toEqual([id]);
  });

  it('is nothing where there is no state to be in', () => {
    const judgement = judged({ environments: { staging: { state: null } }, resources: [queue(own)] });
    expect(checkOf(judgement, 'orphans')).toMatchObject({ status: 'unknown', findings: [] });
  });
});

describe('what is tagged, in no state, and perhaps not there', () => {
  const repository = 'arn:aws:ecr:us-east-1:111111111111:repository/mht-api-staging';

  it.each<[string, string, Changes]>([
    ['of a kind that nobody lists', repository, {}],
    ['of a type that was not listed', QUEUE, { unlisted: ['aws_sqs_queue'] }],
    ['in a region that nobody looks at', 'arn:aws:ec2:eu-west-1:111111111111:vpc/vpc-0123456789abcdef0', {}],
    ['in an account that nobody looks at', arnOf('x').replace('1111:x', '9999:x').replace('11111111', '99999999'), {}],
  ])('leaves the check open: %s', (_, arn, changes) => {
    const judgement = judged({ ...changes, inventory: [{ arn, tags: own }] });
    const { status, findings, gaps } = checkOf(judgement, 'orphans');
    expect([status, findings]).toEqual(['unknown', []]);
    expect(gaps).toEqual([
      expect.objectContaining({
        environments: ['staging'],
        reason: expect.stringContaining('does not ask its service whether it is still there'),
      }),
    ]);
  });
});
