import { describe, expect, it } from '@jest/globals';
import { printableReport } from '../../../../src/presenters/separation/printable-report.js';
import { reportOf } from '../../../fakes/separation-reports.js';

describe('a printable report', () => {
  it('has neither a value nor a name that is not printable, and counts as before', () => {
    const report = reportOf({ environments: ['a\u202E', 'b'] });
    const shown = printableReport(report);
    expect(JSON.stringify(shown)).not.toContain('\u202E');
    expect(Object.keys(shown.coverage)).toEqual(['a\\u202e', 'b']);
    expect(shown.coverage['b']).toEqual(report.coverage['b']);
    expect(shown.checks.map(({ informational }) => informational)).toEqual(
      report.checks.map(({ informational }) => informational),
    );
  });
});
