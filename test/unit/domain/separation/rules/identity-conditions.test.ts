import { describe, expect, it } from '@jest/globals';
import type { StateInstance } from '../../../../../src/domain/state.js';
import { policyFact, relation, resourceFact } from '../../../../fakes/separation-evidence.js';
import { documentOf, found, PROD, reachedBy, STAGE, variable } from '../policies/two-environments.js';

const everything = (Condition: object, rest: object = {}) => ({
  Effect: 'Allow',
  Action: 'sqs:SendMessage',
  Resource: '*',
  Condition,
  ...rest,
});

describe('a condition lets a policy of staging reach production', () => {
  it.each<[string, object]>([
    ["by production's tag", { StringEquals: { 'aws:ResourceTag/Environment': 'production' } }],
    ['by one of several tags', { StringEquals: { 'aws:ResourceTag/Environment': ['staging', 'production'] } }],
    ['by a pattern of tags', { StringLike: { 'aws:ResourceTag/Environment': 'prod*' } }],
    ['by a tag in any case', { StringEqualsIgnoreCase: { 'aws:ResourceTag/Environment': 'PRODUCTION' } }],
    ['by the key in any case', { StringEquals: { 'AWS:ResourceTag/environment': 'production' } }],
    ['by a tag that both have', { StringEquals: { 'aws:ResourceTag/Project': 'mht-api' } }],
    ['by a tag that it has not', { StringNotEquals: { 'aws:ResourceTag/Environment': 'staging' } }],
    ['by a tag that nobody told', { StringEquals: { 'aws:ResourceTag/team': 'blue' } }],
    ['by having a tag', { Null: { 'aws:ResourceTag/Environment': 'false' } }],
    ['by the account', { StringEquals: { 'aws:ResourceAccount': '111111111111' } }],
    ['by the region', { StringEquals: { 'aws:RequestedRegion': 'us-east-1' } }],
    ['by a tag if there is one', { StringEqualsIfExists: { 'aws:ResourceTag/Environment': 'production' } }],
    ['by an address', { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }],
    ['by a second factor', { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }],
    ['by a date', { DateLessThan: { 'aws:CurrentTime': '2030-01-01T00:00:00Z' } }],
    ['by an operator never heard of', { StringSounds: { 'aws:ResourceTag/Environment': 'staging' } }],
    ['by its own tag', { StringEquals: { 'aws:PrincipalTag/Environment': 'staging' } }],
    ["by production's VPC", { ArnEquals: { 'ec2:Vpc': PROD.vpc } }],
    ['by any VPC', { ArnLike: { 'ec2:Vpc': 'arn:aws:ec2:us-east-1:111111111111:vpc/*' } }],
    ['by every VPC but its own', { ArnNotEquals: { 'ec2:Vpc': STAGE.vpc } }],
    ['by its own ARN', { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/mht-api-staging-*' } }],
    ['by its own network', { StringEquals: { 'aws:SourceVpc': 'vpc-55555555555555555' } }],
    ['by tags of the request', { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['Environment'] } }],
    ['by all of no values', { 'ForAllValues:StringEquals': { 'aws:PrincipalServiceName': 'x.amazonaws.com' } }],
  ])('%s', (_, condition) => {
    expect(reachedBy([everything(condition)])).toHaveLength(1);
  });
});

describe('a condition keeps a policy of staging from production', () => {
  it.each<[string, object]>([
    ['by its own tag', { StringEquals: { 'aws:ResourceTag/Environment': 'staging' } }],
    ['by its own VPC', { ArnEquals: { 'ec2:Vpc': STAGE.vpc } }],
    ["by a service's own key for the tag", { StringEquals: { 'sqs:ResourceTag/Environment': 'staging' } }],
    ['by a pattern of tags', { StringLike: { 'aws:ResourceTag/Environment': 'stag*' } }],
    ['by a wildcard that is none', { StringEquals: { 'aws:ResourceTag/Environment': '*' } }],
    ['by a tag of another case', { StringEquals: { 'aws:ResourceTag/Environment': 'Staging' } }],
    ['by excluding its tag', { StringNotEquals: { 'aws:ResourceTag/Environment': 'production' } }],
    ['by excluding a pattern', { StringNotLike: { 'aws:ResourceTag/Environment': 'p*' } }],
    ['by having no tag', { Null: { 'aws:ResourceTag/Environment': 'true' } }],
    ['by its own tag if there is one', { StringEqualsIfExists: { 'aws:ResourceTag/Environment': 'staging' } }],
    ['by any of its own tags', { 'ForAnyValue:StringEquals': { 'aws:ResourceTag/Environment': ['staging', 'x'] } }],
    ['by another account', { StringEquals: { 'aws:ResourceAccount': '333333333333' } }],
    ['by another region', { StringEquals: { 'aws:RequestedRegion': ['eu-west-1', 'eu-west-2'] } }],
    ['by a role that it is not', { ArnEquals: { 'aws:PrincipalArn': 'arn:aws:iam::111111111111:role/other' } }],
    ['by a network that it is not in', { StringEquals: { 'aws:SourceVpc': 'vpc-0123456789abcdef0' } }],
    ['by a user name, which a role has not', { StringEquals: { 'aws:username': 'ada' } }],
    [
      'by all conditions together',
      { StringEquals: { 'aws:ResourceTag/Project': 'mht-api', 'aws:ResourceTag/Environment': 'staging' } },
    ],
    [
      'by the tag of the role',
      { StringEquals: { 'aws:ResourceTag/Environment': variable('aws:PrincipalTag/Environment') } },
    ],
  ])('%s', (_, condition) => {
    expect(reachedBy([everything(condition)])).toEqual([]);
  });
});

describe('a variable in a resource', () => {
  const named = (Resource: string, version = '2012-10-17', holder = STAGE.role) =>
    found([policyFact('identity', holder, { Version: version, Statement: [everything({}, { Resource })] })]);
  const queue = (name: string) => `arn:aws:sqs:us-east-1:111111111111:${name}`;

  it.each<[string, string, number]>([
    ["that is the role's tag", queue(`mht-api-${variable('aws:PrincipalTag/Environment')}-queue`), 0],
    ["that is the role's tag, and a wildcard", queue(`mht-api-${variable('aws:PrincipalTag/Environment')}-*`), 0],
    ['that nobody can tell', queue(`mht-api-${variable('aws:PrincipalTag/team')}-queue`), 1],
    ['that nobody can tell, in a name of its own', queue(`mht-api-staging-${variable('aws:SourceIdentity')}`), 0],
    ['that a role has not', queue(`*${variable('aws:username')}*`), 0],
    ['that a role has not, with a default', queue(`mht-api-${variable("aws:username, 'production'")}-queue`), 1],
    ['that a role has not, with a harmless default', queue(`mht-api-${variable("aws:username, 'staging'")}-queue`), 0],
    ['that is a star', queue(`mht-api-${variable('*')}`), 0],
    ['that is a question mark', queue(`mht-api-pr${variable('?')}duction-que${variable('?')}e`), 0],
    ['that is a dollar', queue(`mht-api-${variable('$')}*`), 0],
  ])('%s', (_, resource, findings) => {
    expect(named(resource)).toHaveLength(findings);
  });

  it('is the name of a user', () => {
    expect(named(queue(`*${variable('aws:username')}*`), '2012-10-17', STAGE.user)).toEqual([]);
    const resources = [resourceFact(queue('of-mht-api-staging-deployer'), { tags: { Environment: 'production' } })];
    const policy = policyFact(
      'identity',
      STAGE.user,
      documentOf(everything({}, { Resource: queue(`*-${variable('aws:username')}`) })),
    );
    expect(found([policy], { resources })).toHaveLength(1);
  });

  it.each(['2008-10-17', undefined])('is a text before version 2012-10-17 (%s)', (version) => {
    const document = {
      Version: version,
      Statement: everything({}, { Resource: queue(`mht-api-${variable('aws:PrincipalTag/team')}-queue`) }),
    };
    expect(found([policyFact('identity', STAGE.role, document)])).toEqual([]);
  });
});

describe('tags', () => {
  const untold = { tags: undefined };
  const byTag = policyFact(
    'identity',
    STAGE.role,
    documentOf(everything({ StringEquals: { 'aws:ResourceTag/Environment': 'staging' } }, { Action: 'lambda:*' })),
  );
  const lambda = 'arn:aws:lambda:us-east-1:111111111111:function:mht-api-production-worker';
  const inState = (tags: object | null): StateInstance => ({
    address: 'aws_lambda_function.this',
    type: 'aws_lambda_function',
    attributes: { arn: lambda, tags_all: tags as never },
  });

  it('that nobody told keep nobody out', () => {
    expect(found([byTag], { resources: [resourceFact(lambda, untold)] })).toHaveLength(1);
  });

  it.each<[string, object | null, number]>([
    ['production', { Environment: 'production' }, 0],
    ['staging', { Environment: 'staging' }, 1],
    ['nobody', null, 0],
  ])('of a state that say %s are believed', (_, tags, findings) => {
    const states = { production: [inState(tags)] };
    expect(found([byTag], { resources: [resourceFact(lambda, untold)], states })).toHaveLength(findings);
  });

  it('of a bucket are not those of a request for an object', () => {
    const buckets = { Effect: 'Allow', Action: 's3:*', Resource: 'arn:aws:s3:::mht-api-pr?duction-data' };
    const deny = (Condition: object) => ({ Effect: 'Deny', Action: '*', Resource: '*', Condition });
    const tag = (value: string) => ({ 'aws:ResourceTag/Environment': value });
    expect(reachedBy([buckets, deny({ StringEquals: tag('production') })])).toHaveLength(1);
    expect(reachedBy([buckets, deny({ StringNotEquals: tag('staging') })])).toEqual([]);
    expect(reachedBy([{ ...buckets, Condition: { StringEquals: tag('staging') } }])).toEqual([]);
  });

  it('of the roles that a managed policy is attached to are its variables', () => {
    const managed = 'arn:aws:iam::111111111111:policy/mht-api-staging-own';
    const Resource = `arn:aws:sqs:us-east-1:111111111111:mht-api-${variable('aws:PrincipalTag/Environment')}-queue`;
    const policy = policyFact('identity', managed, documentOf(everything({}, { Resource })));
    expect(found([policy])).toHaveLength(1);
    expect(found([policy], { relations: [relation('service-role', STAGE.role, managed)] })).toEqual([]);
    expect(PROD.queue).toBe(Resource.replace(variable('aws:PrincipalTag/Environment'), 'production'));
  });
});
