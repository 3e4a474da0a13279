import type { BootstrapResource } from '../domain/bootstrap-resource.js';
import type { Style } from './style.js';
import { wrap } from './wrap.js';

const WOULD = { created: 'would be created', updated: 'would be updated', unchanged: 'is as it should be' };
const WAS = { created: 'was created', updated: 'was updated', unchanged: 'is as it should be' };

/** A state backend's parts and what happens to them. @param tense before or after it was done */
export function bootstrapText(resources: readonly BootstrapResource[], tense: 'would' | 'was', style: Style): string {
  return resources
    .map(({ kind, name, action, missing }) => {
      const sign = { created: style.green('+'), updated: style.yellow('~'), unchanged: style.dim('=') }[action];
      const why = missing.length === 0 ? '' : style.dim(` (${missing.join(', ')})`);
      const what = (tense === 'would' ? WOULD : WAS)[action];
      return wrap(`${sign} ${kind.replace('-', ' ')} ${name} ${what}${why}`, style.width, 4);
    })
    .join('\n');
}
