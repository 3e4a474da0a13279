import { describe, expect, it } from '@jest/globals';
import { separationJobSummary } from '../../../../src/presenters/separation/job-summary.js';
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

/** What GitHub takes of a step. Source: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#step-isolation-and-limits */
const LIMIT = 1024 * 1024;
const REPORTS = Object.entries({ CLEAN, VIOLATED, UNPROVEN, FIVE, HOSTILE_REPORT });

/** The Markdown outside of fences, and the lines inside of them. */
function split(markdown: string): { readonly prose: string; readonly verbatim: string } {
  const prose: string[] = [];
  const verbatim: string[] = [];
  let fence: string | undefined;
  for (const line of markdown.split('\n')) {
    if (fence === undefined) {
      fence = /^(`{3,})text$/.exec(line)?.[1];
      if (fence === undefined) prose.push(line);
    } else if (line === fence) {
      fence = undefined;
    } else {
      verbatim.push(line);
    }
  }
  if (fence !== undefined) throw new Error('a fence has no end');
  return { prose: prose.join('\n'), verbatim: verbatim.join('\n') };
}

/** Prose as it is read: without the backslashes. */
const read = (markdown: string) => split(markdown).prose.replace(/\\([!-/:-@[-`{-~])/g, '$1');
const rowOf = (markdown: string, id: string) =>
  markdown.split('\n').find((line) => line.startsWith(`| ${id} `) || line.startsWith(`| _${id}_ `)) ?? '';

describe('the summary of a job', () => {
  it.each([
    ['separated', CLEAN, '✔'],
    ['violated', VIOLATED, '✖'],
    ['unproven', UNPROVEN, '?'],
  ] as const)('begins with the verdict: %s', (verdict, report, sign) => {
    expect(separationJobSummary(report).split('\n')[0]).toBe(`## ${sign} Separation: ${verdict}`);
  });

  it.each(REPORTS)('has every check in the matrix, and as many cells in each row: %s', (_, report) => {
    const markdown = separationJobSummary(report);
    const rows = markdown.split('\n').filter((line) => line.startsWith('| '));
    const cells = (row: string) => row.replace(/\\./g, '').split('|').length;
    expect(new Set(rows.map(cells)).size).toBe(1);
    for (const { id } of report.checks) expect(rowOf(markdown, id)).not.toBe('');
  });

  it('has the answer of each check for each column, and never passes what is not known', () => {
    expect(rowOf(separationJobSummary(FIVE), 'network')).toBe('| network | ✖ | ✔ | ✔ | **3 findings** |');
    expect(separationJobSummary(FIVE)).toContain('\n\n1. production ↔ staging\n2. training ↔ every other\n');
    for (const { id, status } of UNPROVEN.checks) {
      if (status === 'unknown') expect(rowOf(separationJobSummary(UNPROVEN), id)).toBe(`| ${id} | ? | **not known** |`);
    }
    expect(rowOf(separationJobSummary(VIOLATED), 'parity')).toContain('no part of the verdict');
  });

  it('tells of findings what, where, what was read and what mends it', () => {
    const markdown = separationJobSummary(VIOLATED);
    for (const { findings, why } of VIOLATED.checks) {
      for (const { message, evidence, remedy, location } of findings) {
        for (const said of [message, why]) expect(read(markdown)).toContain(said);
        for (const said of [...evidence, `→ ${remedy}`]) expect(split(markdown).verbatim).toContain(said);
        if (location !== null) expect(split(markdown).verbatim).toContain(`${location.file}:${location.line}`);
      }
    }
  });

  it('says once which permission is missing, and which checks that leaves open', () => {
    const markdown = separationJobSummary(UNPROVEN);
    expect(read(markdown).match(/Not known: kms:GetKeyPolicy is denied/g)).toHaveLength(1);
    expect(read(markdown)).toContain('leaves open: identity and encryption');
    expect(split(markdown).verbatim).toContain('→ allow kms:GetKeyPolicy to arn:aws:sts::123456789012');
  });

  it('says how much was looked at, and where the evidence comes from', () => {
    const markdown = separationJobSummary(VIOLATED);
    expect(read(markdown)).toContain('- staging: 79 of 80 resources checked');
    expect(read(markdown)).toContain('not checked in production and staging: module.compute.terraform_data.ami');
    for (const said of [VIOLATED.digest, VIOLATED.provenance.gatheredAt, VIOLATED.provenance.commit?.hash ?? '']) {
      expect(split(markdown).verbatim).toContain(said);
    }
  });

  it('lists some findings of many, and says how many there are', () => {
    const findings = Array.from({ length: 30 }, (_, index) => findingOf({ message: `finding number ${index}.` }));
    const markdown = read(separationJobSummary(reportOf({ found: { names: findings }, further: { names: 5 } })));
    expect(markdown.match(/finding number/g)).toHaveLength(10);
    expect(markdown).toContain('And 25 more findings.');
  });

  it('ends with a line of its own: what comes next is not part of it', () => {
    for (const [, report] of REPORTS) expect(separationJobSummary(report).endsWith('\n')).toBe(true);
  });

  it.each([
    ['long evidence', reportOf({ found: { names: [findingOf({ evidence: ['x'.repeat(LIMIT)] }), findingOf()] } })],
    [
      'many findings of every rule',
      reportOf({
        found: Object.fromEntries(
          CLEAN.checks.map(({ id }) => [
            id,
            Array.from({ length: 200 }, () => findingOf({ evidence: ['€'.repeat(9000)] })),
          ]),
        ),
      }),
    ],
    [
      'many gaps',
      reportOf({
        gaps: Array.from({ length: 5000 }, (_, index) => ({
          rules: ['traffic'],
          gap: {
            environments: ['staging'],
            areas: null,
            subject: `${index}`,
            reason: `${index}${'\u0000'.repeat(300)}`,
            permission: null,
          },
        })),
      }),
    ],
    [
      'long names of environments',
      reportOf({ environments: ['a'.repeat(LIMIT), 'b'], found: { names: [findingOf({ environment: 'b' })] } }),
    ],
  ])('stays below what GitHub takes, says what it leaves out, and keeps the verdict: %s', (_, report) => {
    const markdown = separationJobSummary(report);
    expect(Buffer.byteLength(markdown)).toBeLessThan(LIMIT);
    expect(markdown).toMatch(new RegExp(`^## . Separation: ${report.verdict}`));
    expect(markdown).toMatch(/left out here|more finding/);
  });

  it('keeps digest and coverage, however much was found', () => {
    const found = Object.fromEntries(
      CLEAN.checks.map(({ id }) => [
        id,
        Array.from({ length: 10 }, () => findingOf({ evidence: ['x'.repeat(20_000)] })),
      ]),
    );
    const report = reportOf({ found });
    expect(separationJobSummary(report)).toContain(report.digest);
    expect(separationJobSummary(report)).toContain('79 of 80 resources checked');
  });

  it('makes no Markdown and no HTML of hostile names', () => {
    const markdown = separationJobSummary(HOSTILE_REPORT);
    const { prose } = split(markdown);
    const bare = prose.replace(/\\[!-/:-@[-`{-~]/g, '');
    expect(bare).not.toMatch(/[<>`[\]&@~$\\]/);
    expect(prose.split('\n').filter((line) => /^#{1,6} (?!✖ |\? |Coverage)/.test(line))).toEqual([]);
    expect(read(markdown)).toContain('<script>alert(1)</script>');
  });

  it('lets no line end the fence it is in', () => {
    const evidence = ['```', '`````'];
    const { verbatim } = split(separationJobSummary(reportOf({ found: { names: [findingOf({ evidence })] } })));
    for (const line of evidence) expect(verbatim.split('\n')).toContain(line);
    expect(HOSTILE).toContain('`');
  });
});
