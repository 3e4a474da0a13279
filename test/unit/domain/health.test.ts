import { describe, expect, it } from '@jest/globals';
import { type CheckStatus, healthOf } from '../../../src/domain/health.js';

const checks = (...statuses: readonly CheckStatus[]) =>
  statuses.map((status, index) => ({
    group: 'traffic' as const,
    name: `check ${index}`,
    status,
    detail: '',
    nextSteps: [],
  }));

describe('health', () => {
  it.each<[string, readonly CheckStatus[]]>([
    ['healthy', ['healthy']],
    ['healthy', ['healthy', 'healthy']],
    ['unhealthy', ['unhealthy']],
    ['unhealthy', ['healthy', 'unhealthy']],
    ['unhealthy', ['not-checked', 'unhealthy', 'healthy']],
    ['unknown', ['not-checked']],
    ['unknown', ['healthy', 'not-checked']],
    ['unknown', []],
  ])('is %s when the checks are %j', (status, statuses) => {
    const all = checks(...statuses);
    expect(healthOf(all)).toEqual({ status, checks: all });
  });
});
