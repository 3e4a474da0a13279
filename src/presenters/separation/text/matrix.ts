import type { Check, SeparationReport } from '../../../domain/separation/report.js';
import type { Style } from '../../style.js';
import { wrap } from '../../wrap.js';
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
  const remarks = Math.max(...checks.map((check) => remark(check).length));
  const room = Math.floor((style.width - names - remarks - 4) / CELL);
  const fitting = Math.max(1, Math.min(groups.length, room));
  const tables: string[] = [];
  for (let first = 0; first < groups.length; first += fitting)
    tables.push(bandText({ checks, groups, first, most: fitting, names, remarks }, style));
  const legend = groups.length === 1 ? [] : groups.map(({ name }, index) => legendLine(index + 1, name, style));
  return [...tables, ...(legend.length === 0 ? [] : [legend.join('\n')])].join('\n\n');
}

function legendLine(number: number, name: string, style: Style): string {
  return paragraph(`${style.bold(String(number).padStart(2))}  ${name}`, 0, style, 4);
}

/** Some of the columns. */
interface Band {
  readonly checks: readonly Check[];
  readonly groups: readonly PairGroup[];
  /** The first column, and how many there is room for. */
  readonly first: number;
  readonly most: number;
  /** Columns of the terminal that the names of the checks and the remarks take. */
  readonly names: number;
  readonly remarks: number;
}

function bandText({ checks, groups, first, most, names, remarks }: Band, style: Style): string {
  const shown = groups.slice(first, first + most);
  const left = 2 + names;
  const [only] = groups.length === 1 ? groups : [];
  const numbers = shown.map((_, index) => String(first + index + 1).padStart(CELL)).join('');
  const head =
    only === undefined ? `${' '.repeat(left)}${style.bold(numbers)}` : aside(only.name, left + CELL - 1, style);
  const beside = left + shown.length * CELL + 2;
  const titled = checks.every(({ title }) => beside + remarks + 2 + title.length <= style.width);
  const rows = checks.map((check, row) => {
    const cells = shown.map(({ answers }) => cellText(answers[row] ?? 'unknown', style)).join('');
    const rest = titled ? `${remark(check).padEnd(remarks)}  ${style.dim(check.title)}` : remark(check);
    return wrap(`  ${check.id.padEnd(names)}${cells}  ${rest}`, style.width, beside);
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
  return check.informational ? `${words}, only information` : words;
}
