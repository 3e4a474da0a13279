import type { Check, SeparationReport } from '../../domain/separation/report.js';
import type { SeparationFinding } from '../../domain/separation/rule.js';
import { plain, verbatim } from '../markdown.js';
import { ANSWER_OF_VERDICT, answerOf, countOfFindings, SIGN, verdictChecks } from './answer.js';
import { placeOfFinding } from './finding-place.js';
import { deniedIdentities, type GapGroup, gapGroups, openChecks } from './gap-groups.js';
import { pairGroups } from './pair-groups.js';
import { printableReport } from './printable-report.js';
import { coverageSentence, uncheckedOf } from './unchecked.js';
import { verdictSentence } from './verdict.js';
import { counted, listed } from './words.js';

/**
 * Bytes that a summary takes at most. GitHub shows none of it when all that a step adds is above 1 MiB; the rest is left
 * to what else the step has to say.
 * Source: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#step-isolation-and-limits
 */
const MOST_BYTES = 900 * 1024;
/** Of these, what findings and gaps take at most: coverage and digest are never crowded out. */
const MOST_BYTES_OF_DETAILS = 600 * 1024;
const MOST_FINDINGS_OF_A_CHECK = 10;
const MOST_SUBJECTS = 10;

/** A report in Markdown for the page of a GitHub job: as much of it as there is room for, and it says what is left out. */
export function separationJobSummary(report: SeparationReport): string {
  const shown = printableReport(report);
  const found = shown.checks.filter(({ findings }) => findings.length > 0);
  const details = fitting(
    [
      ...verdictChecks(found).map(findingsBlock),
      ...gapGroups(shown).map((group) => gapBlock(group, shown)),
      ...found.filter(({ informational }) => informational).map(findingsBlock),
    ],
    MOST_BYTES_OF_DETAILS,
  );
  const answer = ANSWER_OF_VERDICT[shown.verdict];
  return fitting(
    [
      `## ${SIGN[answer]} Separation: ${shown.verdict}`,
      `${plain(verdictSentence(shown))}.`,
      matrixBlock(shown),
      ...details,
      coverageBlock(shown),
      provenanceBlock(shown),
      '',
    ],
    MOST_BYTES,
  ).join('\n\n');
}

/** The blocks that there is room for; whatever is left out is said. */
function fitting(blocks: readonly string[], mostBytes: number): readonly string[] {
  let room = mostBytes;
  const kept = blocks.filter((block) => {
    const bytes = Buffer.byteLength(block) + 2;
    if (bytes > room) return false;
    room -= bytes;
    return true;
  });
  const left = blocks.length - kept.length;
  if (left === 0) return kept;
  return [...kept, `**${counted(left, 'part')} of the report left out here**: there is no room on this page.`];
}

function matrixBlock({ checks }: SeparationReport): string {
  const sorted = [...checks].sort((a, b) => Number(a.informational) - Number(b.informational));
  const groups = pairGroups(sorted);
  const [only] = groups.length === 1 ? groups : [];
  const heads = only === undefined ? groups.map((_, index) => String(index + 1)) : [plain(only.name)];
  const rows = sorted.map((check, row) => {
    const cells = groups.map(({ answers }) => SIGN[answers[row] ?? 'unknown']);
    return tableRow([
      `${check.informational ? '_' : ''}${plain(check.id)}${check.informational ? '_' : ''}`,
      ...cells,
      remark(check),
    ]);
  });
  const legend = only === undefined ? ['', ...groups.map(({ name }, index) => `${index + 1}. ${plain(name)}`)] : [];
  return [
    tableRow(['check', ...heads, '']),
    tableRow(['---', ...heads.map(() => ':-:'), '---']),
    ...rows,
    ...legend,
  ].join('\n');
}

function tableRow(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function remark(check: Check): string {
  const answer = answerOf(check);
  const found = countOfFindings(check);
  const words = {
    pass: 'passed',
    fail: `**${counted(found, 'finding')}**`,
    unknown: '**not known**',
    note: counted(found, 'note'),
  };
  return check.informational ? `${words[answer]}, no part of the verdict` : words[answer];
}

function findingsBlock(check: Check): string {
  const sign = SIGN[check.informational ? 'note' : 'fail'];
  const shown = check.findings.slice(0, MOST_FINDINGS_OF_A_CHECK);
  const left = countOfFindings(check) - shown.length;
  return [
    `### ${sign} ${plain(check.id)}: ${plain(check.title)}`,
    plain(check.why),
    ...shown.map(findingItem),
    ...(left === 0 ? [] : [`And ${counted(left, 'more finding')}.`]),
  ].join('\n\n');
}

function findingItem(finding: SeparationFinding): string {
  const lines = [placeOfFinding(finding).join(' · '), ...finding.evidence, `→ ${finding.remedy}`];
  return `**${plain(finding.message)}**\n${verbatim(lines)}`;
}

function gapBlock(group: GapGroup, report: SeparationReport): string {
  const { permission, asked, environments } = group;
  const what = permission === null ? (asked[0]?.reason ?? '') : `${permission} is denied`;
  const left = asked.length - MOST_SUBJECTS;
  const who = deniedIdentities(group, report);
  return [
    `### ${SIGN.unknown} Not known: ${plain(what)}`,
    `In ${plain(listed(environments))}; leaves open: ${plain(listed(openChecks(group)))}.`,
    verbatim([
      ...asked
        .slice(0, MOST_SUBJECTS)
        .map(({ subject, reason }) => (permission === null ? subject : `${subject}: ${reason}`)),
      ...(left > 0 ? [`and ${left} more`] : []),
      ...(permission === null ? [] : [`→ allow ${permission}${who.length === 0 ? '' : ` to ${listed(who)}`}`]),
    ]),
  ].join('\n\n');
}

function coverageBlock(report: SeparationReport): string {
  const rows = Object.entries(report.coverage).map(([name, of]) => `- ${plain(name)}: ${coverageSentence(of)}`);
  const unchecked = uncheckedOf(report).map(({ environments, reason, resources }) => {
    const left = resources.length - MOST_SUBJECTS;
    const some = listed([...resources.slice(0, MOST_SUBJECTS), ...(left > 0 ? [`${left} more`] : [])]);
    return `- not checked in ${plain(listed(environments))}: ${plain(some)} (${plain(reason)})`;
  });
  return ['### Coverage', '', ...rows, ...unchecked].join('\n');
}

function provenanceBlock({ provenance, digest, signature }: SeparationReport): string {
  const { gatheredAt, commit, environments } = provenance;
  const of = commit === null ? 'no commit' : `commit ${commit.hash}${commit.dirty ? ', with uncommitted changes' : ''}`;
  const askers = Object.values(environments).flatMap(({ identity }) => identity?.arn ?? []);
  return verbatim([
    digest,
    `at ${gatheredAt}, ${of}`,
    askers.length === 0 ? 'AWS was not asked' : `asked as ${listed([...new Set(askers)])}`,
    ...(signature === undefined ? [] : [`signed by ${signature.keyArn} (${signature.algorithm})`]),
  ]);
}
