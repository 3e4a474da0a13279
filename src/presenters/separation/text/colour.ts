import type { Style } from '../../style.js';
import type { Answer } from '../answer.js';

/** A text in the colour of an answer. */
export function coloured(answer: Answer, text: string, style: Style): string {
  return { pass: style.green, fail: style.red, unknown: style.yellow, note: style.cyan }[answer](text);
}
