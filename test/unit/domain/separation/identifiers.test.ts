import { describe, expect, it } from '@jest/globals';
import { canonicalId, isEc2Id, parseArn } from '../../../../src/domain/separation/identifiers.js';

describe('identifiers', () => {
  it.each([
    ['arn:aws:ec2:us-east-1:123456789012:vpc/vpc-0123456789abcdef0', 'vpc-0123456789abcdef0'],
    ['arn:aws-cn:ec2:cn-north-1:123456789012:natgateway/nat-0123456789abcdef0', 'nat-0123456789abcdef0'],
    ['arn:aws:ec2:us-east-1:123456789012:key-pair/deploy', 'arn:aws:ec2:us-east-1:123456789012:key-pair/deploy'],
    ['arn:aws:s3:::bucket/path/to/object', 'arn:aws:s3:::bucket'],
    ['arn:aws-us-gov:s3:::bucket', 'arn:aws-us-gov:s3:::bucket'],
    ['arn:aws:logs:us-east-1:1:log-group:app:*', 'arn:aws:logs:us-east-1:1:log-group:app'],
    ['arn:aws:logs:us-east-1:1:log-group:app:log-stream:x', 'arn:aws:logs:us-east-1:1:log-group:app'],
    ['arn:aws:dynamodb:us-east-1:1:table/t/index/i', 'arn:aws:dynamodb:us-east-1:1:table/t'],
    ['arn:aws:dynamodb:us-east-1:1:table/t/stream/2026-01-01T00:00:00.000', 'arn:aws:dynamodb:us-east-1:1:table/t'],
    ['arn:aws:sqs:us-east-1:1:queue.fifo', 'arn:aws:sqs:us-east-1:1:queue.fifo'],
    ['sg-01234567', 'sg-01234567'],
    ['api.example.com', 'api.example.com'],
    ['arn:', 'arn:'],
  ])('%s is written %s', (text, expected) => {
    expect(canonicalId(text)).toBe(expected);
    expect(canonicalId(canonicalId(text))).toBe(expected);
  });

  it('an ARN is taken apart, and its resource may have colons', () => {
    expect(parseArn('arn:aws:secretsmanager:eu-west-1:111122223333:secret:app:x-AbC')).toEqual({
      partition: 'aws',
      service: 'secretsmanager',
      region: 'eu-west-1',
      accountId: '111122223333',
      resource: 'secret:app:x-AbC',
    });
  });

  it.each(['arn:aws:s3', 'arn:aws', 'arn::s3:::b', 'arn:aws::::', 'ARN:aws:s3:::b', ' arn:aws:s3:::b', ''])(
    '"%s" is no ARN',
    (text) => expect(parseArn(text)).toBeUndefined(),
  );

  it.each([
    ['vpc-0123456789abcdef0', true],
    ['eipalloc-01234567', true],
    ['rtbassoc-0123456789abcdef0', true],
    ['vpce-svc-0123456789abcdef0', true],
    ['tgw-attach-0123456789abcdef0', true],
    ['mht-api-staging', false],
    ['vpc-0123', false],
    ['d7a4b187-346e-4a4c-8a8f-cb83cfea2ee3', false],
  ])('whether %s is an id of EC2: %s', (text, expected) => {
    expect(isEc2Id(text)).toBe(expected);
  });
});
