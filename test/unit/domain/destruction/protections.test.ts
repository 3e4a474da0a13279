import { describe, expect, it } from '@jest/globals';
import {
  describeContents,
  doomedBuckets,
  protections,
  recoveryWindows,
} from '../../../../src/domain/destruction/protections.js';
import type { Json } from '../../../../src/domain/plan.js';
import { changeOf, planOf } from '../../../fakes/plans.js';

const deleted = (address: string, before: Json) => changeOf(address, { actions: ['delete'], before, after: null });

describe('what is protected from deletion', () => {
  it.each([
    { address: 'aws_lb.this', attribute: 'enable_deletion_protection' },
    { address: 'aws_dynamodb_table.this', attribute: 'deletion_protection_enabled' },
    { address: 'aws_instance.this[0]', attribute: 'disable_api_termination' },
    { address: 'aws_db_instance.this', attribute: 'deletion_protection' },
  ])('is $address with $attribute, as AWS has it', ({ address, attribute }) => {
    expect(protections(planOf([deleted(address, { [attribute]: true })]))).toEqual([
      { address, what: `is protected from deletion (${attribute})` },
    ]);
    expect(protections(planOf([deleted(address, { [attribute]: false })]))).toEqual([]);
  });

  it("is in nobody's way where it stays", () => {
    const before = { deletion_protection: true };
    expect(protections(planOf([changeOf('aws_db_instance.this', { actions: ['update'], before })]))).toEqual([]);
  });
});

describe('the buckets that would go', () => {
  it('are those that the plan deletes, with their region and whether Terraform empties them', () => {
    const plan = planOf([
      deleted('aws_s3_bucket.data', { bucket: 'data', region: 'eu-west-1', force_destroy: true }),
      deleted('aws_s3_bucket.logs', { bucket: 'logs', force_destroy: null }),
      deleted('aws_s3_bucket_policy.data', { bucket: 'data' }),
      changeOf('aws_s3_bucket.stays', { actions: ['update'], before: { bucket: 'stays' } }),
    ]);
    expect(doomedBuckets(plan)).toEqual([
      { address: 'aws_s3_bucket.data', bucket: 'data', region: 'eu-west-1', emptied: true },
      { address: 'aws_s3_bucket.logs', bucket: 'logs', region: undefined, emptied: false },
    ]);
  });

  it('hold so many', () => {
    expect(describeContents({ versions: 1, more: false })).toBe('1 object or version');
    expect(describeContents({ versions: 1000, more: true })).toBe('at least 1000 objects and versions');
  });
});

describe("the time to change one's mind", () => {
  it.each([
    { type: 'aws_secretsmanager_secret', before: { recovery_window_in_days: 0 }, what: 'is gone at once' },
    { type: 'aws_secretsmanager_secret', before: { recovery_window_in_days: 7 }, what: 'can be restored for 7 days' },
    {
      type: 'aws_kms_key',
      before: { deletion_window_in_days: 30 },
      what: 'is deleted after 30 days; until then that can be cancelled',
    },
  ])('of $type with $before is told', ({ type, before, what }) => {
    const address = `${type}.this`;
    expect(recoveryWindows(planOf([deleted(address, before)]))).toEqual([{ address, what }]);
  });

  it('is none for the rest', () => {
    expect(recoveryWindows(planOf([deleted('aws_sqs_queue.this', {})]))).toEqual([]);
  });
});
