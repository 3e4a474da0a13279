import { describe, expect, it } from '@jest/globals';
import { NO_FACTS } from '../../../../../src/domain/separation/facts.js';
import { judgeSeparation } from '../../../../../src/domain/separation/judge.js';
import { mergeFacts } from '../../../../../src/domain/separation/merge-facts.js';
import { identity } from '../../../../../src/domain/separation/rules/identity.js';
import { separatedEvidence } from '../../../../fakes/separated-environments.js';
import { policyFact, relation, resourceFact } from '../../../../fakes/separation-evidence.js';
import { checkOf, failed, foundBy } from '../judged.js';
import { documentOf, found, inputWith, OTHER_ACCOUNT, PROD, STAGE } from '../policies/two-environments.js';

const statement = {
  Sid: 'Send',
  Effect: 'Allow',
  Action: ['sqs:SendMessage', 'sqs:GetQueueUrl'],
  Resource: PROD.queue,
};
const role = (document: unknown, parts: object = {}) => policyFact('identity', STAGE.role, document, parts);

describe('a finding', () => {
  const configuration = {
    'module.identity.aws_iam_role.this': { location: { file: 'main.tf', line: 7, column: 1 }, countedBy: [] },
  };
  const states = {
    staging: [
      { address: 'module.identity.aws_iam_role.this[0]', type: 'aws_iam_role', attributes: { arn: STAGE.role } },
    ],
  };

  it('says what allows what, where it is written, and what mends it', () => {
    const [finding, ...others] = found([role(documentOf(statement))], { states, configuration });
    expect(others).toEqual([]);
    expect(finding).toEqual({
      environment: 'staging',
      other: 'production',
      resource: 'module.identity.aws_iam_role.this[0]',
      message: `inline policy "application" of module.identity.aws_iam_role.this[0] of "staging": statement "Send" allows sqs:SendMessage on "${PROD.queue}" of "production"`,
      evidence: [`AWS: inline policy "application" of ${STAGE.role}: ${JSON.stringify(statement)}`],
      remedy: `remove "${PROD.queue}" from the Resource of statement "Send"; if the configuration does not ask for it: mhtctl deploy staging`,
      location: { file: 'main.tf', line: 7, column: 1 },
    });
  });

  it('shows an ARN of its own to write instead of a wildcard', () => {
    const wide = { Effect: 'Allow', Action: 'sqs:*', Resource: 'arn:aws:sqs:*:*:mht-*' };
    const [finding] = found([role(documentOf(wide), { source: 'state' })]);
    expect(finding?.remedy).toBe(
      `in statement 1 write Resource = ["${STAGE.queue}"] and others of "staging" instead of "arn:aws:sqs:*:*:mht-*", then: mhtctl deploy staging`,
    );
  });

  it('is one for what the state and AWS tell alike, however each writes it', () => {
    const inState = { ...statement, Action: ['sqs:getqueueurl', 'sqs:SendMessage'], Resource: [PROD.queue] };
    const findings = found([
      role({ Version: '2012-10-17', Statement: inState }, { source: 'state' }),
      role(documentOf(statement)),
    ]);
    expect(findings).toHaveLength(1);
    expect(findings[0]?.evidence).toEqual([
      `state: inline policy "application" of ${STAGE.role}: ${JSON.stringify(inState)}`,
      `AWS: inline policy "application" of ${STAGE.role}: ${JSON.stringify(statement)}`,
    ]);
  });

  it('is one for each where they differ', () => {
    const findings = found([
      role(documentOf(statement), { source: 'state' }),
      role(documentOf({ ...statement, Action: 'sqs:*' })),
    ]);
    expect(findings.map(({ evidence }) => evidence[0]?.slice(0, 5))).toEqual(['state', 'AWS: ']);
  });

  it('is one for a managed policy and the role that it is attached to', () => {
    const managed = 'arn:aws:iam::111111111111:policy/mht-api-staging-queues';
    const relations = [relation('service-role', STAGE.role, managed)];
    const asManaged = policyFact('identity', managed, documentOf(statement), {
      source: 'state',
      name: 'managed policy',
    });
    const findings = found([asManaged, role(documentOf(statement))], { relations });
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ resource: STAGE.role });
    expect(findings[0]?.evidence).toHaveLength(2);
  });

  it('is one a statement and environment', () => {
    const both = { ...statement, Resource: [PROD.queue, PROD.table, PROD.role] };
    expect(found([role(documentOf(both, { ...statement, Sid: 'Again' }))])).toHaveLength(2);
  });

  it("is nobody's for what belongs to neither", () => {
    expect(
      found([policyFact('identity', 'arn:aws:iam::111111111111:role/administrator', documentOf(statement))]),
    ).toEqual([]);
  });

  it('is none for what both claim', () => {
    const contested = resourceFact(STAGE.bucket, { tags: { Environment: 'production' } });
    const states = {
      staging: [{ address: 'aws_s3_bucket.this', type: 'aws_s3_bucket', attributes: { arn: STAGE.bucket } }],
    };
    const own = { Effect: 'Allow', Action: 's3:*', Resource: [STAGE.bucket, `${STAGE.bucket}/*`] };
    expect(found([role(documentOf(own))], { states, resources: [contested] })).toEqual([]);
  });
});

