import { describe, expect, it } from '@jest/globals';
import { tlsOnlyPolicy, withTlsOnly } from '../../../../src/adapters/aws/tls-only-policy.js';

const DENIAL = {
  Sid: 'Mine',
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:*',
  Resource: ['arn:aws:s3:::state', 'arn:aws:s3:::state/*'],
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
};
const OTHER = {
  Sid: 'Other',
  Effect: 'Allow',
  Principal: { AWS: 'arn:aws:iam::1:root' },
  Action: 's3:GetObject',
  Resource: 'x',
};
const policyOf = (...statements: readonly object[]) => JSON.stringify({ Version: '2012-10-17', Statement: statements });

describe('a bucket policy', () => {
  it.each<[string, string]>([
    ['the plain denial', policyOf(DENIAL)],
    ['a denial among others', policyOf(OTHER, DENIAL)],
    ['a single statement', JSON.stringify({ Statement: DENIAL })],
    ['a boolean condition', policyOf({ ...DENIAL, Condition: { Bool: { 'aws:SecureTransport': false } } })],
    ['everybody by AWS', policyOf({ ...DENIAL, Principal: { AWS: '*' } })],
    ['every action', policyOf({ ...DENIAL, Action: ['s3:GetObject', '*'] })],
    ['more resources', policyOf({ ...DENIAL, Resource: [...DENIAL.Resource, 'x'] })],
  ])('with %s refuses plain HTTP', (_, text) => {
    expect(tlsOnlyPolicy(text, 'state')).toBe(true);
  });

  it.each<[string, string | undefined]>([
    ['nothing', undefined],
    ['no statement', '{}'],
    ['other statements', policyOf(OTHER)],
    ['an allowance', policyOf({ ...DENIAL, Effect: 'Allow' })],
    ['a denial of somebody', policyOf({ ...DENIAL, Principal: { AWS: 'arn:aws:iam::1:root' } })],
    ['a denial of nobody', policyOf({ ...DENIAL, Principal: undefined })],
    ['a denial of reading alone', policyOf({ ...DENIAL, Action: 's3:GetObject' })],
    ['a denial of the bucket alone', policyOf({ ...DENIAL, Resource: 'arn:aws:s3:::state' })],
    ['a denial of the objects alone', policyOf({ ...DENIAL, Resource: ['arn:aws:s3:::state/*'] })],
    [
      'a denial of another bucket',
      policyOf({ ...DENIAL, Resource: ['arn:aws:s3:::state-2', 'arn:aws:s3:::state-2/*'] }),
    ],
    ['a denial of TLS', policyOf({ ...DENIAL, Condition: { Bool: { 'aws:SecureTransport': 'true' } } })],
    ['a denial without condition', policyOf({ ...DENIAL, Condition: undefined })],
    [
      'a denial of some addresses',
      policyOf({ ...DENIAL, Condition: { ...DENIAL.Condition, IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } }),
    ],
    [
      'a denial of some requests',
      policyOf({ ...DENIAL, Condition: { Bool: { 'aws:SecureTransport': 'false', 'aws:ViaAWSService': 'true' } } }),
    ],
  ])('with %s does not', (_, text) => {
    expect(tlsOnlyPolicy(text, 'state')).toBe(false);
  });
});

describe('a bucket policy that is mended', () => {
  it.each<[string, string | undefined]>([
    ['nothing', undefined],
    ['other statements', policyOf(OTHER)],
    ['a single statement', JSON.stringify({ Statement: OTHER })],
    ['its denial spoiled', policyOf(OTHER, { ...DENIAL, Sid: 'DenyInsecureTransport', Action: 's3:GetObject' })],
  ])('from %s refuses plain HTTP and keeps the rest', (_, text) => {
    const mended = withTlsOnly(text, 'state');
    expect(tlsOnlyPolicy(mended, 'state')).toBe(true);
    const { Version, Statement } = JSON.parse(mended);
    expect(Version).toBe('2012-10-17');
    expect(Statement).toHaveLength(text === undefined ? 1 : 2);
    if (text !== undefined) expect(Statement).toContainEqual(OTHER);
  });

  it('does not change when it is mended again', () => {
    const mended = withTlsOnly(policyOf(OTHER), 'state');
    expect(withTlsOnly(mended, 'state')).toBe(mended);
  });
});
