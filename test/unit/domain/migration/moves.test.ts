import { describe, expect, it } from '@jest/globals';
import { movesIn } from '../../../../src/domain/migration/moves.js';
import type { Json, ResourceChange } from '../../../../src/domain/plan.js';
import { changeOf, planOf } from '../../../fakes/plans.js';

const created = (address: string, after: Json): ResourceChange => changeOf(address, { after });
const deleted = (address: string, before: Json): ResourceChange =>
  changeOf(address, { actions: ['delete'], before, after: null });

function moves(...changes: readonly ResourceChange[]) {
  return movesIn(planOf(changes)).map(({ from, to }) => `${from} -> ${to}`);
}

describe('a resource that is called otherwise', () => {
  it('is known again by its name, whatever else differs', () => {
    expect(
      moves(
        created('module.q.aws_sqs_queue.this["a"]', { name: 'mht-a', visibility_timeout_seconds: 60 }),
        created('module.q.aws_sqs_queue.this["b"]', { name: 'mht-b' }),
        deleted('aws_sqs_queue.b', { name: 'mht-b' }),
        deleted('aws_sqs_queue.a', { name: 'mht-a', visibility_timeout_seconds: 300 }),
      ),
    ).toEqual([
      'aws_sqs_queue.a -> module.q.aws_sqs_queue.this["a"]',
      'aws_sqs_queue.b -> module.q.aws_sqs_queue.this["b"]',
    ]);
  });

  it('is known by the prefix that AWS has completed, and by the tag that is its name', () => {
    expect(
      moves(
        created('module.n.aws_security_group.alb', { name_prefix: 'mht-alb-' }),
        deleted('aws_security_group.alb', { name: 'mht-alb-2024', name_prefix: 'mht-alb-' }),
        created('module.n.aws_vpc.this', { tags: { Name: 'mht-vpc' } }),
        deleted('aws_vpc.main', { tags: { Name: 'mht-vpc' } }),
      ),
    ).toEqual(['aws_security_group.alb -> module.n.aws_security_group.alb', 'aws_vpc.main -> module.n.aws_vpc.this']);
  });

  it('is not one of another type, or of another name', () => {
    expect(
      moves(
        created('aws_sns_topic.new', { name: 'mht-a' }),
        deleted('aws_sqs_queue.old', { name: 'mht-a' }),
        created('aws_dynamodb_table.new', { name: 'mht-new' }),
        deleted('aws_dynamodb_table.old', { name: 'mht-old' }),
      ),
    ).toEqual([]);
  });

  it('is a setting of what it is set on, which has to be known first', () => {
    const [live, other] = ['live', 'other'].map((bucket) =>
      deleted(`aws_s3_bucket_policy.${bucket}`, { bucket, policy: '{}' }),
    );
    const unknown = created('module.s.aws_s3_bucket_policy.this["live"]', { policy: '{ }' });
    const known = created('module.s.aws_s3_bucket_policy.this["live"]', { bucket: 'live', policy: '{"new": 1}' });
    expect(moves(unknown, live as ResourceChange)).toEqual([]);
    expect(moves(known, live as ResourceChange, other as ResourceChange)).toEqual([
      'aws_s3_bucket_policy.live -> module.s.aws_s3_bucket_policy.this["live"]',
    ]);
  });

  it('is known by all that is said of it where it has no name, policies by what they mean', () => {
    expect(
      moves(
        created('module.n.aws_route53_record.api', {
          zone_id: 'Z',
          name: 'a',
          type: 'A',
          policy: '{"b":1,"a":[2]}',
          empty: [],
        }),
        deleted('aws_route53_record.www', { zone_id: 'Z', name: 'w', type: 'A', policy: '{"b":1,"a":[2]}' }),
        deleted('aws_route53_record.api', {
          zone_id: 'Z',
          name: 'a',
          type: 'A',
          policy: '{ "a": [2], "b": 1 }',
          ttl: 60,
        }),
      ),
    ).toEqual(['aws_route53_record.api -> module.n.aws_route53_record.api']);
  });

  it('is the one of the same label where several would do, and none where that does not tell', () => {
    const address = { domain: 'vpc' };
    expect(
      moves(
        created('module.n.aws_eip.nat[0]', address),
        created('module.n.aws_eip.nat[1]', address),
        deleted('aws_eip.nat[1]', address),
        deleted('aws_eip.nat[0]', address),
      ),
    ).toEqual(['aws_eip.nat[0] -> module.n.aws_eip.nat[0]', 'aws_eip.nat[1] -> module.n.aws_eip.nat[1]']);
    expect(
      moves(
        created('module.n.aws_eip.one', address),
        created('module.n.aws_eip.two', address),
        deleted('aws_eip.nat', address),
      ),
    ).toEqual([]);
  });

  it('is nothing that says nothing', () => {
    expect(moves(created('module.n.aws_eip.nat', { tags: null }), deleted('aws_eip.nat', { domain: 'vpc' }))).toEqual(
      [],
    );
  });

  it('is not looked for among replacements and updates', () => {
    const after = { name: 'mht-a' };
    expect(
      moves(
        changeOf('aws_sqs_queue.a', { actions: ['delete', 'create'], before: after, after }),
        created('module.q.aws_sqs_queue.a', after),
      ),
    ).toEqual([]);
  });
});
