import { describe, expect, it } from '@jest/globals';
import { irreversibleLosses } from '../../../src/domain/irreversible.js';
import type { LedgerRecord } from '../../../src/domain/ledger-record.js';
import { lastGood, rollbackTo, whyNotTarget } from '../../../src/domain/rollback.js';
import { isNewer } from '../../../src/domain/version-order.js';
import { changeOf, planOf, preparedOf } from '../../fakes/plans.js';
import { recordOf } from '../../fakes/states.js';

const { inputs } = preparedOf();
const withValues = (digest: string) => ({ ...inputs, variables: { digest, text: '' } });
/** A deployment that went well, of a commit that is one letter. */
const good = (id: string, commit: string, parts: Partial<LedgerRecord> = {}) =>
  recordOf({ id, commit: commit.repeat(40), inputs, ...parts });
const failed = (id: string, commit: string) => good(id, commit, { status: 'failed' });
const unhealthy = (id: string, commit: string) => good(id, commit, { health: { status: 'unhealthy', checks: [] } });

describe('the last good deployment', () => {
  it.each<[string, readonly LedgerRecord[], string | undefined]>([
    ['the one before, after a good one', [good('2', 'b'), good('1', 'a')], '1'],
    ['the one before, after an unhealthy one', [unhealthy('2', 'b'), good('1', 'a')], '1'],
    ['the one before, after one that failed', [failed('2', 'b'), good('1', 'a')], '1'],
    ['that of the same commit, after an attempt at it that failed', [failed('2', 'a'), good('1', 'a')], '1'],
    ['none of what is there already', [good('3', 'b', { status: 'no-changes' }), good('2', 'b'), good('1', 'a')], '1'],
    [
      'that of the same commit with other values',
      [good('2', 'a', { inputs: withValues('sha256:new') }), good('1', 'a', { inputs: withValues('sha256:old') })],
      '1',
    ],
    ['none that was bad', [good('4', 'd'), unhealthy('3', 'c'), failed('2', 'b'), good('1', 'a')], '1'],
    ['the one before a rollback that did not help', [unhealthy('3', 'b'), unhealthy('2', 'c'), good('1', 'a')], '1'],
    [
      'past what had no plan',
      [good('3', 'u', { operation: 'unlock', planDigest: null }), good('2', 'b'), good('1', 'a')],
      '1',
    ],
    ['nothing after the first', [good('1', 'a')], undefined],
    ['nothing where nothing went well', [failed('2', 'b'), failed('1', 'a')], undefined],
    ['nothing in an empty ledger', [], undefined],
  ])('is %s', (_, records, expected) => {
    expect(lastGood(records)?.to.id).toBe(expected);
    if (expected !== undefined) expect(lastGood(records)?.from.id).toBe(records.find((r) => r.planDigest !== null)?.id);
  });
});

describe('a deployment that cannot be rolled back to', () => {
  it.each<[string, Partial<LedgerRecord>, string]>([
    ['an import', { operation: 'import' }, 'import'],
    ['killed', { status: 'started' }, 'started'],
    ['without a commit', { commit: null }, 'without a git commit'],
    ['of uncommitted files', { dirty: true }, 'not committed'],
    ['without its values', { inputs: null }, 'without its values'],
    ['unhealthy', { health: { status: 'unhealthy', checks: [] } }, 'not healthy'],
    ['not separated', { separation: 'violated' }, 'not separated'],
  ])('is one that is %s', (_, parts, why) => {
    const record = good('1', 'a', parts);
    expect(whyNotTarget(record)).toContain(why);
    expect(rollbackTo([good('2', 'b'), record], record)).toBeUndefined();
  });

  it('is none that ended well, whether its health is known or not', () => {
    expect(whyNotTarget(good('1', 'a'))).toBeUndefined();
    expect(rollbackTo([good('2', 'b'), good('1', 'a')], good('1', 'a'))?.from.id).toBe('2');
  });
});

describe('what cannot be undone', () => {
  it('is what is deleted or replaced and holds something, and nothing else', () => {
    const plan = planOf([
      changeOf('aws_kms_key.this', { actions: ['delete'] }),
      changeOf('module.q.aws_sqs_queue.this["a"]', { actions: ['delete', 'create'] }),
      changeOf('aws_s3_bucket.kept', { actions: ['update'] }),
      changeOf('aws_security_group.this', { actions: ['delete'] }),
    ]);
    expect(irreversibleLosses(plan)).toEqual([
      { address: 'aws_kms_key.this', lost: expect.stringContaining('7 to 30 days') },
      { address: 'module.q.aws_sqs_queue.this["a"]', lost: expect.stringContaining('60 seconds') },
    ]);
  });
});

describe('a version', () => {
  it.each([
    ['1.11.4', '1.11.3', true],
    ['1.12.0', '1.11.9', true],
    ['5.100.0', '5.99.9', true],
    ['1.11.4', '1.11.4', false],
    ['1.9.0', '1.11.0', false],
    ['1.11', '1.11.0', false],
    ['', '1.0.0', false],
  ])('%s is newer than %s: %s', (version, than, expected) => {
    expect(isNewer(version, than)).toBe(expected);
  });
});
