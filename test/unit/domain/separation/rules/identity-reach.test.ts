import { describe, expect, it } from '@jest/globals';
import { policyFact } from '../../../../fakes/separation-evidence.js';
import { documentOf, found, PROD, PROD_APART, reachedBy, STAGE, variable } from '../policies/two-environments.js';

const allow = (Action: unknown, Resource: unknown, rest: object = {}) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...rest,
});
const deny = (Action: unknown, Resource: unknown, rest: object = {}) => ({ Effect: 'Deny', Action, Resource, ...rest });

describe('a policy of staging reaches production', () => {
  it.each<[string, object, string]>([
    ['by an ARN', allow('sqs:SendMessage', PROD.queue), PROD.queue],
    ['by an ARN among others', allow(['sqs:SendMessage'], [STAGE.queue, PROD.queue]), PROD.queue],
    ['by the objects of a bucket', allow('s3:GetObject', `${PROD.bucket}/*`), PROD.bucket],
    ['by one object', allow('s3:GetObject', `${PROD.bucket}/reports/2026.csv`), PROD.bucket],
    ['by a stream of a log group', allow('logs:PutLogEvents', `${PROD.logGroup}:log-stream:a`), PROD.logGroup],
    ['by every stream of a log group', allow('logs:PutLogEvents', `${PROD.logGroup}:*`), PROD.logGroup],
    [
      'by a wildcard that runs into keys',
      allow('s3:PutObject', 'arn:aws:s3:::*-staging-*'),
      `${PROD.bucket}/-staging-`,
    ],
    ['by the streams of every log group', allow('logs:*', 'arn:aws:logs:*:*:log-group:*:log-stream:a*'), PROD.logGroup],
    ['by an index of a table', allow('dynamodb:Query', `${PROD.table}/index/by-date`), PROD.table],
    ['by an id that names nobody', allow('kms:Decrypt', PROD.key), PROD.key],
    ['by an instance', allow('ec2:StopInstances', PROD.instance), PROD.instance],
    ['by its role', allow('sts:AssumeRole', PROD.role), PROD.role],
    ['by passing its role', allow('iam:PassRole', PROD.role), PROD.role],
    ['by a wildcard', allow('sqs:*', 'arn:aws:sqs:us-east-1:111111111111:mht-api-*'), PROD.queue],
    ['by a wildcard in the middle', allow('s3:*', 'arn:aws:s3:::mht-*-data'), PROD.bucket],
    ['by a wildcard over buckets and objects', allow('s3:GetObject', 'arn:aws:s3:::mht-*/reports/*'), PROD.bucket],
    ['by a wildcard for one character', allow('sqs:*', PROD.queue.replace('production', 'pr?duction')), PROD.queue],
    ['by a wildcard over regions', allow('sqs:*', 'arn:aws:sqs:*:111111111111:mht-api-*'), PROD.queue],
    ['by a wildcard that runs over colons', allow('sqs:*', 'arn:aws:sqs:us-*'), PROD.queue],
    ['by a secret without its suffix', allow('secretsmanager:*', `${PROD.secret.slice(0, -6)}??????`), PROD.secret],
    ['by everything', allow('*', '*'), 'which reaches'],
    ['by everything of a service', allow('s3:*', '*'), PROD.bucket],
    ['by everything of a kind', allow('iam:PassRole', 'arn:aws:iam::111111111111:role/*'), PROD.role],
    ['in any case of the action', allow('SQS:sendmessage', '*'), PROD.queue],
    ['by an action with a wildcard', allow('s3:Get*', '*'), PROD.bucket],
    ['by assuming any role', allow('sts:AssumeRole', '*'), PROD.role],
    ['by a command to any instance', allow('ssm:SendCommand', '*'), PROD.instance],
    ['by a key for any instance', allow('ec2-instance-connect:SendSSHPublicKey', '*'), PROD.instance],
    ['by one action that can be held to a resource', allow(['sqs:ListQueues', 'sqs:PurgeQueue'], '*'), PROD.queue],
    ['by NotResource', { Effect: 'Allow', Action: 'dynamodb:*', NotResource: STAGE.table }, PROD.table],
    ['by NotResource, however much it lists', { Effect: 'Allow', Action: 's3:*', NotResource: PROD.bucket }, 'data'],
    ['by NotAction', { Effect: 'Allow', NotAction: 'iam:*', Resource: PROD.queue }, PROD.queue],
    ['by NotAction and everything', { Effect: 'Allow', NotAction: ['iam:*', 'sts:*'], Resource: '*' }, 'reaches'],
    ['to its state bucket', allow('s3:GetObject', 'arn:aws:s3:::mht-api-terraform-*'), 'mht-api-terraform-state-prod'],
    ['to its lock table', allow('dynamodb:*', 'arn:aws:dynamodb:*:*:table/*-locks-*'), 'locks-production'],
  ])('%s', (_, statement, shown) => {
    const findings = reachedBy([statement as never]);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ environment: 'staging', other: 'production', resource: STAGE.role });
    expect(findings[0]?.message).toContain(shown);
  });
});

