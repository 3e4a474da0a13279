import type { Style } from '../../style.js';
import { wrap } from '../../wrap.js';
import { remedyParts } from '../remedy.js';

/** Things of one kind that a terminal lists; a file gets them all. */
const MOST_ON_A_TERMINAL = 20;

/** The ones to list, and how many are left out. */
export function shortened<T>(
  all: readonly T[],
  style: Style,
): { readonly listed: readonly T[]; readonly more: number } {
  const listed = style.width === Number.POSITIVE_INFINITY ? all : all.slice(0, MOST_ON_A_TERMINAL);
  return { listed, more: all.length - listed.length };
}

/** A paragraph at a margin, broken where the terminal ends. @param hanging further columns before each line but the first */
export function paragraph(text: string, margin: number, style: Style, hanging = 0): string {
  return wrap(`${' '.repeat(margin)}${text}`, style.width, margin + hanging);
}

/** A paragraph that may be passed over: dimmed, line by line, so that no pager loses it. */
export function aside(text: string, margin: number, style: Style, hanging = 0): string {
  return paragraph(text, margin, style, hanging)
    .split('\n')
    .map((line) => line.replace(/\S.*$/, (words) => style.dim(words)))
    .join('\n');
}

/** What to do. Where it is too long for a line, each command in it gets one of its own, whole: it is to be pasted. */
export function remedyLines(remedy: string, margin: number, style: Style): string {
  const arrow = style.cyan('→');
  if (margin + 2 + remedy.length <= style.width) return `${' '.repeat(margin)}${arrow} ${remedy}`;
  return remedyParts(remedy)
    .map(({ command, text }, index) => {
      const line = `${' '.repeat(margin)}${index === 0 ? arrow : ' '} ${text}`;
      return command ? line : wrap(line, style.width, margin + 2);
    })
    .join('\n');
}
