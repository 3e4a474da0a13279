import { describe, expect, it } from '@jest/globals';
import { policyFact, resourceFact } from '../../../../fakes/separation-evidence.js';
import {
  documentOf,
  found,
  letInBy,
  OTHER_ACCOUNT,
  PROD,
  PROD_APART,
  STAGE,
  variable,
} from '../policies/two-environments.js';

const ROOT = 'arn:aws:iam::111111111111:root';
const SESSION = 'arn:aws:sts::111111111111:assumed-role/mht-api-production-instance/i-0123';

const admit = (Principal: unknown, rest: object = {}) => ({
  Effect: 'Allow',
  Principal,
  Action: 'sqs:SendMessage',
  Resource: STAGE.queue,
  ...rest,
});
const when = (Principal: unknown, Condition: object) => admit(Principal, { Condition });
const aws = (...AWS: readonly string[]) => ({ AWS });

describe('a policy of staging lets in production', () => {
  it.each<[string, object, string]>([
    ['by a role', admit(aws(PROD.role)), `to ${PROD.role}, a principal of "production"`],
    ['by a role among others', admit(aws(STAGE.role, PROD.role)), PROD.role],
    ['by a user', admit({ AWS: PROD.user }), PROD.user],
    ['by a session', admit(aws(SESSION)), SESSION],
    ['by a wildcard in a principal', admit(aws('arn:aws:iam::111111111111:role/mht-*')), PROD.role],
    ['by everybody', admit('*'), `to "*", and no condition keeps "production" out: ${PROD.role} may`],
    ['by everybody of AWS', admit({ AWS: '*' }), 'to "*"'],
    ['by everybody but some', { ...admit(undefined), NotPrincipal: aws(STAGE.role) }, 'NotPrincipal'],
    ['by everybody but the account', { ...admit(undefined), NotPrincipal: aws(ROOT) }, 'NotPrincipal'],
    ['by everybody of the account', when('*', { StringEquals: { 'aws:PrincipalAccount': '111111111111' } }), '"*"'],
    ['by everybody from an address', when('*', { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }), '"*"'],
    ['by everybody with TLS', when('*', { Bool: { 'aws:SecureTransport': 'true' } }), '"*"'],
    ['by everybody of the organisation', when('*', { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } }), '"*"'],
    ['by any role', when('*', { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/*' } }), '"*"'],
    ['by its tag', when('*', { StringEquals: { 'aws:PrincipalTag/Environment': ['staging', 'production'] } }), '"*"'],
    [
      'by the tag that it has not',
      when('*', { StringNotEquals: { 'aws:PrincipalTag/Environment': 'staging' } }),
      '"*"',
    ],
    ['by its network', when('*', { StringEquals: { 'aws:SourceVpc': 'vpc-99999999999999999' } }), '"*"'],
    ['by any network but its own', when('*', { StringNotEquals: { 'aws:SourceVpc': 'vpc-55555555555555555' } }), '"*"'],
    [
      'through a service by an ARN',
      when({ Service: 'sns.amazonaws.com' }, { ArnEquals: { 'aws:SourceArn': PROD.topic } }),
      `to sns.amazonaws.com for ${PROD.topic} of "production"`,
    ],
    [
      'through a service by a wildcard',
      when({ Service: 'sns.amazonaws.com' }, { ArnLike: { 'aws:SourceArn': 'arn:aws:sns:*:*:mht-api-*' } }),
      PROD.topic,
    ],
    [
      'through a service by a key of its own',
      when(
        { Service: 'logs.amazonaws.com' },
        { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': 'arn:aws:logs:*:*:*' } },
      ),
      PROD.logGroup,
    ],
    [
      'through a service for the account that both share',
      when(aws(ROOT), { ArnLike: { 'aws:SourceArn': 'arn:aws:sns:*:*:mht-api-*' } }),
      PROD.topic,
    ],
    ['through any service', when('*', { ArnEquals: { 'aws:SourceArn': [STAGE.topic, PROD.topic] } }), PROD.topic],
  ])('%s', (_, statement, shown) => {
    const findings = letInBy([statement as never]);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ environment: 'staging', other: 'production', resource: STAGE.queue });
    expect(findings[0]?.message).toContain(shown);
  });
});

describe('a policy of staging keeps production out', () => {
  it.each<[string, object]>([
    ['by its own role', admit(aws(STAGE.role))],
    ['by the account that both share', admit(aws(ROOT))],
    ['by the id of the account', admit(aws('111111111111'))],
    ['by the account of a third', admit(aws('arn:aws:iam::333333333333:root'))],
    ['by a role of nobody', admit(aws('arn:aws:iam::333333333333:role/audit'))],
    ['by a service', admit({ Service: 'sns.amazonaws.com' })],
    [
      'by a service for its own',
      when({ Service: 's3.amazonaws.com' }, { ArnEquals: { 'aws:SourceArn': STAGE.bucket } }),
    ],
    [
      'by a service for the account that both share',
      when({ Service: 'sns.amazonaws.com' }, { StringEquals: { 'aws:SourceAccount': '111111111111' } }),
    ],
    [
      'by a service for what another condition excludes',
      when(
        { Service: 'sns.amazonaws.com' },
        {
          ArnLike: { 'aws:SourceArn': ['arn:aws:sns:*:*:mht-api-*'] },
          ArnNotLike: { 'aws:SourceArn': '*:*-production-*' },
        },
      ),
    ],
    ['by everybody of a list', when('*', { ArnEquals: { 'aws:PrincipalArn': STAGE.role } })],
    [
      'by everybody of a pattern',
      when('*', { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/mht-api-staging-*' } }),
    ],
    ['by everybody with its tag', when('*', { StringEquals: { 'aws:PrincipalTag/Environment': 'staging' } })],
    ['by everybody in its network', when('*', { StringEquals: { 'aws:SourceVpc': 'vpc-55555555555555555' } })],
    ['by everybody at its endpoint', when('*', { StringEquals: { 'aws:SourceVpce': 'vpce-55555555555555555' } })],
    ['by everybody in its topic', when({ AWS: '*' }, { ArnEquals: { 'aws:SourceArn': STAGE.topic } })],
    ['by AWS itself', when('*', { Bool: { 'aws:PrincipalIsAWSService': 'true' } })],
    // The policy that every topic has until it is given another. AWS means the account's own by it.
    ["by SNS's default policy", when({ AWS: '*' }, { StringEquals: { 'AWS:SourceOwner': '111111111111' } })],
    [
      "by its resource's own tag",
      when('*', { StringEquals: { 'aws:PrincipalTag/Environment': variable('aws:ResourceTag/Environment') } }),
    ],
    ['by a Deny alone', { ...admit(aws(PROD.role)), Effect: 'Deny' }],
  ])('%s', (_, statement) => {
    expect(letInBy([statement as never])).toEqual([]);
  });

  it.each<[string, object]>([
    ['its role', aws(PROD.role, PROD.user)],
    ['everybody', '*' as never],
    ['the whole account', aws(ROOT)],
  ])('by a Deny of %s', (_, Principal) => {
    const deny = { Effect: 'Deny', Principal, Action: 'sqs:*', Resource: '*' };
    expect(letInBy([admit(aws(PROD.role)), deny])).toEqual([]);
    expect(letInBy([admit('*'), deny])).toEqual([]);
  });

  it.each<[string, object]>([
    ['everybody but its own role', { NotPrincipal: aws(STAGE.role, ROOT) }],
    [
      'everybody with another tag',
      { Principal: '*', Condition: { StringNotEquals: { 'aws:PrincipalTag/Environment': 'staging' } } },
    ],
    [
      'everybody with another name',
      { Principal: '*', Condition: { ArnNotLike: { 'aws:PrincipalArn': '*:*-staging-*' } } },
    ],
  ])('by a Deny of %s', (_, parts) => {
    expect(letInBy([admit('*'), { Effect: 'Deny', Action: '*', Resource: '*', ...parts }])).toEqual([]);
  });

  it.each<[string, object]>([
    ['some actions', { Principal: '*', Action: 'sqs:DeleteQueue', Resource: '*' }],
    ['its own role', { Principal: aws(STAGE.role), Action: '*', Resource: '*' }],
    [
      'who comes without TLS',
      { Principal: '*', Action: '*', Resource: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
    ],
  ])('but not by a Deny of %s', (_, parts) => {
    expect(letInBy([admit(aws(PROD.role)), { Effect: 'Deny', ...parts }])).toHaveLength(1);
  });
});

describe('a trust policy of staging', () => {
  const trust = (Principal: unknown, Condition?: object) => [
    {
      Effect: 'Allow',
      Principal,
      Action: 'sts:AssumeRoleWithWebIdentity',
      ...(Condition === undefined ? {} : { Condition }),
    },
  ];
  const GITHUB = 'arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com';
  const sub = (...subjects: readonly string[]) => ({
    StringLike: { 'token.actions.githubusercontent.com:sub': subjects },
    StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' },
  });
  const productions = policyFact(
    'trust',
    PROD.role,
    documentOf(...trust({ Federated: GITHUB }, sub('repo:acme/api:environment:production'))),
  );
  const judged = (statements: readonly object[]) =>
    found([policyFact('trust', STAGE.role, documentOf(...(statements as never[]))), productions]);

  it.each<[string, object]>([
    ["names production's deployments", sub('repo:acme/api:environment:production')],
    ['admits every deployment', sub('repo:acme/api:environment:*')],
    ['admits the whole repository', sub('repo:acme/api:*')],
    ['admits every repository', { StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' } }],
  ])('that %s lets in production', (_, condition) => {
    expect(judged(trust({ Federated: GITHUB }, condition))).toHaveLength(1);
  });

  it.each<[string, object]>([
    ['names its own deployments', sub('repo:acme/api:environment:staging')],
    ["names what is nobody's own", sub('repo:acme/api:ref:refs/heads/main')],
    ['admits another repository', sub('repo:acme/web:*')],
  ])('that %s does not', (_, condition) => {
    expect(judged(trust({ Federated: GITHUB }, condition))).toEqual([]);
  });

  it('that trusts another provider does not', () => {
    expect(
      judged(trust({ Federated: 'accounts.google.com' }, { StringLike: { 'accounts.google.com:sub': '*' } })),
    ).toEqual([]);
  });

  it('that trusts production or its provider lets it in', () => {
    expect(letInBy(trust({ AWS: PROD.role }), STAGE.role)).toHaveLength(1);
    const saml = 'arn:aws:iam::111111111111:saml-provider/corporate';
    const resources = [resourceFact(saml, { tags: { Environment: 'production', Project: 'mht-api' } })];
    expect(letInBy(trust({ Federated: saml }), STAGE.role, { resources })).toHaveLength(1);
    expect(letInBy(trust({ Federated: saml }), STAGE.role)).toEqual([]);
  });
});

describe('a grant on a key', () => {
  it('for the other role is found', () => {
    const document = documentOf({ Effect: 'Allow', Principal: aws(PROD.role), Action: 'kms:Decrypt', Resource: '*' });
    expect(found([policyFact('grant', STAGE.key, document)])).toMatchObject([
      { resource: STAGE.key, other: 'production' },
    ]);
  });
});

describe('across accounts, a policy of staging', () => {
  it.each<[string, object]>([
    ['the account', admit(aws(`arn:aws:iam::${OTHER_ACCOUNT}:root`))],
    ['the id of the account', admit(aws(OTHER_ACCOUNT))],
    ['the role', admit(aws(PROD_APART.role))],
    ['everybody', admit('*')],
    [
      'a service for the account',
      when({ Service: 'sns.amazonaws.com' }, { StringEquals: { 'aws:SourceAccount': OTHER_ACCOUNT } }),
    ],
    ['everybody but its own account', { ...admit(undefined), NotPrincipal: aws(ROOT) }],
  ])('that admits %s of production lets it in', (_, statement) => {
    expect(letInBy([statement as never], STAGE.queue, { apart: true })).toHaveLength(1);
  });

  it.each<[string, object]>([
    ['its own account', admit(aws(ROOT))],
    ['everybody of its own account', when('*', { StringEquals: { 'aws:PrincipalAccount': '111111111111' } })],
    ['everybody but that account', { ...admit(undefined), NotPrincipal: aws(OTHER_ACCOUNT) }],
  ])('that admits %s keeps it out', (_, statement) => {
    expect(letInBy([statement as never], STAGE.queue, { apart: true })).toEqual([]);
  });
});