it('a large estate is judged without comparing every policy with every resource', () => {
  const queue = (name: string, index: number) => `arn:aws:sqs:us-east-1:111111111111:mht-api-${name}-${index}`;
  const indexes = Array.from({ length: 20_000 }, (_, index) => index);
  const resources = ['staging', 'production'].flatMap((name) =>
    indexes.map((index) => resourceFact(queue(name, index))),
  );
  const policies = indexes.slice(0, 5_000).map((index) => {
    const own = queue('staging', index);
    const Resource = index === 4_321 ? queue('production', index) : own;
    return policyFact(
      'identity',
      STAGE.role,
      documentOf({ Effect: 'Allow', Action: 'sqs:*', Resource: [own, `${own}-*`, Resource] }),
    );
  });
  const started = performance.now();
  expect(found(policies, { resources })).toHaveLength(1);
  // 5,000 x 3 x 20,000 comparisons would take minutes.
  expect(performance.now() - started).toBeLessThan(20_000);
});

describe('a resource of staging', () => {
  const profile = (name: string) => `arn:aws:iam::111111111111:instance-profile/mht-api-${name}-instance`;

  it.each([
    ['an instance profile', relation('instance-profile', STAGE.instance, profile('production'))],
    ["a profile of production's role", relation('profile-role', profile('staging'), PROD.role)],
    ['a role', relation('service-role', 'arn:aws:lambda:us-east-1:111111111111:function:mht-api-staging-f', PROD.role)],
    ['a managed policy', relation('service-role', STAGE.role, 'arn:aws:iam::111111111111:policy/mht-api-production-p')],
    ['a boundary', relation('boundary', STAGE.role, 'arn:aws:iam::111111111111:policy/mht-api-production-p')],
  ])('that uses %s of production is found', (_, crossing) => {
    expect(found([], { relations: [crossing] })).toMatchObject([{ environment: 'staging', other: 'production' }]);
  });

  it('that uses its own is not', () => {
    const relations = [
      relation('instance-profile', STAGE.instance, profile('staging')),
      relation('profile-role', profile('staging'), STAGE.role),
      relation('service-role', STAGE.role, 'arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore'),
      relation('service-role', PROD.role, 'arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore'),
    ];
    expect(found([], { relations })).toEqual([]);
  });

  it("that shares a boundary of nobody's with production is not", () => {
    const shared = 'arn:aws:iam::111111111111:policy/limit';
    const relations = [relation('boundary', STAGE.role, shared), relation('boundary', PROD.role, shared)];
    expect(found([], { relations })).toEqual([]);
  });

  it("that shares a role of nobody's with production is found", () => {
    const shared = 'arn:aws:iam::111111111111:role/worker';
    const relations = [relation('service-role', STAGE.topic, shared), relation('service-role', PROD.topic, shared)];
    expect(found([], { relations })).toHaveLength(1);
  });
});

