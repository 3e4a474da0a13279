import { describe, expect, it } from '@jest/globals';
import type { SeparationReport } from '../../../../src/domain/separation/report.js';
import { separationSarif } from '../../../../src/presenters/separation/sarif.js';
import {
  CLEAN,
  FIVE,
  findingOf,
  HOSTILE_REPORT,
  reportOf,
  UNPROVEN,
  VIOLATED,
} from '../../../fakes/separation-reports.js';

const REPORTS = Object.entries({ CLEAN, VIOLATED, UNPROVEN, FIVE, HOSTILE_REPORT });

interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly {
    readonly physicalLocation?: {
      readonly artifactLocation: { readonly uri: string; readonly uriBaseId: string };
      readonly region: { readonly startLine: number; readonly startColumn: number };
    };
    readonly logicalLocations: readonly { readonly fullyQualifiedName: string }[];
  }[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
}

const logOf = (report: SeparationReport) => JSON.parse(separationSarif(report));
const resultsOf = (report: SeparationReport): readonly Result[] => logOf(report).runs[0].results;
const fingerprintsOf = (report: SeparationReport) =>
  resultsOf(report).map(({ partialFingerprints }) => partialFingerprints['primaryLocationLineHash']);

/** The report with its findings in lines of other numbers. */
function moved(report: SeparationReport): SeparationReport {
  const checks = report.checks.map((check) => ({
    ...check,
    findings: check.findings.map((finding) => ({
      ...finding,
      location: finding.location && { ...finding.location, line: finding.location.line + 9 },
    })),
  }));
  return { ...report, checks };
}

