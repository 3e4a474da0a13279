import { describe, expect, it } from '@jest/globals';
import { bindingOf } from '../../../../fakes/bindings.js';
import { policyFact } from '../../../../fakes/separation-evidence.js';
import { documentOf, found, letInBy, PROD, reachedBy, STAGE, variable } from '../policies/two-environments.js';

const FUTURE = 'arn:aws:sqs:us-east-1:111111111111:mht-api-production-future';
const allow = (parts: object) => ({ Effect: 'Allow', Action: 'sqs:SendMessage', ...parts });

describe('a policy of staging names production', () => {
  it.each<[string, object, string]>([
    ['by an ARN of what is not there yet', allow({ Resource: FUTURE }), FUTURE],
    [
      'by a pattern for what is not there yet',
      allow({ Resource: 'arn:aws:sqs:*:*:*-production' }),
      'names "production"',
    ],
    ['by a name between wildcards', allow({ Resource: 'arn:aws:sqs:*:*:*production*future' }), 'names "production"'],
    ['by its state bucket', allow({ Resource: 'arn:aws:s3:::mht-api-terraform-state-production' }), 'state-production'],
    ['by the wrong action on its queue', allow({ Action: 's3:GetObject', Resource: PROD.queue }), PROD.queue],
    ['by the wrong action on its key', allow({ Action: 's3:GetObject', Resource: PROD.key }), PROD.key],
    [
      'by a condition on a tag',
      allow({ Resource: STAGE.queue, Condition: { StringEquals: { 'aws:ResourceTag/Environment': 'production' } } }),
      'condition aws:ResourceTag/Environment "production"',
    ],
    [
      'by a condition on an id',
      allow({ Resource: STAGE.queue, Condition: { StringEquals: { 'aws:SourceVpc': 'vpc-99999999999999999' } } }),
      'belongs to "production"',
    ],
    [
      'by the default of a variable',
      allow({ Resource: `arn:aws:sqs:*:*:x-${variable("aws:PrincipalTag/Environment, 'production'")}` }),
      'names "production"',
    ],
  ])('%s', (_, statement, shown) => {
    const findings = reachedBy([statement as never]);
    expect(findings).toHaveLength(1);
    expect(findings[0]?.message).toContain(shown);
  });

  it.each<[string, object, string]>([
    [
      'by a role of another account',
      { Principal: { AWS: 'arn:aws:iam::333333333333:role/mht-api-production-x' } },
      'a principal of "production"',
    ],
    [
      'by an encryption context',
      {
        Principal: { Service: 'logs.amazonaws.com' },
        Condition: {
          ArnEquals: {
            'kms:EncryptionContext:aws:logs:arn':
              'arn:aws:logs:us-east-1:111111111111:log-group:mht-api-production-new',
          },
        },
      },
      'kms:EncryptionContext:aws:logs:arn',
    ],
    [
      'by a role that the condition keeps out',
      {
        Principal: { AWS: PROD.role },
        Condition: { StringEquals: { 'aws:PrincipalTag/Environment': 'staging' } },
      },
      PROD.role,
    ],
  ])('in a resource policy %s', (_, parts, shown) => {
    const findings = letInBy([allow({ Resource: STAGE.queue, ...parts })]);
    expect(findings).toHaveLength(1);
    expect(findings[0]?.message).toContain(shown);
  });

  it.each(['endpoint', 'boundary'] as const)('in a policy of kind %s', (kind) => {
    const holder = kind === 'endpoint' ? STAGE.vpcEndpoint : STAGE.role;
    const policy = (Resource: string) =>
      policyFact(kind, holder, documentOf(allow({ Action: '*', Principal: '*', Resource })));
    expect(found([policy(`${PROD.bucket}/*`)])).toHaveLength(1);
    // It bounds what others allow.
    expect(found([policy('*')])).toEqual([]);
  });
});

describe('a policy of staging does not name production', () => {
  it.each<[string, object]>([
    ['by leaving it out', allow({ NotResource: ['arn:aws:sqs:*:*:*-production-*', 'arn:aws:sqs:*'] })],
    [
      'by a condition that excludes it',
      allow({ Resource: STAGE.queue, Condition: { StringNotEquals: { 'aws:ResourceTag/Environment': 'production' } } }),
    ],
    ['by a longer word', allow({ Resource: 'arn:aws:sqs:*:*:reproductions' })],
    ['by a Deny', { ...allow({ Resource: FUTURE }), Effect: 'Deny' }],
  ])('%s', (_, statement) => {
    expect(reachedBy([statement as never])).toEqual([]);
  });

  it('by its own resource, whatever it is called', () => {
    const own = 'arn:aws:sqs:us-east-1:111111111111:mht-api-production-copy';
    const states = { staging: [{ address: 'aws_sqs_queue.copy', type: 'aws_sqs_queue', attributes: { arn: own } }] };
    expect(reachedBy([allow({ Resource: own })], { states })).toEqual([]);
  });

  it.each([
    ['a region', allow({ Resource: 'arn:aws:sqs:eu-west-1:111111111111:mht-api-staging-queue' })],
    [
      'the value of a key for regions',
      allow({ Resource: STAGE.queue, Condition: { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } } }),
    ],
  ])('called "eu" by %s', (_, statement) => {
    expect(reachedBy([statement], { bindings: [bindingOf('staging'), bindingOf('eu')] })).toEqual([]);
  });

  it('whose name its own contains', () => {
    const bindings = [bindingOf('staging'), bindingOf('staging-eu')];
    const policy = (Resource: string) => [
      policyFact(
        'identity',
        'arn:aws:iam::111111111111:role/mht-api-staging-eu-instance',
        documentOf(allow({ Resource })),
      ),
    ];
    expect(found(policy('arn:aws:sqs:*:*:mht-api-staging-eu-x'), { bindings })).toEqual([]);
    expect(found(policy('arn:aws:sqs:*:*:mht-api-staging-x'), { bindings })).toHaveLength(1);
  });
});
