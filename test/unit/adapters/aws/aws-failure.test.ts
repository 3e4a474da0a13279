import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { awsFailure, isAwsError, isNotFound } from '../../../../src/adapters/aws/aws-failure.js';
import { toolFailure } from '../../../fakes/ports.js';

const before = process.env['AWS_ENDPOINT_URL'];

beforeEach(() => {
  delete process.env['AWS_ENDPOINT_URL'];
});

afterEach(() => {
  if (before === undefined) delete process.env['AWS_ENDPOINT_URL'];
  else process.env['AWS_ENDPOINT_URL'] = before;
});

const named = (name: string, members: object = {}) => Object.assign(new Error('said AWS'), { name, ...members });
const failure = (error: unknown) => awsFailure(error, 's3:GetObject', 's3://bucket/key');

describe('an error of the AWS SDK', () => {
  it.each([
    ['CredentialsProviderError', 'CredentialsMissing'],
    ['ExpiredToken', 'CredentialsExpired'],
    ['ExpiredTokenException', 'CredentialsExpired'],
    ['RequestExpired', 'CredentialsExpired'],
    ['TokenRefreshRequired', 'CredentialsExpired'],
    ['InvalidClientTokenId', 'CredentialsRejected'],
    ['UnrecognizedClientException', 'CredentialsRejected'],
    ['SignatureDoesNotMatch', 'CredentialsRejected'],
    ['InvalidAccessKeyId', 'CredentialsRejected'],
    ['AccessDenied', 'AwsDenied'],
    ['AccessDeniedException', 'AwsDenied'],
    ['UnauthorizedOperation', 'AwsDenied'],
    ['TimeoutError', 'AwsUnreachable'],
    ['SlowDown', 'AwsFailed'],
    ['InternalError', 'AwsFailed'],
  ])('called %s is %s', (name, code) => {
    const result = failure(named(name));
    expect(result).toMatchObject({ code, exitCode: 5 });
    expect(result.nextSteps).not.toEqual([]);
    expect(result.cause).toMatchObject({ name });
  });

  it('says what was tried, on what, and what AWS said', () => {
    for (const name of ['AccessDenied', 'SlowDown']) {
      const { message } = failure(named(name));
      for (const part of ['s3:GetObject', 's3://bucket/key', name, 'said AWS']) expect(message).toContain(part);
    }
  });

  it('is a denial by its status alone, as HEAD answers without a name', () => {
    expect(failure(named('403', { $metadata: { httpStatusCode: 403 } })).code).toBe('AwsDenied');
    expect(failure(named('ExpiredToken', { $metadata: { httpStatusCode: 403 } })).code).toBe('CredentialsExpired');
  });

  it.each([
    ['itself', named('Error', { code: 'ECONNREFUSED' })],
    ['its cause', named('Error', { cause: { code: 'ENOTFOUND' } })],
    ['one of several', named('AggregateError', { errors: [{}, { code: 'ECONNREFUSED' }] })],
    ['deep inside', named('Error', { cause: { errors: [{ cause: { code: 'EAI_AGAIN' } }] } })],
    ['beside a null cause', named('Error', { cause: null, errors: [{ code: 'ETIMEDOUT' }] })],
  ])('is a lost connection when %s says so', (_, error) => {
    expect(failure(error)).toMatchObject({ code: 'AwsUnreachable', exitCode: 5 });
  });

  it('on an emulator says where it was looked for, and how to start or leave it', () => {
    process.env['AWS_ENDPOINT_URL'] = 'http://127.0.0.1:5005';
    const lost = failure(named('Error', { code: 'ECONNREFUSED' }));
    expect(lost.message).toContain('http://127.0.0.1:5005');
    expect(lost.nextSteps.join('\n')).toMatch(/mhtctl local up[\s\S]*unset AWS_ENDPOINT_URL/);
    expect(failure(named('InternalError')).message).toContain('http://127.0.0.1:5005');
  });

  it.each([undefined, ''])('on real AWS blames the network: the endpoint is %j', (endpoint) => {
    if (endpoint !== undefined) process.env['AWS_ENDPOINT_URL'] = endpoint;
    const lost = failure(named('Error', { code: 'ENOTFOUND' }));
    expect(lost.nextSteps).toEqual([expect.stringContaining('network')]);
    expect(lost.message).not.toContain(' at ');
  });

  it('that is understood already stays as it is', () => {
    const understood = toolFailure('understood');
    expect(failure(understood)).toBe(understood);
  });

  it.each(['text', 7])('that is none at all is told: %j', (error) => {
    const result = failure(error);
    expect(result).toMatchObject({ code: 'AwsFailed', exitCode: 5 });
    expect(result.message).toContain(String(error));
  });
});

describe('an answer of AWS', () => {
  it.each(['NotFound', 'NoSuchBucket', 'NoSuchKey', 'ResourceNotFoundException'])('%s means not found', (name) => {
    expect(isNotFound(named(name))).toBe(true);
  });

  it('means not found by its status', () => {
    expect(isNotFound(named('Unknown', { $metadata: { httpStatusCode: 404 } }))).toBe(true);
    expect(isNotFound(named('AccessDenied', { $metadata: { httpStatusCode: 403 } }))).toBe(false);
    expect(isNotFound(undefined)).toBe(false);
  });

  it('is known by one of its names', () => {
    expect(isAwsError(named('A'), 'B', 'A')).toBe(true);
    expect(isAwsError(named('A'), 'B')).toBe(false);
    expect(isAwsError(named('A'))).toBe(false);
    expect(isAwsError(null, 'A')).toBe(false);
  });
});
