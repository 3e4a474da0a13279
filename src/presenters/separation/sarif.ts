import { createHash } from 'node:crypto';
import type { SourceLocation } from '../../domain/hcl-value.js';
import type { Check, SeparationReport } from '../../domain/separation/report.js';
import { placeOfFinding } from './finding-place.js';
import { type GapGroup, gapGroups } from './gap-groups.js';
import { printableReport } from './printable-report.js';
import { counted, listed } from './words.js';

/** What a result is about, in the words of SARIF. */
interface Result {
  readonly rule: string;
  readonly level: 'error' | 'warning' | 'note';
  readonly text: string;
  /** The environments that it is about, the one to mend first. */
  readonly environments: readonly string[];
  readonly resource: string | null;
  readonly location: SourceLocation | null;
  /** What makes it the same result in another run: no lines, no times. */
  readonly identity: readonly (string | null)[];
}

/**
 * A report as SARIF 2.1.0: a result for each finding, and one for each reason that leaves a check open. A result that no
 * line of the configuration is known for stands where the configuration names its environment: GitHub refuses a file
 * with a result that is in no file at all.
 * Sources: https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/sarif-v2.1.0-os.html and
 * https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support-for-code-scanning
 */
export function separationSarif(report: SeparationReport): string {
  const shown = printableReport(report);
  const { verdict, digest, provenance } = shown;
  const rules = shown.checks.map(({ id }) => id);
  const seen = new Map<string, number>();
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'mhtctl', rules: shown.checks.map(descriptor) } },
        automationDetails: { id: 'separation/' },
        invocations: [{ executionSuccessful: true, endTimeUtc: provenance.gatheredAt }],
        originalUriBaseIds: { '%SRCROOT%': { description: { text: 'The root of the repository.' } } },
        columnKind: 'utf16CodeUnits',
        results: resultsOf(shown).map((result) => ({
          ruleId: result.rule,
          ruleIndex: rules.indexOf(result.rule),
          level: result.level,
          message: { text: withoutLinks(result.text) },
          locations: [locationOf(result, provenance)],
          partialFingerprints: fingerprints(result, seen),
        })),
        properties: { verdict, digest, ...provenance },
      },
    ],
  };
  return JSON.stringify(log, null, 2);
}

function descriptor({ id, title, why, informational }: Check) {
  const sentence = `${title.slice(0, 1).toUpperCase()}${title.slice(1)}.`;
  return {
    id,
    shortDescription: { text: sentence },
    fullDescription: { text: why },
    help: { text: `${sentence} ${why}`, markdown: `**${sentence}** ${why}` },
    defaultConfiguration: { level: informational ? 'note' : 'error' },
    properties: { tags: ['separation'], 'problem.severity': informational ? 'recommendation' : 'error' },
  };
}

function resultsOf(report: SeparationReport): readonly Result[] {
  const findings = report.checks.flatMap(findingResults);
  const gaps = gapGroups(report).flatMap((group) => group.checks.map((check) => gapResult(check, group)));
  return [...findings, ...gaps];
}

function findingResults({ id, informational, findings, furtherFindings }: Check): readonly Result[] {
  return findings.map((finding, index) => {
    const { message, environment, other, resource, location, evidence, remedy } = finding;
    const last = index === findings.length - 1 && furtherFindings > 0;
    return {
      rule: id,
      level: informational ? 'note' : 'error',
      text: [
        `${message}.`,
        placeOfFinding(finding).join(' · '),
        ...evidence,
        `→ ${remedy}`,
        ...(last ? [`The report counts ${counted(furtherFindings, 'more finding')} of this rule.`] : []),
      ].join('\n'),
      environments: other === null ? [environment] : [environment, other],
      resource,
      location,
      identity: [id, environment, other, resource, message],
    };
  });
}

function gapResult({ id, informational }: Check, { permission, asked, environments }: GapGroup): Result {
  const what = permission === null ? (asked[0]?.reason ?? '') : `${permission} is denied`;
  return {
    rule: id,
    level: informational ? 'note' : 'warning',
    text: [
      `Not known, in ${listed(environments)}: ${what}.`,
      ...asked.map(({ subject, reason }) => (permission === null ? subject : `${subject}: ${reason}`)),
      ...(permission === null ? [] : [`→ allow ${permission}`]),
    ].join('\n'),
    environments,
    resource: asked[0]?.subject ?? null,
    location: null,
    identity: [id, 'not known', permission ?? what],
  };
}

function locationOf(
  { environments, resource, location }: Result,
  { environments: origins }: SeparationReport['provenance'],
) {
  const [environment = ''] = environments;
  const place = location ?? origins[environment]?.location ?? null;
  const logical = { logicalLocations: [{ fullyQualifiedName: resource ?? environment, kind: 'resource' }] };
  if (place === null) return logical;
  return {
    physicalLocation: {
      artifactLocation: { uri: relativeUri(place.file), uriBaseId: '%SRCROOT%' },
      region: { startLine: place.line, startColumn: place.column },
    },
    ...logical,
  };
}

/** Square brackets before round ones would be a link, to wherever a name says. Source: as above, section 3.11.6 */
function withoutLinks(text: string): string {
  return text.replaceAll('](', '] (');
}

/** A path as a relative reference of URIs, whatever is in its names; a name with a colon must not read as a scheme. */
function relativeUri(file: string): string {
  return file.split('/').map(encodeURIComponent).join('/');
}

/**
 * GitHub tells results apart by `primaryLocationLineHash` alone. Of results that say the same, each has a number.
 * Source: as above, `partialFingerprints`
 */
function fingerprints({ identity }: Result, seen: Map<string, number>) {
  const hash = createHash('sha256').update(JSON.stringify(identity)).digest('hex').slice(0, 32);
  const number = (seen.get(hash) ?? 0) + 1;
  seen.set(hash, number);
  return { primaryLocationLineHash: `${hash}:${number}`, 'separation/v1': `${hash}:${number}` };
}
