import { describe, expect, it } from '@jest/globals';
import { healthChanges } from '../../../../src/domain/health/changes.js';
import { type CheckStatus, type HealthCheck, healthOf } from '../../../../src/domain/health.js';

const check = (name: string, status: CheckStatus, group: HealthCheck['group'] = 'alarms'): HealthCheck => ({
  group,
  name,
  status,
  detail: `${Math.random()}`,
  nextSteps: [],
});

describe('the changes of health', () => {
  it('are statuses, whatever else is told', () => {
    const before = healthOf([check('a', 'healthy'), check('b', 'unhealthy')]);
    const after = healthOf([check('a', 'healthy'), check('b', 'healthy')]);
    expect(healthChanges(before, after)).toEqual([{ check: after.checks[1], before: 'unhealthy', gone: false }]);
    expect(healthChanges(before, healthOf([...before.checks].reverse()))).toEqual([]);
  });

  it('are checks that are new or gone', () => {
    const before = healthOf([check('a', 'healthy')]);
    const after = healthOf([check('a', 'healthy', 'queues')]);
    expect(healthChanges(before, after)).toEqual([
      { check: after.checks[0], before: undefined, gone: false },
      { check: before.checks[0], before: 'healthy', gone: true },
    ]);
  });
});
