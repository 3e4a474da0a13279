import { describe, expect, it } from '@jest/globals';
import { refuseStalePlan } from '../../../src/domain/plan-freshness.js';
import { STAGING } from '../../fakes/bindings.js';
import { failureOf } from '../../fakes/failure.js';
import { LINEAGE, NOW, planFileOf } from '../../fakes/plans.js';
import { later, stateOf } from '../../fakes/states.js';

const DAY = 24 * 60 * 60;
const FIRST = { lineage: '', serial: 0 };

describe('a saved plan', () => {
  it.each([
    ['made just now', {}, stateOf(), NOW],
    ['exactly a day old', {}, stateOf(), later(DAY)],
    ['of the first deployment', FIRST, null, NOW],
    ['of the first deployment, whatever serial it says', { ...FIRST, serial: 1 }, null, NOW],
  ])('%s holds', (_, file, state, now) => {
    expect(() => refuseStalePlan(STAGING, planFileOf(STAGING, file), state, now)).not.toThrow();
  });

  it.each([
    ['older than a day', {}, stateOf(), later(DAY + 1), ['2026-11-23T10:00:00.000Z', '24 hours']],
    ['of no known age', { createdAt: new Date(Number.NaN) }, stateOf(), NOW, ['an unknown time']],
    ['from an earlier serial', { serial: 6 }, stateOf(), NOW, ['serial 6', 'serial 7']],
    ['from a later serial', { serial: 8 }, stateOf(), NOW, ['serial 8', 'serial 7']],
    ['from another lineage', { lineage: 'other' }, stateOf(), NOW, ['"other"', `"${LINEAGE}"`]],
    ['from a state that is gone', {}, null, NOW, [`"${LINEAGE}"`, 'none']],
    ['of the first deployment, which has happened since', FIRST, stateOf(), NOW, ['none', `"${LINEAGE}"`]],
  ])('%s is refused', async (_, file, state, now, said) => {
    const failure = await failureOf(() => refuseStalePlan(STAGING, planFileOf(STAGING, file), state, now));
    expect(failure).toMatchObject({
      code: 'PlanStale',
      exitCode: 3,
      nextSteps: ['plan again: mhtctl plan staging'],
    });
    for (const part of ['"staging"', ...said]) expect(failure.message).toContain(part);
  });

  it('says everything that is wrong with it', async () => {
    const file = planFileOf(STAGING, { serial: 6 });
    const { message } = await failureOf(() => refuseStalePlan(STAGING, file, stateOf(), later(2 * DAY)));
    expect(message).toMatch(/more than 24 hours ago; .*serial 6/);
  });
});
