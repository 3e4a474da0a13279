import type { Style } from '../style.js';
import type { MigrateResult } from './result.js';

/** The result in a few lines, with what to do next. @param others the environments that can be made beside it */
export function migrateResultText(result: MigrateResult, others: readonly string[], style: Style): string {
  const { environment, from, to, backup } = result;
  const deploys = others.map(
    (name) => `  then make ${name} beside it: mhtctl bootstrap ${name}, mhtctl deploy ${name}`,
  );
  switch (result.outcome) {
    case 'dry-run':
      return `${style.bold(environment)}: nothing was changed`;
    case 'undone':
      return `${style.green('taken back')}: the state of ${style.bold(environment)} is ${from} again; ${to} is empty`;
    case 'already-migrated':
      return `${style.bold(environment)} was migrated from ${from} before; there is nothing to do`;
    case 'migrated':
      return [
        `${style.green('migrated')}: the state of ${style.bold(environment)} is ${to} now; nothing in AWS was changed`,
        `  the old one, ${from}, is untouched and marked; do not deploy with it any more`,
        ...(backup === null ? [] : [`  backed up in ${backup.file} and ${backup.object}`]),
        ...(result.moves.length + result.imports.length === 0 ? [] : ['  commit terraform/migrated.tf']),
        ...deploys,
      ].join('\n');
  }
}
