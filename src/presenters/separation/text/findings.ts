import type { Check } from '../../../domain/separation/report.js';
import type { SeparationFinding } from '../../../domain/separation/rule.js';
import type { Style } from '../../style.js';
import { type Answer, answerOf, SIGN } from '../answer.js';
import { placeOfFinding } from '../finding-place.js';
import { counted } from '../words.js';
import { coloured } from './colour.js';
import { aside, paragraph, remedyLines, shortened } from './lines.js';

/** What a check found: what should hold, why it matters, and each finding with what was read and what mends it. */
export function findingsText(check: Check, style: Style): string {
  const answer = answerOf(check) === 'fail' ? 'fail' : 'note';
  const { listed, more } = shortened(check.findings, style);
  const left = more + check.furtherFindings;
  return [
    `${heading(check, answer, style)}\n${aside(check.why, 2, style)}`,
    ...listed.map((finding, index) => findingText(finding, index + 1, style)),
    ...(left === 0 ? [] : [paragraph(leftOut(left, more), 2, style)]),
  ].join('\n\n');
}

function heading({ id, title }: Check, answer: Answer, style: Style): string {
  return paragraph(`${coloured(answer, SIGN[answer], style)} ${style.bold(id)}: ${title}`, 0, style, 2);
}

function findingText(finding: SeparationFinding, number: number, style: Style): string {
  const label = `${number}.`.padEnd(3);
  const margin = 2 + label.length + 1;
  return [
    paragraph(`${label} ${finding.message}`, 2, style, label.length + 1),
    aside(placeOfFinding(finding).join(' · '), margin, style, 2),
    ...finding.evidence.map((line) => aside(line, margin, style, 2)),
    remedyLines(finding.remedy, margin, style),
  ].join('\n');
}

/** @param listable how many of those left out the report does list */
function leftOut(left: number, listable: number): string {
  const more = `and ${counted(left, 'more finding')}`;
  return listable === 0
    ? `${more}, which the report only counts`
    : `${more}; to see them: mhtctl verify-separation --format html --output FILE`;
}
