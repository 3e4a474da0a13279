import type { MhtctlError } from '../domain/errors.js';
import type { Style } from './style.js';

/** What a person reads when a command fails. A declined confirmation is one soft line, since nothing went wrong. */
export function failureText(error: MhtctlError, style: Style): string {
  const soft = error.code === 'Declined';
  const head = soft ? style.yellow(error.message) : `${style.red('error:')} ${error.message}`;
  const steps = error.nextSteps.map((step) => `  ${style.cyan('→')} ${step}`);
  const name = soft ? [] : [style.dim(`(${error.code}, exit ${error.exitCode})`)];
  return [head, ...steps, ...name].join('\n');
}
