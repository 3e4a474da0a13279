import { describe, expect, it } from '@jest/globals';
import { conditionsHold } from '../../../../../src/domain/separation/policies/conditions.js';
import { Pattern } from '../../../../../src/domain/separation/policies/pattern.js';
import { policyFact, resourceFact } from '../../../../fakes/separation-evidence.js';
import { documentOf, found, PROD, reachedBy, STAGE, variable } from './two-environments.js';

// The policies of AWS's documentation, with the names of its examples put on what the two environments have.
const USER_GUIDE = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_';

describe(`the examples of ${USER_GUIDE}elements_resource.html`, () => {
  it.each([
    ['1/test/object.jpg', true],
    ['1/2/test/object.jpg', true],
    ['1/2/test/3/object.jpg', true],
    ['1/2/3/test/4/object.jpg', true],
    ['1-test/object.jpg', false],
    ['test/object.jpg', false],
    ['1/2/test.jpg', false],
  ])('match %s: %j', (key, matches) => {
    expect(Pattern.wild('arn:aws:s3:::bucket/*/test/*').matches(`arn:aws:s3:::bucket/${key}`)).toBe(matches);
  });
});

describe(`the examples of ${USER_GUIDE}elements_condition_operators.html`, () => {
  const value = 'arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/document.txt';
  const comparedBy = (operator: string, pattern: string) =>
    conditionsHold({ conditions: [{ operator, key: 'aws:SourceArn', values: [pattern] }], variables: true }, (key) =>
      key === 'aws:SourceArn' ? [value] : undefined,
    );

  it('compare an ARN part by part, and a text as a whole', () => {
    expect(comparedBy('StringLike', 'arn:aws:someservice:*:111122223333:finance/*')).toBe('always');
    expect(comparedBy('ArnLike', 'arn:aws:someservice:*:111122223333:finance/*')).toBe('never');
    expect(comparedBy('ArnEquals', 'arn:aws:someservice:*:*:store/*')).toBe('always');
    expect(comparedBy('ArnNotLike', 'arn:aws:someservice:*:111122223333:finance/*')).toBe('always');
  });

  it('take an absent key for no match, for a match when negated, and for either with IfExists', () => {
    const absent = (operator: string) =>
      conditionsHold({ conditions: [{ operator, key: 'aws:username', values: ['ada'] }], variables: true }, () => [
        null,
      ]);
    expect(['StringEquals', 'StringNotEquals', 'StringEqualsIfExists', 'StringNotEqualsIfExists'].map(absent)).toEqual([
      'never',
      'always',
      'always',
      'always',
    ]);
  });

  it('leave open what is about the kind of an instance, or about credentials', () => {
    const run = (Condition: object) =>
      reachedBy([{ Effect: 'Allow', Action: 'ec2:RunInstances', Resource: '*', Condition }]);
    expect(run({ StringLikeIfExists: { 'ec2:InstanceType': ['t1.*', 't2.*', 'm3.*'] } })).toHaveLength(1);
    expect(run({ Null: { 'aws:TokenIssueTime': 'true' } })).toHaveLength(1);
  });

  it('let a topic send to a queue, and nobody else', () => {
    const queuePolicy = (topic: string) => [
      policyFact(
        'resource',
        STAGE.queue,
        documentOf({
          Effect: 'Allow',
          Principal: { AWS: '111111111111' },
          Action: 'SQS:SendMessage',
          Resource: STAGE.queue,
          Condition: { ArnEquals: { 'aws:SourceArn': topic } },
        }),
      ),
    ];
    expect(found(queuePolicy(STAGE.topic))).toEqual([]);
    expect(found(queuePolicy(PROD.topic))).toHaveLength(1);
  });
});

describe(`the examples of ${USER_GUIDE}elements_notaction.html and elements_notresource.html`, () => {
  it('allow all of a service but one action, or all services but one', () => {
    const buckets = { Effect: 'Allow', NotAction: 's3:DeleteBucket', Resource: 'arn:aws:s3:::*' };
    expect(reachedBy([buckets])[0]?.message).toContain('arn:aws:s3:::mht-api-production-data');
    expect(reachedBy([{ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }])).toHaveLength(1);
    // To assume a role is no action of IAM.
    const roles = (NotAction: unknown) =>
      reachedBy([{ Effect: 'Allow', NotAction, Resource: 'arn:aws:iam::*:role/mht-*' }]);
    expect(roles('iam:*')[0]?.message).toContain(PROD.role);
    expect(roles(['iam:*', 'sts:*'])).toEqual([]);
  });

  it('deny all but a folder, and all but IAM without a second factor', () => {
    const everyBucket = { Effect: 'Allow', Action: 's3:*', Resource: 'arn:aws:s3:::mht-*' };
    const folder = [`${STAGE.bucket}/Payroll`, `${STAGE.bucket}/Payroll/*`];
    expect(reachedBy([everyBucket, { Effect: 'Deny', Action: 's3:*', NotResource: folder }])).toEqual([]);
    const secondFactor = {
      Effect: 'Deny',
      NotAction: 'iam:*',
      Resource: '*',
      Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
    };
    expect(reachedBy([everyBucket, secondFactor])).toHaveLength(1);
  });
});

describe(`the examples of ${USER_GUIDE}variables.html`, () => {
  const queues = {
    Effect: 'Allow',
    Action: 'sqs:*',
    Resource: `arn:aws:sqs:us-east-1:*:${variable('aws:username')}-queue`,
  };
  const of = (holder: string) => [policyFact('identity', holder, documentOf(queues))];
  const resources = [
    resourceFact('arn:aws:sqs:us-east-1:111111111111:mht-api-staging-deployer-queue', {
      tags: { Environment: 'production' },
    }),
  ];

  it('give each user of a group the queues of his name: of whom nobody knows', () => {
    expect(found(of('arn:aws:iam::111111111111:group/mht-api-staging-developers'))).toHaveLength(1);
  });

  it('give a user the queues of his name, and a role none', () => {
    expect(found(of(STAGE.user))).toEqual([]);
    expect(found(of(STAGE.user), { resources })).toHaveLength(1);
    expect(found(of(STAGE.role), { resources })).toEqual([]);
  });

  it('keep home folders in their bucket', () => {
    const home = { Effect: 'Allow', Action: 's3:*', Resource: `${STAGE.bucket}/home/${variable('aws:username')}/*` };
    expect(reachedBy([home])).toEqual([]);
  });
});
