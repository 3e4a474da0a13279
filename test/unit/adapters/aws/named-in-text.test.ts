import { describe, expect, it } from '@jest/globals';
import { namedIn } from '../../../../src/adapters/aws/facts/named-in-text.js';

const bucketArn = (name: string) => `arn:aws:s3:::${name}`;
/** Stands for the resources of environments whose names all begin alike. */
const focus = { concerns: ({ id }: { readonly id: string }) => id.startsWith('mht-api-') || id === 'api.example.com' };
const named = (text: string) => namedIn(text, focus, bucketArn);

describe('a script or a configuration', () => {
  it.each([
    { what: 'an ARN', text: 'SECRET="arn:aws:iam::1:role/app"', found: ['arn:aws:iam::1:role/app'] },
    {
      what: 'an ARN at the end of a sentence',
      text: 'use arn:aws:sqs:us-east-1:1:jobs.',
      found: ['arn:aws:sqs:us-east-1:1:jobs'],
    },
    {
      what: 'a URL',
      text: "curl 'https://sqs.us-east-1.amazonaws.com/1/jobs'",
      found: ['https://sqs.us-east-1.amazonaws.com/1/jobs'],
    },
    { what: 'the bucket of a URL', text: 'aws s3 cp s3://data/a/b .', found: ['arn:aws:s3:::data'] },
    {
      what: "the host of a URL, when it is an environment's",
      text: 'API=https://api.example.com/v1',
      found: ['api.example.com'],
    },
    {
      what: 'the name of a resource',
      text: 'TABLE=mht-api-staging-table # the table',
      found: ['mht-api-staging-table'],
    },
    { what: 'each once', text: 'mht-api-a mht-api-b mht-api-a', found: ['mht-api-a', 'mht-api-b'] },
    { what: 'no other word', text: 'set -euo pipefail; dnf install -y docker', found: [] },
  ])('names $what', ({ text, found }) => {
    expect(named(text)).toEqual(found);
  });

  it.each([
    'DATABASE=postgres://app:p4ssw0rd@db.example.com:5432/app',
    'DATABASE=postgres://app:x@p4ssw0rd@db.example.com:5432/app',
    'HOOK=https://hooks.example.com/in?token=p4ssw0rd',
    'HOOK=https://hooks.example.com/in#p4ssw0rd',
  ])('gives away no secret of a URL: %s', (text) => {
    expect(named(text)).toHaveLength(1);
    expect(named(text).join()).not.toContain('p4ssw0rd');
  });

  it('is searched in time that grows no faster than its length', () => {
    const long = `${'a-'.repeat(8_000)} ${'x://'.repeat(2_000)} ${'arn:'.repeat(2_000)}`;
    const start = performance.now();
    named(long);
    expect(performance.now() - start).toBeLessThan(1_000);
  });
});
