import { shellWord } from '../../domain/shell-word.js';
import type { FormerSource } from './former-state.js';
import type { Commands } from './target.js';

/** What the caller gave on the command line. */
interface Given {
  readonly 'from-backend'?: string | undefined;
  readonly 'from-state'?: string | undefined;
  readonly as?: string | undefined;
  readonly 'override-evidence'?: string | undefined;
}

/** Where the old state is, and the commands to paste to go on with the migration or to take it back. */
export function migrationCommands(given: Given): Commands & { readonly source: FormerSource } {
  const { 'from-backend': backend, 'from-state': state, as, 'override-evidence': reason } = given;
  const source: FormerSource =
    backend === undefined ? { kind: 'state', file: state ?? '' } : { kind: 'backend', file: backend };
  const asEnvironment = as === undefined ? '' : ` --as ${shellWord(as)}`;
  const against = reason === undefined ? '' : ` --override-evidence ${shellWord(reason)}`;
  return {
    source,
    command: `mhtctl migrate --from-${source.kind} ${shellWord(source.file)}${asEnvironment}${against}`,
    undo: `mhtctl migrate --undo${asEnvironment}`,
  };
}