describe('a policy of staging does not reach production', () => {
  it.each<[string, object]>([
    ['by its own ARNs', allow('sqs:*', [STAGE.queue, `${STAGE.bucket}/*`])],
    ['by a wildcard over its own', allow('sqs:*', 'arn:aws:sqs:us-east-1:111111111111:mht-api-staging-*')],
    ['by a path in its own bucket', allow('s3:*', `${STAGE.bucket}/*/2026-*`)],
    ['by a wildcard over what nobody has', allow('lambda:InvokeFunction', '*')],
    ['by a wildcard around its name', allow('dynamodb:*', 'arn:aws:dynamodb:*:*:table/*-staging-*')],
    ['by a wildcard around a log group', allow('logs:*', 'arn:aws:logs:*:*:log-group:*staging*')],
    ['by another project', allow('sqs:*', 'arn:aws:sqs:us-east-1:111111111111:billing-*')],
    ['by a wildcard of another service', allow('sqs:*', 'arn:aws:sns:*:*:*')],
    ['by an action of another service', allow('sqs:SendMessage', 'arn:aws:s3:::mht-api-*')],
    ['by a wildcard of another region', allow('sqs:*', 'arn:aws:sqs:eu-west-1:*:*')],
    ['by a longer name', allow('sqs:*', 'arn:aws:sqs:*:*:mht-api-*-queue-dead')],
    ['by reading lists', allow(['ec2:Describe*', 's3:ListAllMyBuckets', 'kms:ListKeys', 'sqs:ListQueues'], '*')],
    ['by one list', allow('ec2:DescribeInstances', '*')],
    ['by the token of a registry', allow('ecr:GetAuthorizationToken', '*')],
    ['by what the agent on an instance says of it', allow(['ssm:UpdateInstanceInformation', 'ssmmessages:*'], '*')],
    ['by writing metrics', allow('cloudwatch:PutMetricData', '*')],
    ['by listing log groups and tags', allow(['logs:DescribeLogGroups', 'tag:GetResources'], '*')],
    ['by asking who it is', allow('sts:GetCallerIdentity', '*')],
    ['by a parameter', allow('ssm:GetParameter', '*')],
    ['by making a service-linked role', allow('iam:CreateServiceLinkedRole', '*')],
    ['by traces', allow('xray:PutTraceSegments', '*')],
    ['by NotAction that leaves lists alone', { Effect: 'Allow', NotAction: '*', Resource: '*' }],
    ['by a NotResource over both', { Effect: 'Allow', Action: 'sqs:*', NotResource: 'arn:aws:sqs:*:*:mht-api-*' }],
    ['by a NotResource that lists what is below', { Effect: 'Allow', Action: 'logs:*', NotResource: 'arn:aws:logs:*' }],
    ['by a Deny alone', deny('sqs:*', PROD.queue)],
  ])('%s', (_, statement) => {
    expect(reachedBy([statement as never])).toEqual([]);
  });
});

