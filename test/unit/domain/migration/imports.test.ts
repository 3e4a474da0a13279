import { describe, expect, it } from '@jest/globals';
import { importsIn, unlisted } from '../../../../src/domain/migration/imports.js';
import type { ResourceFact } from '../../../../src/domain/separation/facts.js';
import { changeOf, planOf } from '../../../fakes/plans.js';

const fact = (type: string, name: string, parts: Partial<ResourceFact> = {}): ResourceFact => ({
  id: `arn:aws:x:us-east-1:111111111111:${name}`,
  aliases: [],
  type,
  name,
  tags: undefined,
  partOf: undefined,
  ...parts,
});

const imports = (type: string, after: object, ...live: readonly ResourceFact[]) =>
  importsIn(planOf([changeOf(`${type}.this`, { type, after: after as never })]), live, 'production');

describe('what is there already', () => {
  it('is imported by its name', () => {
    expect(imports('aws_s3_bucket', { bucket: 'logs' }, fact('aws_s3_bucket', 'logs'))).toEqual({
      imports: [{ to: 'aws_s3_bucket.this', id: 'logs' }],
      byHand: [],
    });
  });

  it('is imported by its ARN where that is its import id', () => {
    const topic = fact('aws_sns_topic', 'alarms', { tags: { Environment: 'production' } });
    expect(imports('aws_sns_topic', { name: 'alarms' }, topic).imports).toEqual([
      { to: 'aws_sns_topic.this', id: topic.id },
    ]);
  });

  it.each([
    ['of another name', { name: 'alarms' }, fact('aws_sns_topic', 'alarms-2')],
    ['of another type', { name: 'alarms' }, fact('aws_sqs_queue', 'alarms')],
    ['whose name is not known before the apply', { display_name: 'x' }, fact('aws_sns_topic', 'alarms')],
    ['whose name AWS will complete', { name_prefix: 'alarms' }, fact('aws_sns_topic', 'alarms')],
  ])('is nothing %s', (_, after, live) => {
    expect(imports('aws_sns_topic', after, live)).toEqual({ imports: [], byHand: [] });
  });

  it('is nothing that only its Name tag tells', () => {
    expect(imports('aws_vpc', { tags: { Name: 'main' } }, fact('aws_vpc', 'main'))).toEqual({
      imports: [],
      byHand: [],
    });
  });

  it('is left to people where its id is not told, several are called so, or it is tagged with another environment', () => {
    const name = { name: 'mht' };
    const reasons = [
      imports('aws_sqs_queue', name, fact('aws_sqs_queue', 'mht')),
      imports('aws_sns_topic', name, fact('aws_sns_topic', 'mht'), fact('aws_sns_topic', 'mht', { id: 'other' })),
      imports('aws_sns_topic', name, fact('aws_sns_topic', 'mht', { tags: { Environment: 'staging' } })),
    ].map(({ imports: found, byHand }) => [found.length, byHand.map(({ reason }) => reason)]);
    expect(reasons).toEqual([
      [0, ['mht exists; the import id of its type is not told by its name']],
      [0, ['2 of its type are called mht']],
      [0, ['mht exists, and its tag says that it is "staging"\'s']],
    ]);
  });

  it('is not looked for among what is only changed', () => {
    const plan = planOf([changeOf('aws_s3_bucket.this', { actions: ['update'], after: { bucket: 'logs' } })]);
    expect(importsIn(plan, [fact('aws_s3_bucket', 'logs')], 'production').imports).toEqual([]);
  });
});

it('says what could not be listed', () => {
  const unread = { environments: ['production'], subject: 'all roles', reason: 'denied' };
  expect(
    unlisted([
      { ...unread, areas: ['existence', 'tags'], action: 'iam:ListRoles' },
      { ...unread, areas: ['policies'], action: 'iam:GetRolePolicy' },
    ]),
  ).toEqual(['iam:ListRoles on all roles: denied']);
});
