import { describe, expect, it } from '@jest/globals';
import { verdictSentence } from '../../../../src/presenters/separation/verdict.js';
import { CLEAN, FIVE, findingOf, reportOf, UNPROVEN, VIOLATED } from '../../../fakes/separation-reports.js';

const gap = { environments: ['staging'], areas: null, subject: 'x', reason: 'timed out', permission: null };

describe('the verdict in a sentence', () => {
  it('says how many checks passed', () => {
    expect(verdictSentence(CLEAN)).toBe('production and staging share nothing: all 14 checks passed');
    expect(verdictSentence(reportOf({ environments: ['a', 'b', 'c', 'd', 'e'] }))).toBe(
      '5 environments share nothing: all 14 checks passed for each of the 10 pairs',
    );
  });

  it('says how many findings there are, those that are only counted included, and what is not known', () => {
    expect(verdictSentence(VIOLATED)).toBe('production and staging are not separated: 10 findings in 6 of 14 checks');
    expect(verdictSentence(FIVE)).toBe(
      '5 environments are not separated: 4 findings in 2 of 14 checks; 1 more check could not be answered',
    );
    const more = reportOf({ found: { names: [findingOf()] }, further: { names: 41 } });
    expect(verdictSentence(more)).toContain('42 findings in 1 of 14 checks');
  });

  it('says that nothing was found, and not that nothing is there, where checks are open', () => {
    expect(verdictSentence(UNPROVEN)).toBe(
      'nothing was found that production and staging share, but 3 of 14 checks could not be answered',
    );
  });

  it('counts what is only information nowhere', () => {
    const noted = reportOf({ found: { parity: [findingOf()] }, gaps: [{ rules: ['parity'], gap }] });
    expect(verdictSentence(noted)).toBe(verdictSentence(CLEAN));
  });

  it('says of one environment that was compared with all others what it shares with them', () => {
    const all = reportOf({ environments: ['a', 'b', 'c'] });
    const checks = all.checks.map((check) => ({
      ...check,
      pairs: check.pairs.filter(({ environments }) => environments.includes('b')),
    }));
    expect(verdictSentence({ ...all, checks })).toBe(
      'b shares nothing with a and c: all 14 checks passed for each of the 2 pairs',
    );
    expect(verdictSentence({ ...all, checks, verdict: 'violated' })).toContain('b is not separated from a and c');
    expect(verdictSentence({ ...all, checks, verdict: 'unproven' })).toContain(
      'nothing was found that b shares with a and c, but',
    );
  });
});
