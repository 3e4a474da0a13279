import { describe, expect, it } from '@jest/globals';
import type { PolicyFact } from '../../../../../src/domain/separation/facts.js';
import { identity } from '../../../../../src/domain/separation/rules/identity.js';
import { ACCOUNT, PRODUCTION, STAGING } from '../../../../fakes/bindings.js';
import { evidenceOf, policyFact, relation, resourceFact, ruleInput } from '../../../../fakes/separation-evidence.js';
import { documentOf } from '../policies/two-environments.js';

const regional = (service: string, resource: string) => `arn:aws:${service}:us-east-1:${ACCOUNT}:${resource}`;
const iam = (resource: string) => `arn:aws:iam::${ACCOUNT}:${resource}`;

/** What the configuration builds for an environment, with its policies as AWS tells them. */
function built(name: string, digit: string) {
  const bucket = (purpose: string) => `arn:aws:s3:::mht-api-${name}-${purpose}-${digit.repeat(8)}`;
  const data = bucket(`${name}-data`);
  const logs = bucket('logs');
  const queue = regional('sqs', `mht-api-${name}-processing-feedback.fifo`);
  const deadLetters = regional('sqs', `mht-api-${name}-processing-feedback-dlq.fifo`);
  const topic = regional('sns', `mht-api-${name}-alarms`);
  const table = regional('dynamodb', `table/mht-api-${name}-table`);
  const secret = regional('secretsmanager', `secret:mht-api-${name}-application-mZLkQM`);
  const key = regional('kms', `key/${digit.repeat(8)}-78af-45ae-9056-eb5efb8af1e9`);
  const group = (purpose: string) => regional('logs', `log-group:mht-api-${name}-${purpose}`);
  const alarm = (what: string) => regional('cloudwatch', `alarm:mht-api-${name}-${what}`);
  const instance = `i-${digit.repeat(17)}`;
  const endpoint = `vpce-${digit.repeat(17)}`;
  const role = iam(`role/mht-api-${name}-instance`);
  const flowLogs = iam(`role/mht-api-${name}-flow-logs`);
  const profile = iam(`instance-profile/mht-api-${name}-instance`);
  const tags = { Environment: name, Project: 'mht-api' };
  const ids = [data, logs, queue, deadLetters, topic, table, secret, key, instance, endpoint, role, flowLogs, profile];
  const named = [group('application'), group('flow-logs'), alarm('alb-5xx'), alarm('unhealthy-hosts')];
  const tlsOnly = (Action: string, Resource: unknown, Principal: unknown = { AWS: '*' }) => ({
    Sid: 'TlsOnly',
    Effect: 'Deny',
    Principal,
    Action,
    Resource,
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  });
  const trusting = (Service: string, Condition?: object) =>
    documentOf({ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole', ...(Condition && { Condition }) });
  const allow = (Sid: string, Action: readonly string[], Resource: readonly string[]) => ({
    Sid,
    Effect: 'Allow',
    Action,
    Resource,
  });

  const policies: readonly PolicyFact[] = [
    policyFact(
      'resource',
      key,
      documentOf(
        {
          Sid: 'AccountDecidesByItsIamPolicies',
          Effect: 'Allow',
          Principal: { AWS: iam('root') },
          Action: 'kms:*',
          Resource: '*',
        },
        {
          Sid: 'LogGroupsOfThisEnvironment',
          Effect: 'Allow',
          Principal: { Service: 'logs.us-east-1.amazonaws.com' },
          Action: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
          Resource: '*',
          Condition: {
            ArnEquals: { 'kms:EncryptionContext:aws:logs:arn': [group('application'), group('flow-logs')] },
          },
        },
        {
          Sid: 'AlarmsToTheEncryptedTopic',
          Effect: 'Allow',
          Principal: { Service: 'cloudwatch.amazonaws.com' },
          Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
          Resource: '*',
          Condition: { ArnEquals: { 'kms:EncryptionContext:aws:sns:topicArn': topic } },
        },
      ),
    ),
    policyFact('resource', data, documentOf(tlsOnly('s3:*', [data, `${data}/*`]))),
    policyFact(
      'resource',
      logs,
      documentOf(
        tlsOnly('s3:*', [logs, `${logs}/*`]),
        {
          Sid: 'LoadBalancerAccessLogs',
          Effect: 'Allow',
          Principal: { Service: 'logdelivery.elasticloadbalancing.amazonaws.com' },
          Action: 's3:PutObject',
          Resource: `${logs}/AWSLogs/${ACCOUNT}/*`,
        },
        {
          Sid: 'DataBucketAccessLogs',
          Effect: 'Allow',
          Principal: { Service: 'logging.s3.amazonaws.com' },
          Action: 's3:PutObject',
          Resource: `${logs}/s3/${data.slice('arn:aws:s3:::'.length)}/*`,
          Condition: { ArnEquals: { 'aws:SourceArn': data }, StringEquals: { 'aws:SourceAccount': ACCOUNT } },
        },
      ),
    ),
    policyFact('resource', queue, { Id: 'tls-only-faa3b2d6', ...documentOf(tlsOnly('sqs:*', queue, '*')) }),
    policyFact('resource', deadLetters, { Id: 'tls-only-74234e98', ...documentOf(tlsOnly('sqs:*', deadLetters, '*')) }),
    policyFact(
      'resource',
      topic,
      documentOf(
        {
          Sid: 'AlarmsOfThisEnvironment',
          Effect: 'Allow',
          Principal: { Service: 'cloudwatch.amazonaws.com' },
          Action: 'sns:Publish',
          Resource: topic,
          Condition: { ArnLike: { 'aws:SourceArn': [alarm('alb-5xx'), alarm('unhealthy-hosts')] } },
        },
        tlsOnly('sns:Publish', topic),
      ),
    ),
    policyFact('trust', role, trusting('ec2.amazonaws.com')),
    policyFact(
      'trust',
      flowLogs,
      trusting('vpc-flow-logs.amazonaws.com', { StringEquals: { 'aws:SourceAccount': ACCOUNT } }),
    ),
    policyFact(
      'identity',
      flowLogs,
      documentOf(
        allow(
          '',
          ['logs:CreateLogStream', 'logs:DescribeLogGroups', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
          [group('flow-logs'), `${group('flow-logs')}:*`],
        ),
      ),
    ),
    policyFact(
      'identity',
      role,
      documentOf(
        allow('ListData', ['s3:GetBucketLocation', 's3:ListBucket'], [data]),
        allow('ReadAndWriteData', ['s3:AbortMultipartUpload', 's3:DeleteObject', 's3:GetObject'], [`${data}/*`]),
        allow('ReadAndWriteItems', ['dynamodb:BatchGetItem', 'dynamodb:Query', 'dynamodb:UpdateItem'], [table]),
        allow('ReadOwnSecret', ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'], [secret]),
        allow('UseOwnKey', ['kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKey'], [key]),
        allow('WriteOwnLogs', ['logs:CreateLogStream', 'logs:PutLogEvents'], [`${group('application')}:*`]),
        allow(
          'BeReachedBySessionManager',
          [
            'ssm:UpdateInstanceInformation',
            'ssmmessages:CreateControlChannel',
            'ssmmessages:CreateDataChannel',
            'ssmmessages:OpenControlChannel',
            'ssmmessages:OpenDataChannel',
          ],
          ['*'],
        ),
        allow('ProduceAndConsume', ['sqs:DeleteMessage', 'sqs:ReceiveMessage', 'sqs:SendMessage'], [queue]),
        allow('LogInToEcr', ['ecr:GetAuthorizationToken'], ['*']),
        allow('PullImage', ['ecr:BatchGetImage'], [regional('ecr', 'repository/amygdalas/mht-api')]),
      ),
    ),
    // AWS's default, which both gateway endpoints keep.
    policyFact('endpoint', endpoint, {
      Version: '2008-10-17',
      Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }],
    }),
  ];
  return {
    resources: [...ids, ...named].map((id) => resourceFact(id, { tags })),
    policies: [...policies, ...policies.map((policy) => ({ ...policy, source: 'state' as const }))],
    relations: [relation('instance-profile', instance, profile), relation('profile-role', profile, role)],
  };
}

const staging = built('staging', '5');
const production = built('production', '9');

function judged(policies: readonly PolicyFact[] = []) {
  return ruleInput(
    evidenceOf({
      bindings: [STAGING, PRODUCTION],
      resources: [...staging.resources, ...production.resources],
      relations: [...staging.relations, ...production.relations],
      policies: [...staging.policies, ...production.policies, ...policies],
    }),
  );
}

describe('the two environments that the configuration builds in one account', () => {
  it('have no policy that leads from one to the other, and none that cannot be read', () => {
    expect(identity.find(judged())).toEqual([]);
    expect(identity.open?.(judged())).toEqual([]);
  });

  it('have one when a statement too much is added', () => {
    const wide = documentOf({ Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*' });
    const findings = identity.find(judged([policyFact('identity', iam('role/mht-api-staging-instance'), wide)]));
    expect(findings).toMatchObject([{ environment: 'staging', other: 'production' }]);
  });
});
