import type { Check, SeparationReport } from '../../domain/separation/report.js';
import { answerFor, findingsBetween, type Pair } from './answer.js';
import { placeOfFinding } from './finding-place.js';
import { joined, type Markup, markup, NOTHING } from './markup.js';
import { printableReport } from './printable-report.js';
import { counted } from './words.js';

/** What a check amounts to in a suite: one test case. */
interface TestCase {
  readonly kind: 'passed' | 'failure' | 'error' | 'skipped';
  readonly element: Markup;
}

/**
 * A report as JUnit XML: a suite for each pair of environments, in it a test case for each check, so that the list of
 * what failed reads "production and staging: network". GitLab shows the class name for the suite's and passes over a
 * test case whose class and name it has had; Jenkins takes what is before the last dot of the class for a package.
 *
 * What is not known is an `error`: the check could not be carried out. `skipped` would not do, since every CI counts it
 * as good. What is only information neither fails nor passes falsely: it is `skipped` where it is not known.
 * Source: https://docs.gitlab.com/ci/testing/unit_test_reports/#junit-xml-format-specification
 */
export function separationJunit(report: SeparationReport): string {
  const shown = printableReport(report);
  const pairs = shown.checks[0]?.pairs.map(({ environments }) => environments) ?? [];
  const suites = pairs.map((pair, index) =>
    shown.checks.map((check) => testCase(check, pair, check.pairs[index]?.status ?? 'unknown')),
  );
  const all = suites.flat();
  return markup`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="separation" ${counts(all)} time="0">
${joined(suites.map((cases, index) => suite(pairs[index] ?? ['', ''], cases, shown)))}
</testsuites>`.text;
}

function suite(pair: Pair, cases: readonly TestCase[], { verdict, digest, provenance }: SeparationReport): Markup {
  const { gatheredAt, commit } = provenance;
  const askers = pair.map(
    (name) => [`identity.${name}`, provenance.environments[name]?.identity?.arn ?? 'AWS was not asked'] as const,
  );
  const properties = [
    ['verdict', verdict],
    ['digest', digest],
    ['commit', commit === null ? 'none' : `${commit.hash}${commit.dirty ? ' with uncommitted changes' : ''}`],
    ...askers,
  ] as const;
  return markup`<testsuite name="${suiteName(pair)}" ${counts(cases)} time="0" timestamp="${gatheredAt.replace(/\.\d+Z$/, '')}">
<properties>
${joined(properties.map(([name, value]) => markup`<property name="${name}" value="${value}"/>`))}
</properties>
${joined(cases.map(({ element }) => element))}
</testsuite>`;
}

function counts(cases: readonly TestCase[]): Markup {
  const of = (kind: TestCase['kind']) => cases.filter((each) => each.kind === kind).length;
  return markup`tests="${cases.length}" failures="${of('failure')}" errors="${of('error')}" skipped="${of('skipped')}"`;
}

/** Dots would make packages of it. */
function suiteName([first, second]: Pair): string {
  return `separation.${first.replaceAll('.', '_')} and ${second.replaceAll('.', '_')}`;
}

/** What is no part of the verdict is in a class of its own. */
function className({ informational }: Check, pair: Pair): string {
  return `${suiteName(pair)}${informational ? ' (for information)' : ''}`;
}

function testCase(check: Check, pair: Pair, status: Check['status']): TestCase {
  const { kind, content } = outcome(check, pair, status);
  const element = markup`<testcase classname="${className(check, pair)}" name="${check.id}: ${check.title}" time="0">${content}</testcase>`;
  return { kind, element };
}

function outcome(
  check: Check,
  pair: Pair,
  status: Check['status'],
): { readonly kind: TestCase['kind']; readonly content: Markup } {
  const answer = answerFor(check, { environments: pair, status });
  if (answer === 'pass') return { kind: 'passed', content: NOTHING };
  const findings = findingsText(check, pair);
  const gaps = gapsText(check, pair);
  if (answer === 'note') return { kind: 'passed', content: markup`<system-out>${findings}</system-out>` };
  if (answer === 'fail') {
    const found = findingsBetween(check, pair).length;
    const message = found === 0 ? 'more was found than the report lists' : counted(found, 'finding');
    return {
      kind: 'failure',
      content: markup`<failure type="${check.id}" message="${message}">${[check.why, findings, gaps].filter((text) => text !== '').join('\n\n')}</failure>`,
    };
  }
  if (check.informational)
    return { kind: 'skipped', content: markup`<skipped message="not known"/><system-out>${gaps}</system-out>` };
  return {
    kind: 'error',
    content: markup`<error type="unknown" message="not known: the check could not be answered">${gaps}</error>`,
  };
}

function findingsText(check: Check, pair: Pair): string {
  const listed = findingsBetween(check, pair).map((finding) =>
    [
      finding.message,
      `  ${placeOfFinding(finding).join(' · ')}`,
      ...finding.evidence.map((line) => `  ${line}`),
      `  → ${finding.remedy}`,
    ].join('\n'),
  );
  const further =
    check.furtherFindings === 0
      ? []
      : [`The report counts ${counted(check.furtherFindings, 'more finding')} of all pairs.`];
  return [...listed, ...further].join('\n\n');
}

function gapsText(check: Check, pair: Pair): string {
  return check.gaps
    .filter(({ environments }) => environments.some((name) => pair.includes(name)))
    .map(
      ({ subject, reason, permission }) =>
        `not known: ${subject}\n  ${reason}${permission === null ? '' : `\n  → allow ${permission}`}`,
    )
    .join('\n\n');
}
