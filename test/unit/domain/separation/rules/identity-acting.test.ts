import { describe, expect, it } from '@jest/globals';
import { policyFact, relation } from '../../../../fakes/separation-evidence.js';
import { documentOf, found, PROD, STAGE } from '../policies/two-environments.js';

const APP = 'arn:aws:iam::111111111111:role/app';
const OPS = 'arn:aws:iam::111111111111:role/ops';
const PROFILE = 'arn:aws:iam::111111111111:instance-profile/app';
const MANAGED = 'arn:aws:iam::111111111111:policy/readers';
const FUNCTION = 'arn:aws:lambda:us-east-1:111111111111:function:mht-api-staging-fn';

const reads = (bucket: string) => documentOf({ Effect: 'Allow', Action: 's3:*', Resource: `${bucket}/*` });
const trusts = (...principals: readonly string[]) =>
  documentOf({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: principals } });
const environments = (findings: ReturnType<typeof found>) =>
  findings.map(({ environment, other, message }) => ({ environment, other, message }));

describe('a role of nobody that an environment can act as', () => {
  const policy = policyFact('identity', APP, reads(PROD.bucket));
  const finding = {
    environment: 'staging',
    other: 'production',
    message: expect.stringContaining(`of ${APP} as which "staging" can act: statement 1 allows s3:*`),
  };

  it.each([
    ['by an instance profile of its own', [relation('profile-role', STAGE.instance, APP)]],
    [
      'by an instance profile of nobody',
      [relation('instance-profile', STAGE.instance, PROFILE), relation('profile-role', PROFILE, APP)],
    ],
    ['by a function', [relation('service-role', FUNCTION, APP)]],
  ])('is judged %s', (_, relations) => {
    expect(environments(found([policy], { relations }))).toEqual([finding]);
  });

  it('is judged by whom it trusts, directly or by way of others of nobody', () => {
    expect(environments(found([policy, policyFact('trust', APP, trusts(STAGE.role))]))).toEqual([finding]);
    const byOps = [policyFact('trust', APP, trusts(OPS)), policyFact('trust', OPS, trusts(STAGE.role, APP))];
    expect(environments(found([policy, ...byOps]))).toEqual([finding]);
  });

  it('is judged by the managed policies of nobody that it has', () => {
    const relations = [relation('service-role', FUNCTION, APP), relation('service-role', APP, MANAGED)];
    expect(found([policyFact('identity', MANAGED, reads(PROD.bucket))], { relations })).toMatchObject([
      { environment: 'staging', other: 'production' },
    ]);
  });

  it('is a finding for each environment that may reach the other by it', () => {
    const both = policyFact('trust', APP, trusts(STAGE.role, PROD.role));
    const findings = found([policy, policyFact('identity', APP, reads(STAGE.bucket)), both]);
    expect(findings.map(({ environment, other }) => [environment, other])).toEqual([
      ['staging', 'production'],
      ['production', 'staging'],
    ]);
  });

  it('is found once, as shared, when both environments hand it out', () => {
    const relations = [relation('profile-role', STAGE.instance, APP), relation('profile-role', PROD.instance, APP)];
    expect(found([policy], { relations })).toMatchObject([
      { message: expect.stringContaining(`both use ${APP}, which belongs to neither`) },
    ]);
  });

  it.each([
    ['it reaches its own environment alone', [policyFact('identity', APP, reads(STAGE.bucket))], STAGE.instance],
    ['nobody acts as it', [policy], OPS],
  ])('is no finding when %s', (_, policies, user) => {
    expect(found(policies, { relations: [relation('profile-role', user, APP)] })).toEqual([]);
  });

  it('is not judged by whom a statement excludes or denies', () => {
    const spared = documentOf({ Effect: 'Allow', Action: 'sts:AssumeRole', NotPrincipal: { AWS: STAGE.role } });
    const denied = documentOf({ Effect: 'Deny', Action: 'sts:AssumeRole', Principal: { AWS: STAGE.role } });
    expect(found([policy, policyFact('trust', APP, spared), policyFact('trust', APP, denied)])).toEqual([]);
  });

  it('is none of those that AWS made for its services', () => {
    const linked =
      'arn:aws:iam::111111111111:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling';
    const relations = [relation('service-role', STAGE.instance, linked)];
    expect(found([policyFact('identity', linked, reads(PROD.bucket))], { relations })).toEqual([]);
  });
});