describe('what staging is allowed is taken away', () => {
  const wide = allow('sqs:*', 'arn:aws:sqs:us-east-1:111111111111:mht-api-*');

  it.each<[string, object]>([
    ['by a Deny of the same', deny('sqs:*', PROD.queue)],
    ['by a Deny of more', deny('*', '*')],
    ['by a Deny of a wildcard', deny('sqs:*', 'arn:aws:sqs:*:*:*production*')],
    [
      'by a Deny of everything but its own',
      { Effect: 'Deny', Action: '*', NotResource: 'arn:aws:sqs:*:*:*-staging-*' },
    ],
    ['by a Deny of all actions but some', { Effect: 'Deny', NotAction: 's3:*', Resource: PROD.queue }],
    [
      'by a Deny of what is tagged otherwise',
      deny('*', '*', { Condition: { StringNotEquals: { 'aws:ResourceTag/Environment': 'staging' } } }),
    ],
    [
      'by a Deny of what is tagged otherwise than the role',
      deny('*', '*', {
        Condition: {
          StringNotEquals: { 'aws:ResourceTag/Environment': variable('aws:PrincipalTag/Environment') },
        },
      }),
    ],
  ])('%s', (_, denial) => {
    expect(reachedBy([wide, denial as never])).toEqual([]);
  });

  it.each<[string, object]>([
    ['of some of the actions', deny('sqs:DeleteQueue', PROD.queue)],
    ['of its own queue', deny('sqs:*', STAGE.queue)],
    [
      'under a condition that nobody can tell',
      deny('*', '*', { Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
    ],
    [
      'under a condition that does not hold',
      deny('*', '*', { Condition: { StringEquals: { 'aws:ResourceTag/Environment': 'x' } } }),
    ],
    ['of everything but production', { Effect: 'Deny', Action: '*', NotResource: PROD.queue }],
    ['of what a variable does not tell', deny('*', `arn:aws:sqs:*:*:${variable('aws:FederatedProvider')}`)],
  ])('but not by a Deny %s', (_, denial) => {
    expect(reachedBy([wide, denial as never])).toHaveLength(1);
  });

  it('by a Deny of the bucket, but not of its objects', () => {
    expect(
      reachedBy([
        allow('s3:*', 'arn:aws:s3:::mht-*'),
        deny('s3:*', PROD.bucket),
        deny('*', 'arn:aws:s3:::*terraform*'),
      ]),
    ).toHaveLength(1);
    expect(
      reachedBy([
        allow('s3:*', 'arn:aws:s3:::mht-*'),
        deny('s3:*', [PROD.bucket, `${PROD.bucket}/*`]),
        deny('*', 'arn:aws:s3:::*terraform*'),
      ]),
    ).toEqual([]);
  });

  it('by a Deny of an ARN that does not exist yet', () => {
    const future = PROD.queue.replace('queue', 'future');
    expect(reachedBy([allow('sqs:SendMessage', future)])).toHaveLength(1);
    expect(reachedBy([allow('sqs:SendMessage', future), deny('sqs:*', '*')])).toEqual([]);
  });

  const role = (...documents: readonly ['identity' | 'boundary', ...object[]][]) =>
    documents.map(([kind, ...statements]) => policyFact(kind, STAGE.role, documentOf(...(statements as never[]))));

  it('by a Deny of what is tagged otherwise, even what is written out', () => {
    const denial = deny('*', '*', { Condition: { StringNotEquals: { 'aws:ResourceTag/Environment': 'staging' } } });
    expect(reachedBy([allow('sqs:SendMessage', PROD.queue), denial])).toEqual([]);
  });

  it('by a Deny in another policy of the role', () => {
    expect(found(role(['identity', wide], ['identity', deny('sqs:*', PROD.queue)]))).toEqual([]);
  });

  it('not by a Deny of another role', () => {
    const other = policyFact('identity', STAGE.user, documentOf(deny('*', '*')));
    expect(found([...role(['identity', wide]), other])).toHaveLength(1);
  });

  it.each<[string, object, number]>([
    ['does not allow the resource', allow('*', STAGE.queue), 0],
    ['does not allow the action', allow('s3:*', '*'), 0],
    ['allows it', allow('sqs:Send*', '*'), 1],
    ['denies it', deny('*', PROD.queue), 0],
    ['allows everything but it', { Effect: 'Allow', Action: '*', NotResource: PROD.queue }, 0],
    [
      'allows it to nobody of staging',
      allow('*', '*', { Condition: { StringEquals: { 'aws:PrincipalTag/Environment': 'x' } } }),
      0,
    ],
  ])('by a boundary that %s', (_, statement, findings) => {
    expect(found(role(['identity', wide], ['boundary', statement]))).toHaveLength(findings);
  });

  it('not by a boundary that cannot be read', () => {
    const broken = policyFact('boundary', STAGE.role, '{');
    expect(found([...role(['identity', wide]), broken])).toHaveLength(1);
  });

  it('not by a Deny that the state alone knows of', () => {
    const gone = policyFact('identity', STAGE.role, documentOf(deny('*', '*')), { source: 'state' });
    expect(found([...role(['identity', wide]), gone])).toHaveLength(1);
    const future = role(['identity', wide]).map((policy) => ({ ...policy, source: 'state' as const }));
    expect(found([...future, gone])).toEqual([]);
  });
});

describe('across accounts', () => {
  it.each<[string, object]>([
    ['everything', allow('*', '*')],
    ['every role', allow('sts:AssumeRole', 'arn:aws:iam::*:role/*')],
    ['NotResource', { Effect: 'Allow', Action: '*', NotResource: STAGE.queue }],
  ])('%s reaches nobody who does not admit it', (_, statement) => {
    expect(reachedBy([statement as never], { apart: true })).toEqual([]);
  });

  it.each<[string, object, string]>([
    ['an ARN', allow('sts:AssumeRole', PROD_APART.role), `on "${PROD_APART.role}" of "production"`],
    ['the account', allow('sqs:*', 'arn:aws:sqs:*:222222222222:*'), 'the account of "production"'],
    ['the name of a bucket', allow('s3:*', 'arn:aws:s3:::mht-api-production-*'), 'names "production"'],
  ])('%s of production does', (_, statement, shown) => {
    const [finding, ...others] = reachedBy([statement as never], { apart: true });
    expect(others).toEqual([]);
    expect(finding?.message).toContain(shown);
  });
});
