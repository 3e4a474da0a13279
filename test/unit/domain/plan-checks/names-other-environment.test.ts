import { describe, expect, it } from '@jest/globals';
import type { Json } from '../../../../src/domain/plan.js';
import { bindingOf, PRODUCTION, STAGING } from '../../../fakes/bindings.js';
import { changeOf } from '../../../fakes/plans.js';
import { found } from './judge.js';

const RULE = 'names-other-environment';
const STAGING_EU = bindingOf('staging-eu');
const creating = (after: Json) => [changeOf('aws_sqs_queue.this', { after })];

describe('a value of staging that names production', () => {
  it.each<[string, Json]>([
    ['its name alone', { value: 'production' }],
    ['a name of its resource', { name: 'mht-api-production-table' }],
    ['an ARN', { arn: 'arn:aws:sqs:us-east-1:111111111111:mht-api-production-q.fifo' }],
    ['an ARN with a wildcard', { arn: 'arn:aws:s3:::mht-api-production-data/*' }],
    ['its state bucket', { bucket: 'mht-api-terraform-state-production' }],
    ['its address', { dns_name: 'api.example.com' }],
    ['its address as a URL', { url: 'https://api.example.com' }],
    ['a page at its address', { url: 'https://api.example.com/health' }],
    ['its address with a port', { endpoint: 'api.example.com:443' }],
    ['its address as DNS writes it in full', { record: 'api.example.com.' }],
    ['an item of a list', { list: ['a', { deep: 'mht-api-production-q' }] }],
    ['an identifier in the midst of prose', { description: 'reads from mht-api-production-table at night' }],
    ['a policy', { policy: '{"Resource":"arn:aws:s3:::mht-api-production-data"}' }],
    ['a condition of a policy', { policy: '{"StringEquals":{"aws:ResourceTag/Environment":"production"}}' }],
    ['a tag', { tags: { Environment: 'production' } }],
  ])('by %s is forbidden', (_, after) => {
    expect(found(RULE, creating(after))).toMatchObject([
      { rule: RULE, severity: 'forbidden', address: 'aws_sqs_queue.this' },
    ]);
  });

  describe('whose name is in none of its names', () => {
    const other = bindingOf('live', {
      backend: { bucket: 'acme-state-1', lockTable: 'acme-locks-1' },
      variables: { dns_name: 'acme.example' },
    });
    const naming = (text: string) => found(RULE, creating({ text }), { others: [other] });

    it.each([
      'acme-state-1',
      'arn:aws:s3:::acme-state-1',
      'arn:aws:s3:::acme-state-1/*',
      's3://acme-state-1/live/terraform.tfstate',
      'arn:aws:dynamodb:us-east-1:111111111111:table/acme-locks-1',
      'https://acme.example',
      'https://acme.example/health',
    ])('is forbidden by its bucket, its table or its address: "%s"', (text) => {
      expect(naming(text)).toHaveLength(1);
    });

    it.each(['acme-state-10', 'my-acme-state-1', 'acme.example.org', 'an-acme.example', 'staging.acme.example'])(
      'is not what "%s" means',
      (text) => {
        expect(naming(text)).toEqual([]);
      },
    );
  });

  it('is said with its path and its text', () => {
    const [risk] = found(RULE, creating({ rule: [{ name: 'a' }, { target: { arn: 'x:mht-api-production-q' } }] }));
    expect(risk?.message).toBe('rule[1].target.arn names "production": x:mht-api-production-q');
  });

  it.each([
    [120, false],
    [121, true],
  ])('of %d characters is shortened: %j', (length, shortened) => {
    const text = `mht-api-production-${'x'.repeat(length - 19)}`;
    const message = found(RULE, creating({ text }))[0]?.message ?? '';
    expect(message.endsWith('...')).toBe(shortened);
    expect(message.includes(text)).toBe(!shortened);
  });

  it('is not shown when it is sensitive', () => {
    const [risk] = found(RULE, [
      changeOf('aws_secretsmanager_secret_version.this', {
        after: { secret_string: 'postgres://mht-api-production-db:hunter2' },
        afterSensitive: { secret_string: true },
      }),
    ]);
    expect(risk).toMatchObject({ severity: 'forbidden' });
    expect(risk?.message).toContain('secret_string');
    expect(risk?.message).not.toContain('hunter2');
  });

  it('is not looked for in what is taken away', () => {
    const gone = changeOf('aws_sqs_queue.this', {
      actions: ['delete'],
      before: { name: 'mht-api-production-q' },
      after: null,
    });
    expect(found(RULE, [gone])).toEqual([]);
  });
});

describe('a value of staging that does not name production', () => {
  it.each<[string, Json]>([
    ['its own name', { name: 'mht-api-staging-q' }],
    ["its own address, which ends as production's", { dns_name: 'staging.api.example.com' }],
    ['a URL of its own', { url: 'https://staging.api.example.com/health' }],
    ['prose', { description: 'like the queue of production but smaller' }],
    ['prose that ends with the word', { description: 'Smaller than the one of production.' }],
    ['prose with a colon', { description: 'As in production: encrypted' }],
    ['a longer word', { name: 'reproduction-of-postproductions' }],
    ['no text at all', { count: 3, enabled: true, nothing: null, list: [] }],
  ])('by %s is left alone', (_, after) => {
    expect(found(RULE, creating(after))).toEqual([]);
  });
});

describe('environments whose names contain each other', () => {
  const both = { binding: STAGING_EU, others: [STAGING] };

  it.each([
    'staging-eu',
    'mht-api-staging-eu-table',
    'mht-api-terraform-state-staging-eu',
    'staging-eu.api.example.com',
    'https://staging-eu.api.example.com',
  ])('leave "%s" to the longer one', (text) => {
    expect(found(RULE, creating({ text }), both)).toEqual([]);
  });

  it.each(['staging', 'mht-api-staging-table', 'mht-api-terraform-state-staging', 'staging.api.example.com'])(
    'forbid "%s" to the longer one',
    (text) => {
      expect(found(RULE, creating({ text }), both)).toHaveLength(1);
    },
  );

  it('forbid what names both', () => {
    expect(found(RULE, creating({ text: 'mht-api-staging-eu-to-mht-api-staging-q' }), both)).toHaveLength(1);
  });

  it('forbid the longer name to the shorter one', () => {
    const judged = { binding: STAGING, others: [STAGING_EU] };
    expect(found(RULE, creating({ text: 'mht-api-staging-eu-table' }), judged)).toHaveLength(1);
    expect(found(RULE, creating({ text: 'mht-api-staging-table' }), judged)).toEqual([]);
  });
});

describe('several environments', () => {
  it("leave production its own address, which is the end of staging's", () => {
    const judged = { binding: PRODUCTION, others: [STAGING] };
    expect(found(RULE, creating({ dns_name: 'api.example.com' }), judged)).toEqual([]);
    expect(found(RULE, creating({ dns_name: 'staging.api.example.com' }), judged)).toHaveLength(1);
  });

  it('are each told of, once a resource', () => {
    const risks = found(RULE, creating({ a: 'x-production-y', b: 'x-production-z', c: 'x-staging-eu-y' }), {
      others: [PRODUCTION, STAGING_EU],
    });
    expect(risks.map(({ message }) => message)).toEqual([
      'a names "production": x-production-y',
      'c names "staging-eu": x-staging-eu-y',
    ]);
  });

  it('are nobody when there is one alone', () => {
    expect(found(RULE, creating({ name: 'mht-api-production-q' }), { others: [] })).toEqual([]);
  });
});
