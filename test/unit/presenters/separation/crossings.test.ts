import { describe, expect, it } from '@jest/globals';
import { crossingsOf } from '../../../../src/presenters/separation/crossings.js';
import { findingOf, reportOf } from '../../../fakes/separation-reports.js';

describe('connections', () => {
  it('are grouped by rule and direction, apart from those that both environments are in alike', () => {
    const finding = (environment: string, other: string | null, resource: string, mutual?: true) =>
      findingOf({ environment, other, resource, ...(mutual === undefined ? {} : { mutual }) });
    const report = reportOf({
      found: {
        network: [
          finding('staging', 'production', 'a'),
          finding('staging', 'production', 'b'),
          finding('staging', 'production', 'c', true),
          finding('production', 'staging', 'd'),
          finding('staging', null, 'e'),
        ],
        traffic: [finding('staging', 'production', 'a')],
      },
    });
    const shown = crossingsOf(report).map(
      ({ rule, from, to, mutual, edges }) => `${rule}: ${from} ${mutual ? '↔' : '→'} ${to}, ${edges.length}`,
    );
    expect(shown).toEqual([
      'network: staging → production, 2',
      'network: staging ↔ production, 1',
      'network: production → staging, 1',
      'traffic: staging → production, 1',
    ]);
  });
});