describe('a report as SARIF', () => {
  // What the specification requires: https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/sarif-v2.1.0-os.html
  it.each(REPORTS)('has what SARIF 2.1.0 requires: %s', (_, report) => {
    const log = logOf(report);
    expect(log.version).toBe('2.1.0');
    expect(log.runs).toHaveLength(1);
    const [run] = log.runs;
    expect(run.tool.driver.name).toBe('mhtctl');
    for (const rule of run.tool.driver.rules) {
      expect(rule).toMatchObject({
        id: expect.stringMatching(/./),
        shortDescription: { text: expect.stringMatching(/./) },
        fullDescription: { text: expect.stringMatching(/./) },
        help: { text: expect.stringMatching(/./) },
        defaultConfiguration: { level: expect.stringMatching(/^(?:error|note)$/) },
      });
    }
    for (const result of run.results as readonly Result[]) {
      expect(run.tool.driver.rules[result.ruleIndex].id).toBe(result.ruleId);
      expect(['error', 'warning', 'note']).toContain(result.level);
      expect(result.message.text).toMatch(/./);
      expect(result.locations).toHaveLength(1);
    }
  });

  it('has every check for a rule, whatever it answers', () => {
    const [run] = logOf(CLEAN).runs;
    expect(run.tool.driver.rules.map(({ id }: { id: string }) => id)).toEqual(CLEAN.checks.map(({ id }) => id));
    expect(run.results).toEqual([]);
  });

  it('has a result for each finding, with what was read and what mends it', () => {
    const results = resultsOf(VIOLATED);
    for (const { id, findings, informational } of VIOLATED.checks) {
      for (const { message, evidence, remedy } of findings) {
        const result = results.find(({ ruleId, message: said }) => ruleId === id && said.text.startsWith(message));
        expect(result?.level).toBe(informational ? 'note' : 'error');
        for (const said of [...evidence, remedy]) expect(result?.message.text).toContain(said);
      }
    }
  });

  it('places a finding at its line, relative to the root of the repository', () => {
    const result = resultsOf(VIOLATED).find(({ ruleId }) => ruleId === 'data-flow');
    expect(result?.locations).toEqual([
      {
        physicalLocation: {
          artifactLocation: { uri: 'terraform/modules/queues/main.tf', uriBaseId: '%SRCROOT%' },
          region: { startLine: 30, startColumn: 1 },
        },
        logicalLocations: [{ fullyQualifiedName: 'module.queues.aws_sqs_queue.this["feedback"]', kind: 'resource' }],
      },
    ]);
    expect(Object.keys(logOf(VIOLATED).runs[0].originalUriBaseIds)).toEqual(['%SRCROOT%']);
  });

  it('places what has no line where its environment is configured: GitHub refuses a file with a result in no file', () => {
    const report = reportOf({ found: { names: [findingOf({ environment: 'production', resource: 'vol-1' })] } });
    const [result] = resultsOf(report);
    expect(result?.locations[0]?.physicalLocation).toEqual({
      artifactLocation: { uri: 'terraform/terraform.tfvars.production', uriBaseId: '%SRCROOT%' },
      region: { startLine: 3, startColumn: 1 },
    });
    expect(result?.locations[0]?.logicalLocations[0]?.fullyQualifiedName).toBe('vol-1');
    for (const { locations } of resultsOf(UNPROVEN)) expect(locations[0]?.physicalLocation).toBeDefined();
  });

  it('places it at a resource alone where not even that is known', () => {
    const report = reportOf({ found: { names: [findingOf()] } });
    const environments = Object.fromEntries(
      Object.entries(report.provenance.environments).map(([name, origin]) => [name, { ...origin, location: null }]),
    );
    const [result] = resultsOf({ ...report, provenance: { ...report.provenance, environments } });
    expect(result?.locations[0]).toEqual({
      logicalLocations: [{ fullyQualifiedName: 'vol-0f1e2d3c4b5a69788', kind: 'resource' }],
    });
  });

  it('warns of what is not known, once for each check that it leaves open', () => {
    const open = resultsOf(UNPROVEN).map(({ ruleId, level }) => `${level} ${ruleId}`);
    expect(open.sort()).toEqual(['warning encryption', 'warning identity', 'warning missing']);
    const identity = resultsOf(UNPROVEN).find(({ ruleId }) => ruleId === 'identity');
    expect(identity?.message.text).toMatch(/^Not known/);
    expect(identity?.message.text).toContain('allow kms:GetKeyPolicy');
  });

  it('knows a result again whatever line it moved to, and tells all of them apart', () => {
    for (const [, report] of REPORTS) {
      expect(fingerprintsOf(moved(report))).toEqual(fingerprintsOf(report));
      expect(new Set(fingerprintsOf(report)).size).toBe(fingerprintsOf(report).length);
    }
    const one = findingOf({ resource: 'vol-1' });
    const two = findingOf({ resource: 'vol-2' });
    const [, second] = fingerprintsOf(reportOf({ found: { names: [one, two] } }));
    expect(fingerprintsOf(reportOf({ found: { names: [two] } }))).toEqual([second]);
    const twice = reportOf({ found: { names: [findingOf(), findingOf()] } });
    expect(new Set(fingerprintsOf(twice)).size).toBe(2);
  });

  it('counts what the report does not list', () => {
    const report = reportOf({ found: { names: [findingOf(), findingOf()] }, further: { names: 9 } });
    expect(resultsOf(report).filter(({ message }) => message.text.includes('9 more findings'))).toHaveLength(1);
  });

  it('carries the digest, the commit, who asked and when', () => {
    const [run] = logOf(VIOLATED).runs;
    expect(run.invocations).toEqual([{ executionSuccessful: true, endTimeUtc: VIOLATED.provenance.gatheredAt }]);
    expect(run.properties).toMatchObject({
      verdict: 'violated',
      digest: VIOLATED.digest,
      commit: VIOLATED.provenance.commit,
      environments: { staging: { identity: { accountId: '123456789012' } } },
    });
  });

  it('makes neither links nor addresses of hostile names', () => {
    for (const { message, locations } of resultsOf(HOSTILE_REPORT)) {
      expect(message.text).not.toContain('](');
      const uri = locations[0]?.physicalLocation?.artifactLocation.uri ?? '';
      expect(uri).toMatch(/^[\w.~!*'()%/-]+$/);
      expect(new URL(uri, 'file:///repository/').pathname).toMatch(/^\/repository\/terraform\//);
    }
  });
});
