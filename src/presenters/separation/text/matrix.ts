import type { Check, SeparationReport } from '../../../domain/separation/report.js';
import type { Style } from '../../style.js';
import { type Answer, answerOf, countOfFindings, SIGN } from '../answer.js';
import { type PairGroup, pairGroups } from '../pair-groups.js';
import { counted } from '../words.js';
import { coloured } from './colour.js';
import { aside, paragraph } from './lines.js';

/** Columns of a column of answers: two between them, and room for a number of two digits. */
const CELL = 4;

/** Checks in rows, pairs in columns. What passes everywhere needs no row for each check. */
export function matrixText(report: SeparationReport, style: Style): string {
  const checks = [...report.checks].sort((a, b) => Number(a.informational) - Number(b.informational));
  return checks.every((check) => answerOf(check) === 'pass' || check.informational)
    ? passedText(checks, style)
    : rowsText(checks, style);
}

/** The names of the checks beside one another. */
function passedText(checks: readonly Check[], style: Style): string {
  const column = Math.max(0, ...checks.map(({ id }) => id.length)) + 4;
  const perLine = Math.max(1, Math.floor((Math.min(style.width, 100) - 2) / column));
  const lines: string[] = [];
  checks.forEach((check, index) => {
    const answer = answerOf(check);
    const cell = `${coloured(answer, SIGN[answer], style)} ${check.id.padEnd(column - 2)}`;
    if (index % perLine === 0) lines.push('  ');
    lines[lines.length - 1] += cell;
  });
  return lines.map((line) => line.trimEnd()).join('\n');
}

function rowsText(checks: readonly Check[], style: Style): string {
  const groups = pairGroups(checks);
  const names = Math.max(...checks.map(({ id }) => id.length));
  const fitting = Math.max(1, Math.floor((style.width - names - 4) / CELL));
  const bands = Math.ceil(groups.length / fitting);
  const legend = groups.length === 1 ? [] : groups.map(({ name }, index) => legendLine(index + 1, name, style));
  const tables = Array.from({ length: bands }, (_, band) =>
    bandText(checks, groups, band * fitting, fitting, names, style),
  );
  return [...tables, ...(legend.length === 0 ? [] : [legend.join('\n')])].join('\n\n');
}

function legendLine(number: number, name: string, style: Style): string {
  return paragraph(`${style.bold(String(number).padStart(2))}  ${name}`, 0, style, 4);
}

function bandText(
  checks: readonly Check[],
  groups: readonly PairGroup[],
  first: number,
  most: number,
  names: number,
  style: Style,
): string {
  const shown = groups.slice(first, first + most);
  const left = ' '.repeat(2 + names);
  const [only] = groups.length === 1 ? groups : [];
  const numbers = shown.map((_, index) => String(first + index + 1).padStart(CELL)).join('');
  const head = only === undefined ? `${left}${style.bold(numbers)}` : aside(only.name, left.length + CELL - 1, style);
  const remarks = Math.max(...checks.map((check) => remark(check).length));
  const room = style.width - (2 + names + shown.length * CELL + 2 + remarks + 2);
  const titled = checks.every(({ title }) => title.length <= room);
  const rows = checks.map((check, row) => {
    const cells = shown.map(({ answers }) => cellText(answers[row] ?? 'unknown', style)).join('');
    const rest = titled ? `${remark(check).padEnd(remarks)}  ${style.dim(check.title)}` : remark(check);
    return `  ${check.id.padEnd(names)}${cells}  ${rest}`;
  });
  return [head, ...rows].join('\n');
}

function cellText(answer: Answer, style: Style): string {
  return `${' '.repeat(CELL - 1)}${coloured(answer, SIGN[answer], style)}`;
}

/** The answer in words, for who does not know the signs. */
function remark(check: Check): string {
  const answer = answerOf(check);
  const found = countOfFindings(check);
  const words = {
    pass: 'passed',
    fail: check.gaps.length === 0 ? counted(found, 'finding') : `${counted(found, 'finding')}, not all is known`,
    unknown: 'not known',
    note: counted(found, 'note'),
  }[answer];
  return check.informational ? `${words}, no part of the verdict` : words;
}
