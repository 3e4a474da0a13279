import { describe, expect, it } from '@jest/globals';
import type { HealthCheck } from '../../../src/domain/health.js';
import { healthOf } from '../../../src/domain/health.js';
import {
  missingForPromotion,
  type PromotionEvidence,
  promotionOverrides,
  reasonOf,
} from '../../../src/domain/promotion.js';
import { failureOf } from '../../fakes/failure.js';
import { NOW } from '../../fakes/plans.js';
import { recordOf } from '../../fakes/states.js';

const HASH = '0123456789abcdef0123456789abcdef01234567';
const COMMIT = { hash: HASH, branch: 'main', dirtyFiles: [] };
const check = (status: HealthCheck['status'], group: HealthCheck['group'] = 'traffic'): HealthCheck => ({
  group,
  name: 'target i-1',
  status,
  detail: 'as it is',
  nextSteps: [],
});

const open: PromotionEvidence = {
  source: 'staging',
  commit: COMMIT,
  now: NOW,
  minutes: 0,
  // A day before NOW.
  records: [recordOf()],
  health: healthOf([check('healthy')]),
  drift: [],
  emulated: false,
};

const missing = (parts: Partial<PromotionEvidence>) => missingForPromotion({ ...open, ...parts });
const minutesAgo = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000).toISOString();

describe('the promotion gate', () => {
  it('is open for a commit that is healthy there, with nothing changed by hand', () => {
    expect(missing({})).toEqual([]);
  });

  it('is open for a commit that was rolled back to there', () => {
    expect(missing({ records: [recordOf({ operation: 'rollback' })] })).toEqual([]);
  });

  it.each<[string, Partial<PromotionEvidence>, string]>([
    ['there is no commit', { commit: null }, 'no git commit'],
    ['files are not committed', { commit: { ...COMMIT, dirtyFiles: ['main.tf'] } }, '1 file is not committed: main.tf'],
    ['nothing was ever deployed there', { records: [] }, 'nothing was ever deployed to "staging"'],
    ['the ledger cannot be read', { records: { unread: 'no network' } }, 'no network'],
    ['another commit is there', { records: [recordOf({ commit: 'f'.repeat(40) })] }, 'commit ffffffff'],
    ['it was deployed there with uncommitted files', { records: [recordOf({ dirty: true })] }, 'uncommitted files'],
    ['its deployment failed there', { records: [recordOf({ status: 'failed' })] }, '(failed)'],
    ['its deployment is still going on', { records: [recordOf({ status: 'started' })] }, '(started)'],
    ['something was imported since', { records: [recordOf({ operation: 'import' }), recordOf()] }, 'import'],
    ['it is not healthy there', { health: healthOf([check('unhealthy', 'queues')]) }, 'not healthy: target i-1'],
    ['its traffic was not checked', { health: healthOf([check('not-checked')]) }, 'not known to be healthy'],
    ['its health cannot be read', { health: { unread: 'denied' } }, 'denied'],
    ['something was changed there by hand', { drift: ['a', 'b', 'c', 'd', 'e'] }, 'a, b, c and 2 more'],
    ['its drift cannot be read', { drift: { unread: 'state locked' } }, 'state locked'],
  ])('is closed when %s', (_, parts, why) => {
    expect(missing(parts)).toEqual([expect.stringContaining(why)]);
  });

  it('lists everything that is missing at once', () => {
    const all = missing({
      commit: { ...COMMIT, dirtyFiles: ['a', 'b'] },
      records: [],
      health: { unread: 'x' },
      drift: ['y'],
    });
    expect(all).toHaveLength(4);
  });

  it('takes what is not checked beside the traffic, such as an alarm without data', () => {
    expect(missing({ health: healthOf([check('healthy'), check('not-checked', 'alarms')]) })).toEqual([]);
  });

  it('takes unchecked traffic of an emulated AWS, which has none, and of that alone', () => {
    expect(missing({ emulated: true, health: healthOf([check('not-checked')]) })).toEqual([]);
    expect(missing({ emulated: true, health: healthOf([check('unhealthy')]) })).toHaveLength(1);
  });

  it('passes over what had no plan, such as a lock that was removed', () => {
    expect(missing({ records: [recordOf({ operation: 'unlock', planDigest: null }), recordOf()] })).toEqual([]);
  });

  it('asks for the minutes since the commit came there, to the minute', () => {
    const since = (minutes: number) => [recordOf({ finishedAt: minutesAgo(minutes) })];
    expect(missing({ minutes: 30, records: since(30) })).toEqual([]);
    expect(missing({ minutes: 30, records: since(29) })).toEqual([
      'commit 01234567 is on "staging" for 29 minutes; 30 are required',
    ]);
  });

  it('does not start the time anew when it was deployed there once more', () => {
    const records = [
      recordOf({ id: '3', status: 'no-changes', finishedAt: minutesAgo(1) }),
      recordOf({ id: '2', finishedAt: minutesAgo(45) }),
      recordOf({ id: '1', commit: 'f'.repeat(40), finishedAt: minutesAgo(100) }),
    ];
    expect(missing({ minutes: 40, records })).toEqual([]);
    expect(missing({ minutes: 50, records })).toEqual([expect.stringContaining('45 minutes')]);
  });

  it('is not passed by a clock that is behind the one that recorded', () => {
    expect(missing({ minutes: 1, records: [recordOf({ finishedAt: minutesAgo(-60) })] })).toEqual([
      expect.stringContaining('for 0 minutes'),
    ]);
  });
});

describe('a gate that is skipped', () => {
  it('is recorded with its reason, where there is one to skip', () => {
    expect(promotionOverrides({ promotedFrom: 'staging' }, 'hot fix')).toEqual([
      { flag: '--skip-gate', value: 'hot fix' },
    ]);
    expect(promotionOverrides({ promotedFrom: undefined }, 'hot fix')).toEqual([]);
    expect(promotionOverrides({ promotedFrom: 'staging' }, undefined)).toEqual([]);
  });

  it('needs a reason', async () => {
    expect(reasonOf(' hot fix ')).toBe('hot fix');
    expect(await failureOf(async () => reasonOf('  '))).toMatchObject({ code: 'ReasonMissing', exitCode: 2 });
  });
});
