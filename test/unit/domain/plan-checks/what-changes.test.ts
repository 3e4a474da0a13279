import { describe, expect, it } from '@jest/globals';
import type { ChangeAction, Json } from '../../../../src/domain/plan.js';
import { changeOf } from '../../../fakes/plans.js';
import { found } from './judge.js';

describe('a change that destroys', () => {
  const RULE = 'destroys-data-or-traffic';
  const changing = (type: string, ...actions: readonly ChangeAction[]) => changeOf(`${type}.this`, { actions });

  it.each([
    ['data', 'aws_s3_bucket'],
    ['data', 'aws_dynamodb_table'],
    ['data', 'aws_sqs_queue'],
    ['data', 'aws_kms_key'],
    ['data', 'aws_secretsmanager_secret'],
    ['data', 'aws_cloudwatch_log_group'],
    ['traffic', 'aws_lb'],
    ['traffic', 'aws_lb_listener'],
    ['traffic', 'aws_instance'],
    ['traffic', 'aws_route53_record'],
    ['traffic', 'aws_vpc'],
  ])('%s is to be allowed by name: %s', (holds, type) => {
    const address = `${type}.this`;
    expect(
      found(RULE, [changing(type, 'delete'), changing(type, 'delete', 'create'), changing(type, 'create', 'delete')]),
    ).toEqual([
      { rule: RULE, severity: 'consent', address, message: `${holds} would be deleted` },
      { rule: RULE, severity: 'consent', address, message: `${holds} would be replaced` },
      { rule: RULE, severity: 'consent', address, message: `${holds} would be replaced` },
    ]);
  });

  it('nothing of worth needs no leave', () => {
    expect(found(RULE, [changing('aws_iam_role', 'delete'), changing('aws_s3_bucket_policy', 'delete')])).toEqual([]);
  });

  it.each<ChangeAction>(['create', 'update', 'read', 'forget', 'no-op'])('is not the action %s', (action) => {
    expect(found(RULE, [changing('aws_s3_bucket', action)])).toEqual([]);
  });

  it('says why, where a reason is known', () => {
    const change = { ...changing('aws_s3_bucket', 'delete', 'create'), reasons: ['bucket cannot be changed in place'] };
    expect(found(RULE, [change])[0]?.message).toBe('data would be replaced (bucket cannot be changed in place)');
  });
});

describe('the tag Environment', () => {
  const RULE = 'missing-environment-tag';
  const having = (after: Json) => found(RULE, [changeOf('aws_sqs_queue.this', { after })]);

  it.each<[string, Json]>([
    ['is right', { tags_all: { Environment: 'staging', Project: 'x' } }],
    ['cannot be set', { name: 'x' }],
    ['is of no use to what is taken away', null],
  ])('%s', (_, after) => {
    expect(having(after)).toEqual([]);
  });

  it.each<[Json]>([[{ tags_all: {} }], [{ tags_all: null }], [{ tags_all: { environment: 'staging' } }]])(
    'missing in %j is noted',
    (after) => {
      expect(having(after)).toMatchObject([
        { severity: 'notice', address: 'aws_sqs_queue.this', message: 'has no tag Environment; expected "staging"' },
      ]);
    },
  );

  it.each<[Json]>([['production'], ['Staging'], ['staging-eu'], ['']])('that says %j is forbidden', (tag) => {
    expect(having({ tags: { Environment: 'staging' }, tags_all: { Environment: tag } })).toMatchObject([
      {
        severity: 'forbidden',
        address: 'aws_sqs_queue.this',
        message: `has the tag Environment = ${JSON.stringify(tag)}; expected "staging"`,
      },
    ]);
  });
});

describe('a physical name', () => {
  const RULE = 'name-without-environment';
  const named = (name: Json) => found(RULE, [changeOf('aws_sqs_queue.this', { after: { name } })]);

  it.each([['mht-api-staging-q'], ['staging'], [null]])('%j is well', (name) => {
    expect(named(name)).toEqual([]);
  });

  it.each(['mht-api-q', 'mht-api-stagingq', 'mht-api-production-q'])(
    '"%s" without the environment is noted',
    (name) => {
      expect(named(name)).toMatchObject([
        {
          severity: 'notice',
          address: 'aws_sqs_queue.this',
          message: `the name "${name}" does not contain "staging"`,
        },
      ]);
    },
  );

  it('of a type whose name is not ours is not judged', () => {
    expect(found(RULE, [changeOf('aws_lb_listener.this', { after: { name: 'x' } })])).toEqual([]);
  });
});
