import type { MhtctlError } from '../domain/errors.js';
import { printable } from './printable.js';
import type { Style } from './style.js';
import { wrap } from './wrap.js';

/** What a person reads when a command fails. A declined confirmation is one soft line, since nothing went wrong. */
export function failureText(error: MhtctlError, style: Style): string {
  const soft = error.code === 'Declined';
  const message = shown(error.message);
  const head = soft ? style.yellow(message) : `${style.red('error:')} ${message}`;
  const lines = head.split('\n').map((line) => wrap(line, style.width, (/^ */.exec(line)?.[0].length ?? 0) + 2));
  // The steps stay whole: they are to be pasted.
  const steps = error.nextSteps.map((step) => `  ${style.cyan('→')} ${shown(step)}`);
  const name = soft ? [] : [style.dim(`(${error.code}, exit ${error.exitCode})`)];
  return [...lines, ...steps, ...name].join('\n');
}

/** Lines with every character to be seen: they quote files and names, and a terminal obeys some of what may be in them. */
function shown(text: string): string {
  return text.split('\n').map(printable).join('\n');
}
