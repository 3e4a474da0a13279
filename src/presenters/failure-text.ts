import type { MhtctlError } from '../domain/errors.js';
import type { Style } from './style.js';
import { wrap } from './wrap.js';

/** What a person reads when a command fails. A declined confirmation is one soft line, since nothing went wrong. */
export function failureText(error: MhtctlError, style: Style): string {
  const soft = error.code === 'Declined';
  const head = soft ? style.yellow(error.message) : `${style.red('error:')} ${error.message}`;
  const lines = head.split('\n').map((line) => wrap(line, style.width, (/^ */.exec(line)?.[0].length ?? 0) + 2));
  // The steps stay whole: they are to be pasted.
  const steps = error.nextSteps.map((step) => `  ${style.cyan('→')} ${step}`);
  const name = soft ? [] : [style.dim(`(${error.code}, exit ${error.exitCode})`)];
  return [...lines, ...steps, ...name].join('\n');
}
