import { describe, expect, it } from '@jest/globals';
import { printable } from '../../../../src/presenters/printable.js';
import { separationText } from '../../../../src/presenters/separation/text.js';
import { textStyle } from '../../../../src/presenters/style.js';
import {
  CLEAN,
  FIVE,
  findingOf,
  HOSTILE_REPORT,
  reportOf,
  UNPROVEN,
  VIOLATED,
} from '../../../fakes/separation-reports.js';
import { MARKED } from '../marked-style.js';

const PLAIN = textStyle(false);
const at = (width: number) => textStyle(false, width);
const REPORTS = Object.entries({ CLEAN, VIOLATED, UNPROVEN, FIVE });
/** The row of the matrix of a check. */
const rowOf = (text: string, id: string) => new RegExp(`^ +${id} .*$`, 'm').exec(text)?.[0] ?? '';

describe('the text of a report', () => {
  it.each([
    ['separated', CLEAN, '✔'],
    ['violated', VIOLATED, '✖'],
    ['unproven', UNPROVEN, '?'],
  ] as const)('begins with the verdict: %s', (verdict, report, sign) => {
    expect(separationText(report, PLAIN).split('\n')[0]).toMatch(new RegExp(`^\\${sign} ${verdict}: \\w`));
  });

  it('says the verdict again after a long report, where the prompt leaves it in sight', () => {
    const text = separationText(VIOLATED, PLAIN);
    const [verdict = ''] = text.split('\n');
    expect(text.indexOf(verdict, 1)).toBeGreaterThan(text.indexOf('resources checked'));
    expect(separationText(CLEAN, PLAIN).indexOf('separated:', 4)).toBe(-1);
  });

  it('fits on a screen of 80 by 24 when there is nothing to say, with the line of the prompt', () => {
    expect(separationText(CLEAN, at(80)).split('\n').length).toBeLessThan(24);
  });

  it.each(REPORTS)('has every check in the matrix: %s', (_, report) => {
    for (const width of [80, 200]) {
      const text = separationText(report, at(width));
      for (const { id } of report.checks) expect(text).toMatch(new RegExp(`(?:[✔✖?·] ${id}\\b|^ +${id} +[✔✖?·])`, 'm'));
    }
  });

  it('has the answer of each check for each column', () => {
    const text = separationText(FIVE, PLAIN);
    expect(rowOf(text, 'network')).toMatch(/network +✖ +✔ +✔ +3 findings/);
    expect(rowOf(text, 'traffic')).toMatch(/traffic +✔ +\? +✔ +not known/);
    expect(text).toMatch(/^ 1 {2}production ↔ staging$/m);
    expect(text).toMatch(/^ 3 {2}the 5 other pairs$/m);
  });

  it('breaks a matrix of more columns than fit into several', () => {
    const environments = Array.from({ length: 7 }, (_, index) => `e${index}`);
    const findings = environments.flatMap((environment, index) =>
      environments.slice(index + 1).map((other) => ({ environment, other })),
    );
    // A pattern of its own for each of the 21 pairs: the binary digits of its number.
    const rules = ['backends', 'names', 'network', 'traffic', 'identity'];
    const found = Object.fromEntries(
      rules.map((rule, bit) => [rule, findings.filter((_, pair) => ((pair >> bit) & 1) === 1).map(findingOf)]),
    );
    const text = separationText(reportOf({ environments, found }), at(80));
    expect(text.match(/^ +backends /gm)?.length).toBeGreaterThan(1);
    expect(text.split('\n').filter((line) => /^ +(?:backends|network) /.test(line) && line.length > 80)).toEqual([]);
    expect(text).toMatch(/^21 {2}/m);
  });

  it.each(REPORTS)('tells of every finding what, where, what was read and what mends it: %s', (_, report) => {
    const text = separationText(report, PLAIN);
    for (const check of report.checks) {
      for (const finding of check.findings) {
        expect(text).toContain(check.why);
        expect(text).toContain(finding.message);
        for (const line of finding.evidence) expect(text).toContain(line);
        expect(text).toContain(`→ ${finding.remedy}`);
        if (finding.location !== null) expect(text).toContain(`${finding.location.file}:${finding.location.line}`);
      }
    }
  });

  it('names the resource where the message does not', () => {
    const report = reportOf({ found: { names: [findingOf({ message: 'it is wrong', resource: 'module.a.b.c' })] } });
    expect(separationText(report, PLAIN)).toContain('staging · module.a.b.c');
  });

  it('counts what the report does not list, and lists on a terminal what can be read', () => {
    const findings = Array.from({ length: 30 }, (_, index) => findingOf({ message: `finding number ${index}.` }));
    const report = reportOf({ found: { names: findings }, further: { names: 5 } });
    expect(separationText(report, PLAIN)).toContain('finding number 29.');
    expect(separationText(report, PLAIN)).toContain('and 5 more findings');
    const terminal = separationText(report, at(100));
    expect(terminal).not.toContain('finding number 29.');
    expect(terminal).toContain('and 15 more findings');
    expect(terminal).toContain('--format html');
  });

  it('says of a denied call once what is missing, to whom, and which checks it leaves open', () => {
    const text = separationText(UNPROVEN, PLAIN);
    expect(text.match(/kms:GetKeyPolicy is denied/g)).toHaveLength(1);
    expect(text).toContain('kms:GetKeyPolicy is denied, in staging and production');
    expect(text).toContain('leaves open: identity, encryption');
    expect(text).toContain('→ allow kms:GetKeyPolicy to arn:aws:sts::123456789012:assumed-role/separation-reader/ci');
    for (const { gaps } of UNPROVEN.checks) {
      for (const { subject } of gaps) expect(text).toContain(subject.replace('kms:GetKeyPolicy on ', ''));
    }
  });

  it('never shows as passed what is not known', () => {
    const text = separationText(UNPROVEN, PLAIN);
    for (const { id, status } of UNPROVEN.checks) {
      if (status === 'unknown') expect(rowOf(text, id)).toMatch(/\? +not known/);
      if (status === 'unknown') expect(rowOf(text, id)).not.toMatch(/✔|pass/);
    }
    expect(text).not.toContain('share nothing');
  });

  it('keeps what is only information out of the verdict, and says so', () => {
    const noted = separationText(reportOf({ found: { parity: [findingOf({ message: 'uneven' })] } }), PLAIN);
    expect(noted).toMatch(/^✔ separated/);
    expect(noted).toContain('· parity');
    expect(noted).toContain('uneven');
    expect(rowOf(separationText(VIOLATED, PLAIN), 'parity')).toMatch(/· +1 note, only information/);
  });

  it('prints the coverage as it is, with every resource that was not checked and the reason', () => {
    const uncheckable = [{ resource: 'module.a.b.c', reason: 'it is not in AWS' }];
    const coverage = {
      staging: { inState: 1000, checked: 999, uncheckable },
      production: CLEAN.coverage['production'],
    };
    const text = separationText({ ...CLEAN, coverage } as typeof CLEAN, PLAIN);
    expect(text).toContain('staging     999 of 1000 resources checked');
    expect(text).toContain('not checked in staging: module.a.b.c (it is not in AWS)');
    expect(text).not.toContain('%');
  });

  it('says where the evidence comes from, last', () => {
    const text = separationText(VIOLATED, PLAIN);
    const { provenance, digest } = VIOLATED;
    expect(text.split('\n').at(-1)).toContain(digest);
    expect(text).toContain(`commit ${provenance.commit?.hash}`);
    expect(text).toContain(provenance.gatheredAt);
    expect(text).toContain('asked as arn:aws:sts::123456789012:assumed-role/separation-reader/ci');
    expect(text).toContain('staging, serial 4: s3://mht-api-terraform-state-staging/staging/terraform.tfstate');
    expect(separationText(VIOLATED, MARKED)).toContain(`<dim>${digest}</dim>`);
  });

  it('says who signed it, that there is no state, no commit, and that nobody asked', () => {
    const { provenance } = CLEAN;
    const origin = { ...provenance.environments['staging'], identity: null, state: null };
    const text = separationText(
      {
        ...CLEAN,
        provenance: { ...provenance, commit: null, environments: { ...provenance.environments, staging: origin } },
        signature: { keyArn: 'arn:aws:kms:k', algorithm: 'ECDSA_SHA_256', publicKey: '', value: '' },
      } as typeof CLEAN,
      PLAIN,
    );
    expect(text).toContain('staging: no state');
    expect(text).toContain('there is no state to check them by');
    expect(text).toContain('AWS was not asked for staging');
    expect(text).toContain('no commit');
    expect(text).toContain('signed by arn:aws:kms:k (ECDSA_SHA_256)');
  });

  it.each(REPORTS)('keeps within the width whatever can be broken: %s', (_, report) => {
    for (const width of [60, 80, 120, 200]) {
      for (const line of separationText(report, at(width)).split('\n')) {
        const longest = Math.max(
          ...line
            .trim()
            .split(' ')
            .map(({ length }) => length),
        );
        // A command stays whole, and a word too long for a line stays where it is.
        if (/^ +(?:→ )?(?:mhtctl|aws) /.test(line) || longest > width - 30) continue;
        expect(line.length).toBeLessThanOrEqual(width);
      }
    }
  });

  it('is the same with colour and without', () => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colour codes begin with the escape character.
    const bare = (text: string) => text.replace(/\u001B\[\d+m/g, '');
    for (const [, report] of REPORTS) {
      expect(bare(separationText(report, textStyle(true, 80)))).toBe(separationText(report, at(80)));
    }
  });

  it('lets no name command the terminal or begin a line of its own', () => {
    const text = separationText(HOSTILE_REPORT, PLAIN);
    for (const line of text.split('\n')) expect(line).toBe(printable(line));
    expect(text).not.toMatch(/^# </m);
  });
});
