import { describe, expect, it } from '@jest/globals';
import type { Leftover } from '../../../src/domain/destruction/leftovers.js';
import { destroyPreviewText, destroyText } from '../../../src/presenters/destroy-text.js';
import { textStyle } from '../../../src/presenters/style.js';
import { changeOf, planOf } from '../../fakes/plans.js';

const PLAIN = textStyle(false);
const deleted = (address: string, before = {}) => changeOf(address, { actions: ['delete'], before, after: null });

describe('a destruction, to be read before it is confirmed', () => {
  it('has what holds data first, then what carries traffic, and counts the rest by kind', () => {
    const plan = planOf([
      deleted('aws_iam_role.one'),
      deleted('aws_iam_role.two'),
      deleted('aws_lb.this'),
      deleted('aws_s3_bucket.data'),
      deleted('aws_secretsmanager_secret.this', { recovery_window_in_days: 30 }),
    ]);
    const buckets = [{ address: 'aws_s3_bucket.data', contents: { versions: 3, more: false } }];
    const obstacles = [{ address: 'aws_lb.this', what: 'is protected from deletion (enable_deletion_protection)' }];
    expect(destroyPreviewText({ environment: 'staging', plan, buckets, obstacles }, PLAIN).split('\n')).toEqual([
      'Destroy staging: 5 resources, for good',
      '  what holds data',
      '    - aws_s3_bucket.data  its objects; and others may take its name meanwhile; 3 objects and versions',
      '    - aws_secretsmanager_secret.this  can be restored for 30 days',
      '  what carries traffic',
      '    - aws_lb.this  its DNS name and its open connections',
      '  and 2 more: iam_role ×2',
      '  ✖ in the way: aws_lb.this is protected from deletion (enable_deletion_protection)',
    ]);
  });

  it('stays within the terminal', () => {
    const plan = planOf(Array.from({ length: 30 }, (_, index) => deleted(`aws_kind_number_${index}.this`)));
    const text = destroyPreviewText({ environment: 'staging', plan, buckets: [], obstacles: [] }, textStyle(false, 80));
    expect(text.split('\n')[1]).toMatch(/^ {2}30: kind_number_0, /);
    expect(Math.max(...text.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(80);
  });
});

describe('a destruction that has ended', () => {
  const left = (status: Leftover['status'], id: string): Leftover => ({
    id,
    type: null,
    address: null,
    status,
    remedy: `remove ${id}`,
  });
  const result = {
    environment: 'staging',
    outcome: 'destroyed' as const,
    backup: { id: 'b1' },
    kept: ['s3://state', 'locks'],
  };

  it('says what is left and how to remove it, what waits, and what stays on purpose', () => {
    const leftovers = [left('there', 'a\u001B[2J'), left('pending', 'k'), left('unknown', 'u')];
    expect(destroyText({ ...result, leftovers }, PLAIN).split('\n')).toEqual([
      'staging: destroyed',
      'Still there:',
      '  a\\u001b[2J  remove a\\u001b[2J',
      'Waits for its deletion by AWS:',
      '  k  remove k',
      'Listed by its tag, which AWS shows for hours, and not asked about:',
      '  u  remove u',
      'Kept on purpose: s3://state, locks, with every version of the state and the record of what was done',
      'The state as it was: backup b1',
    ]);
  });

  it('never says that nothing is left where nobody has looked', () => {
    expect(destroyText({ ...result, leftovers: null }, PLAIN)).toContain('not verified');
    expect(destroyText({ ...result, leftovers: null }, PLAIN)).not.toContain('Nothing of it');
    expect(destroyText({ ...result, leftovers: [] }, PLAIN)).toContain('Nothing of it is left');
  });

  it('says that there was nothing to destroy, or that nothing was changed', () => {
    const nothing = { ...result, backup: null, leftovers: [] };
    expect(destroyText({ ...nothing, outcome: 'nothing-left' }, PLAIN)).toContain('there is nothing in its state');
    expect(destroyText({ ...nothing, outcome: 'dry-run' }, PLAIN)).toBe('staging: dry run, nothing was changed');
  });
});
