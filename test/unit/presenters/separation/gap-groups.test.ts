import { describe, expect, it } from '@jest/globals';
import { deniedIdentities, gapGroups, openChecks } from '../../../../src/presenters/separation/gap-groups.js';
import { CLEAN, reportOf, UNPROVEN } from '../../../fakes/separation-reports.js';

describe('what is not known', () => {
  it('is said once for each permission that is missing, with everything that was asked', () => {
    const denied = gapGroups(UNPROVEN).filter(({ permission }) => permission !== null);
    expect(denied).toHaveLength(1);
    const [group] = denied;
    if (group === undefined) throw new Error('there is no group');
    expect(group.permission).toBe('kms:GetKeyPolicy');
    expect(openChecks(group)).toEqual(['identity', 'encryption']);
    expect(group.environments).toEqual(['staging', 'production']);
    expect(group.asked.map(({ subject }) => subject)).toEqual([
      expect.stringMatching(/^arn:aws:kms:.*:key\/63da464a/),
      expect.stringMatching(/^arn:aws:kms:.*:key\/39788522/),
    ]);
    expect(deniedIdentities(group, UNPROVEN)).toEqual(['arn:aws:sts::123456789012:assumed-role/separation-reader/ci']);
  });

  it('is kept apart by its reason where no permission is missing', () => {
    const gap = (subject: string, reason: string) => ({
      rules: ['missing'],
      gap: { environments: ['staging'], areas: null, subject, reason, permission: null },
    });
    const groups = gapGroups(reportOf({ gaps: [gap('a', 'slow'), gap('b', 'slow'), gap('c', 'gone')] }));
    expect(groups.map(({ asked }) => asked.map(({ subject }) => subject))).toEqual([['a', 'b'], ['c']]);
  });

  it('says of a check that is only information that it is no part of the verdict', () => {
    const gap = { environments: ['staging'], areas: null, subject: 'a', reason: 'slow', permission: null };
    const [group] = gapGroups(reportOf({ gaps: [{ rules: ['traffic', 'parity'], gap }] }));
    expect(openChecks(group ?? { checks: [] })).toEqual(['traffic', 'parity (no part of the verdict)']);
  });

  it('is nothing where all is known', () => {
    expect(gapGroups(CLEAN)).toEqual([]);
  });
});
