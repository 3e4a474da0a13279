import { describe, expect, it } from '@jest/globals';
import { carriesName, physicalName } from '../../../src/domain/physical-name.js';
import type { Json } from '../../../src/domain/plan.js';

describe('a physical name', () => {
  it.each<[string, Json, string | undefined]>([
    ['aws_sqs_queue', { name: 'q.fifo' }, 'q.fifo'],
    ['aws_s3_bucket', { bucket: 'b', name: 'n' }, 'b'],
    ['aws_s3_bucket', { bucket: null, bucket_prefix: 'p-' }, 'p-'],
    ['aws_security_group', { name: '', name_prefix: 'sg-' }, 'sg-'],
    ['aws_cloudwatch_metric_alarm', { alarm_name: 'a', name: 'n' }, 'a'],
    ['aws_instance', { tags: { Name: 'i-0' } }, 'i-0'],
    ['aws_vpc', { tags: { Owner: 'ada' } }, undefined],
    ['aws_instance', { tags: null }, undefined],
    ['aws_instance', { tags: ['Name'] }, undefined],
    ['aws_instance', { 'tags.Name': 'i-0' }, undefined],
    ['aws_sqs_queue', {}, undefined],
    ['aws_sqs_queue', { name: 5 }, undefined],
    ['aws_sqs_queue', null, undefined],
    ['aws_lb_listener', { name: 'n' }, undefined],
    ['constructor', { name: 'n' }, undefined],
    ['__proto__', { name: 'n' }, undefined],
  ])('of %s with %j is %j', (type, attributes, name) => {
    expect(physicalName(type, attributes)).toBe(name);
  });
});

describe('an identifier', () => {
  it.each([
    ['staging', 'staging'],
    ['mht-api-staging-lb', 'staging'],
    ['staging-lb', 'staging'],
    ['lb-staging', 'staging'],
    ['staging.api.example.com', 'staging'],
    ['arn:aws:sqs:us-east-1:1:x/staging/y', 'staging'],
    ['my_staging_table', 'staging'],
    ['prestaging-staging', 'staging'],
    ['mht-api-staging-eu-lb', 'staging-eu'],
    ['a-v1.2-b', 'v1.2'],
  ])('"%s" carries "%s"', (identifier, name) => {
    expect(carriesName(identifier, name)).toBe(true);
  });

  it.each([
    ['mystaging', 'staging'],
    ['stagingtable', 'staging'],
    ['staging2-lb', 'staging'],
    ['Staging', 'staging'],
    ['production-lb', 'staging'],
    ['', 'staging'],
    ['mht-api-staging-lb', 'staging-eu'],
    ['a-v1x2-b', 'v1.2'],
  ])('"%s" does not carry "%s"', (identifier, name) => {
    expect(carriesName(identifier, name)).toBe(false);
  });
});
