import { beforeEach, describe, expect, it } from '@jest/globals';
import type { HealthLook } from '../../../src/domain/health/look.js';
import { watchHealth } from '../../../src/services/watch-health.js';
import { STAGING } from '../../fakes/bindings.js';
import { failureOf } from '../../fakes/failure.js';
import { targetGroupOf } from '../../fakes/health-ports.js';
import { fakePorts, toolFailure } from '../../fakes/ports.js';
import { later, stateWithOutputs } from '../../fakes/states.js';

const OPTIONS = { binding: STAGING, intervalSeconds: 5 };

let ports: ReturnType<typeof fakePorts>;
let shown: { readonly look: HealthLook; readonly before: HealthLook | null }[];

beforeEach(() => {
  ports = fakePorts();
  ports.stateStore.state = { ...stateWithOutputs({ target_group_arns: ['tg-1'] }), instances: [] };
  ports.targetHealth.answer([targetGroupOf('initial')], [targetGroupOf('healthy')]);
  shown = [];
});

/** Shows looks until there are so many; what happens between two is up to the test. */
const watch = (looks: number, whileAsleep: (slept: number) => void = () => undefined) => {
  ports.clock.whileAsleep = () => whileAsleep(ports.clock.sleeps.length);
  return watchHealth(ports, OPTIONS, (look, before) => shown.push({ look, before }) < looks);
};

describe('a watch', () => {
  it('looks again at each interval, and shows each look with the one before', async () => {
    await watch(3);
    expect(ports.clock.sleeps).toEqual([5000, 5000]);
    expect(shown.map(({ look }) => look.report.status)).toEqual(['unhealthy', 'unknown', 'unknown']);
    expect(shown.map(({ look }) => look.at)).toEqual([later(0), later(5), later(10)]);
    expect(shown.map(({ before }) => before)).toEqual([null, shown[0]?.look, shown[1]?.look]);
  });

  it('ends when nobody sees it any more', async () => {
    await watch(1);
    expect(ports.clock.sleeps).toEqual([]);
  });

  it('ends with an interrupt, without a failure and without another look', async () => {
    await watch(9, () => ports.interruption.interrupt());
    expect(shown).toHaveLength(1);
  });

  it('fails when its first look does', async () => {
    ports.stateStore.readFailure = toolFailure('AWS could not be reached');
    expect(await failureOf(() => watch(9))).toMatchObject({ message: 'AWS could not be reached' });
    expect(shown).toEqual([]);
  });

  it('goes on when a later look fails, showing what was known and why there is nothing newer', async () => {
    const failure = toolFailure('AWS could not be reached');
    await watch(3, (slept) => {
      ports.stateStore.readFailure = slept === 1 ? failure : undefined;
    });
    expect(shown.map(({ look }) => [look.at, look.failure])).toEqual([
      [later(0), null],
      [later(0), failure],
      [later(10), null],
    ]);
    expect(shown[1]?.look.report).toBe(shown[0]?.look.report);
  });

  it('does not swallow a bug', async () => {
    const bug = new TypeError('x is not a function');
    await expect(
      watch(3, () => {
        ports.stateStore.readFailure = bug;
      }),
    ).rejects.toBe(bug);
  });
});