describe('in a state, a role of staging', () => {
  const POLICY = 'arn:aws:iam::111111111111:policy/mht-api-production-limit';
  const ROLE = 'module.identity.aws_iam_role.this';

  it.each([
    ['held by a boundary of production', { permissions_boundary: POLICY }],
    ['given a managed policy of production', { managed_policy_arns: [POLICY] }],
  ])('%s is found by this rule alone', (_, attributes) => {
    const findings = foundBy('identity', { attributes: { staging: { [ROLE]: attributes } } });
    expect(findings).toMatchObject([{ environment: 'staging', other: 'production', resource: ROLE }]);
  });

  it('held by a boundary of production that names what is there is found by this rule alone, for both reasons', () => {
    const role = 'arn:aws:iam::111111111111:role/mht-api-staging-instance';
    const document = {
      Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: 'arn:aws:s3:::mht-api-production-logs-90000000/*' }],
    };
    const evidence = separatedEvidence({ relations: [relation('boundary', role, POLICY)] });
    const policies = [policyFact('boundary', role, document)];
    const judgement = judgeSeparation({ ...evidence, facts: mergeFacts([evidence.facts, { ...NO_FACTS, policies }]) });
    expect(failed(judgement)).toEqual(['identity']);
    expect(checkOf(judgement, 'identity').findings).toHaveLength(2);
  });
});

describe('a document', () => {
  const questions = (document: string, parts?: Parameters<typeof inputWith>[1]) =>
    identity.open?.(inputWith([policyFact('resource', STAGE.queue, document)], parts)) ?? [];

  it.each([
    ['', 'it is not JSON'],
    ['{"Version":"2012-10-17","Statem', 'it is not JSON'],
    ['null', 'it is not a JSON object'],
    ['[]', 'it is not a JSON object'],
    ['"*"', 'it is not a JSON object'],
    ['{}', 'it has no Statement'],
    ['{"Statement":"x"}', 'statement 1 is not a JSON object'],
    ['{"Statement":[{"Action":"*"}]}', 'statement 1 has neither the Effect "Allow" nor "Deny"'],
    ['{"Statement":{"Effect":"Allow"}}', 'statement 1 has no Action that is a text or a list of texts'],
    ['{"Statement":{"Effect":"Allow","Action":{}}}', 'statement 1 has no Action that is a text or a list of texts'],
    ['{"Statement":{"Effect":"Allow","Action":"*","Resource":[null]}}', 'statement 1 has a Resource that is neither'],
    ['{"Statement":{"Effect":"Allow","Action":"*","Principal":[1]}}', 'statement 1 has a Principal that is neither'],
    [
      '{"Statement":{"Effect":"Allow","Action":"*","Condition":{"Bool":"x"}}}',
      'statement 1 has a Condition that is not',
    ],
  ])('%s cannot be read, and is an open question', (document, reason) => {
    expect(found([policyFact('resource', STAGE.queue, document)])).toEqual([]);
    expect(questions(document)).toEqual([
      {
        environments: ['staging'],
        resource: STAGE.queue,
        reason: expect.stringContaining(`its resource policy cannot be read: ${reason}`),
      },
    ]);
  });

  it('that can be read in part is judged in part', () => {
    const document = { Statement: [7, { Effect: 'Allow', Action: '*', Principal: '*' }] };
    expect(found([policyFact('resource', STAGE.queue, document)])).toHaveLength(1);
    expect(questions(JSON.stringify(document))).toHaveLength(1);
  });

  it("of nobody's is no question", () => {
    expect(
      identity.open?.(inputWith([policyFact('resource', 'arn:aws:sqs:us-east-1:111111111111:billing', '{')])),
    ).toEqual([]);
  });

  it('with a canonical user is a question where accounts differ', () => {
    const document = JSON.stringify({
      Statement: { Effect: 'Allow', Action: 's3:*', Principal: { CanonicalUser: '79a59df900b9' } },
    });
    expect(questions(document)).toEqual([]);
    expect(questions(document, { apart: true })).toMatchObject([{ reason: expect.stringContaining('79a59df900b9') }]);
    expect(OTHER_ACCOUNT).not.toBe('111111111111');
  });

  it.each([
    ['Statement as an object', { Statement: { Effect: 'Allow', Action: '*', Resource: PROD.queue } }],
    ['lists', { Statement: [{ Effect: 'Allow', Action: ['*'], Resource: [PROD.queue] }] }],
    [
      'keys never heard of',
      { Id: 'x', Statement: [{ Effect: 'Allow', Action: '*', Resource: PROD.queue, Comment: 7 }] },
    ],
    [
      'numbers and booleans in conditions',
      {
        Statement: {
          Effect: 'Allow',
          Action: '*',
          Resource: PROD.queue,
          Condition: { Bool: { 'aws:SecureTransport': true }, NumericLessThan: { 'aws:MultiFactorAuthAge': 5 } },
        },
      },
    ],
  ])('may have %s', (_, document) => {
    expect(found([role(document)])).toHaveLength(1);
  });
});
