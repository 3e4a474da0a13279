import { describe, expect, it } from '@jest/globals';
import { pairGroups } from '../../../../src/presenters/separation/pair-groups.js';
import { CLEAN, FIVE, findingOf, reportOf } from '../../../fakes/separation-reports.js';

const names = (checks: Parameters<typeof pairGroups>[0]) => pairGroups(checks).map(({ name }) => name);
const gapIn = (...environments: readonly string[]) => ({
  rules: ['traffic'],
  gap: { environments, areas: null, subject: 'x', reason: 'timed out', permission: null },
});

describe('pairs that every check answers alike', () => {
  it('are one column, and the gravest comes first', () => {
    expect(names(CLEAN.checks)).toEqual(['production ↔ staging']);
    expect(names(reportOf({ environments: ['a', 'b', 'c'] }).checks)).toEqual(['all 3 pairs']);
    expect(names(FIVE.checks)).toEqual(['production ↔ staging', 'training ↔ every other', 'the 5 other pairs']);
  });

  it('are all there, each once, with the answers of the report', () => {
    const groups = pairGroups(FIVE.checks);
    const shown = groups.flatMap(({ pairs, answers }) =>
      pairs.map((pair) => [pair.join(), answers.map((answer) => (answer === 'note' ? 'pass' : answer)).join()]),
    );
    const told = (FIVE.checks[0]?.pairs ?? []).map(({ environments }, index) => [
      environments.join(),
      FIVE.checks.map(({ pairs }) => pairs[index]?.status).join(),
    ]);
    expect(shown.sort()).toEqual(told.sort());
    expect(shown).toHaveLength(10);
  });

  it('are named one by one where nothing shorter says which they are', () => {
    const report = reportOf({
      environments: ['a', 'b', 'c', 'd'],
      found: {
        network: [
          ['a', 'b'],
          ['b', 'c'],
          ['c', 'd'],
        ].map(([environment = '', other = '']) => findingOf({ environment, other })),
      },
    });
    expect(names(report.checks)).toEqual(['a ↔ b, b ↔ c and c ↔ d', 'the 3 other pairs']);
  });

  it('are not mixed up with pairs of which something is not known', () => {
    const [first, second] = pairGroups(reportOf({ environments: ['a', 'b', 'c'], gaps: [gapIn('a')] }).checks);
    expect(first?.answers).toContain('unknown');
    expect(first?.pairs).toEqual([
      ['a', 'b'],
      ['a', 'c'],
    ]);
    expect(second?.answers).not.toContain('unknown');
  });

  it('are not known where a check tells nothing of them', () => {
    const [first, ...rest] = CLEAN.checks;
    if (first === undefined) throw new Error('there is no check');
    const [group] = pairGroups([first, ...rest.map((check) => ({ ...check, pairs: [] }))]);
    expect(group?.answers.slice(1)).toEqual(rest.map(() => 'unknown'));
  });
});
