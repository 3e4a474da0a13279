import { describe, expect, it } from '@jest/globals';
import { printable } from '../../../../src/presenters/printable.js';
import { separationJunit } from '../../../../src/presenters/separation/junit.js';
import {
  CLEAN,
  FIVE,
  findingOf,
  HOSTILE,
  HOSTILE_REPORT,
  reportOf,
  UNPROVEN,
  VIOLATED,
} from '../../../fakes/separation-reports.js';
import { type Element, markupTree, named } from './markup-tree.js';

const REPORTS = Object.entries({ CLEAN, VIOLATED, UNPROVEN, FIVE, HOSTILE_REPORT });
const suites = (report: Parameters<typeof separationJunit>[0]): Element => markupTree(separationJunit(report));
const casesOf = (root: Element, id: string): readonly Element[] =>
  named(root, 'testcase').filter(({ attributes }) => attributes['name']?.startsWith(`${id}:`));
/** What a test case amounts to: the names of the elements in it. */
const outcomes = (cases: readonly Element[]) => cases.map(({ children }) => children.map(({ name }) => name).join());
const gap = { environments: ['staging'], areas: null, subject: 'x', reason: 'timed out', permission: null };

describe('a report as JUnit XML', () => {
  it.each(REPORTS)('is well-formed, and its counts are right: %s', (_, report) => {
    const root = suites(report);
    expect(root.name).toBe('testsuites');
    for (const suite of [root, ...named(root, 'testsuite')]) {
      const count = (name: string) => String(named(suite, name).length);
      expect(suite.attributes).toMatchObject({
        tests: count('testcase'),
        failures: count('failure'),
        errors: count('error'),
        skipped: count('skipped'),
      });
    }
  });

  it.each(REPORTS)('has a suite for each pair and in it a case for each check, none twice: %s', (_, report) => {
    const root = suites(report);
    expect(named(root, 'testsuite')).toHaveLength(report.checks[0]?.pairs.length ?? 0);
    for (const { id, pairs } of report.checks) expect(casesOf(root, id)).toHaveLength(pairs.length);
    const keys = named(root, 'testcase').map(({ attributes }) => `${attributes['classname']} ${attributes['name']}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('passes what passes, fails what fails, and has an error for what is not known: nothing else is green', () => {
    for (const [, report] of REPORTS) {
      const root = suites(report);
      for (const { id, informational, pairs } of report.checks) {
        if (informational) continue;
        const expected = pairs.map(({ status }) => ({ pass: '', fail: 'failure', unknown: 'error' })[status]);
        expect(outcomes(casesOf(root, id))).toEqual(expected);
      }
    }
  });

  it('says in the failure every finding of the pair', () => {
    const root = suites(VIOLATED);
    for (const { id, findings, informational } of VIOLATED.checks) {
      if (informational) continue;
      const text = casesOf(root, id)[0]?.text ?? '';
      for (const { message, evidence, remedy, location } of findings) {
        for (const said of [message, ...evidence, remedy]) expect(text).toContain(said);
        if (location !== null) expect(text).toContain(`${location.file}:${location.line}`);
      }
    }
  });

  it('fails each pair of an environment that is wrong by itself, and no other', () => {
    const report = reportOf({ environments: ['a', 'b', 'c'], found: { names: [findingOf({ environment: 'b' })] } });
    expect(outcomes(casesOf(suites(report), 'names'))).toEqual(['failure', '', 'failure']);
  });

  it('says what is not known, and which permission is missing', () => {
    const [error] = casesOf(suites(UNPROVEN), 'identity')[0]?.children ?? [];
    expect(error?.attributes['message']).toContain('not known');
    expect(error?.text).toContain('allow kms:GetKeyPolicy');
    const report = reportOf({ found: { names: [findingOf()] }, gaps: [{ rules: ['names'], gap }] });
    expect(casesOf(suites(report), 'names')[0]?.text).toContain('timed out');
  });

  it('fails a pair that only findings beyond the listed ones concern, and says so', () => {
    const report = reportOf({
      environments: ['a', 'b', 'c'],
      found: { names: [findingOf({ environment: 'a', other: 'b' })] },
      further: { names: 7 },
    });
    const checks = report.checks.map((check) => ({
      ...check,
      pairs: check.pairs.map((pair) => (check.id === 'names' ? { ...pair, status: 'fail' as const } : pair)),
    }));
    const cases = casesOf(suites({ ...report, checks }), 'names');
    expect(outcomes(cases)).toEqual(['failure', 'failure', 'failure']);
    expect(cases[2]?.text).toContain('7 more findings');
  });

  it('neither fails nor passes falsely what is only information', () => {
    const noted = suites(reportOf({ found: { parity: [findingOf({ message: 'uneven' })] } }));
    expect(outcomes(casesOf(noted, 'parity'))).toEqual(['system-out']);
    expect(casesOf(noted, 'parity')[0]?.text).toContain('uneven');
    const open = suites(reportOf({ gaps: [{ rules: ['parity'], gap }] }));
    expect(outcomes(casesOf(open, 'parity'))).toEqual(['skipped,system-out']);
    expect(casesOf(open, 'parity')[0]?.attributes['classname']).toContain('for information');
  });

  it('carries the digest, the commit, who asked and when', () => {
    const [suite] = named(suites(VIOLATED), 'testsuite');
    const properties = Object.fromEntries(
      named(suite ?? suites(VIOLATED), 'property').map(({ attributes }) => [attributes['name'], attributes['value']]),
    );
    expect(properties).toMatchObject({
      verdict: 'violated',
      digest: VIOLATED.digest,
      commit: VIOLATED.provenance.commit?.hash,
      'identity.staging': 'arn:aws:sts::123456789012:assumed-role/separation-reader/ci',
    });
    expect(suite?.attributes['timestamp']).toBe('2026-11-25T16:40:11');
  });

  it('shows hostile names for what they are', () => {
    const [failure] = named(suites(HOSTILE_REPORT), 'failure');
    expect(failure?.text).toContain(printable(HOSTILE));
    expect(separationJunit(HOSTILE_REPORT)).not.toMatch(/<script|<!\[CDATA/);
  });
});
