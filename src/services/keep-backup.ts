import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Binding } from '../domain/environment.js';
import { MhtctlError } from '../domain/errors.js';
import { parseState, type State } from '../domain/state.js';
import type { StateCopy } from '../domain/state-archive.js';
import type { Ports } from '../ports/index.js';

/** A copy of a state that is kept on this machine and beside the state. */
export interface KeptBackup {
  readonly id: string;
  /** The file here, readable by its owner alone: a state holds secrets in the clear. */
  readonly file: string;
  /** Its object, like `s3://bucket/key`. */
  readonly object: string;
  /** Null, as the next two, for a copy of what is no state that can be read. */
  readonly serial: number | null;
  readonly lineage: string | null;
  readonly resources: number | null;
  /** `sha256:` over the copy's bytes. */
  readonly digest: string;
}

/** What to keep, and where. */
export interface KeepOptions {
  readonly binding: Binding;
  /** The backup's id; it sorts by time. */
  readonly id: string;
  readonly copy: StateCopy;
  /** The file that somebody asked for instead of one among mhtctl's own. */
  readonly output?: string | undefined;
}

/** Keeps a copy of a state in a file here and in an object beside the state. What it holds does not matter. */
export async function keepBackup(
  ports: Pick<Ports, 'stateArchive' | 'workspace'>,
  { binding, id, copy, output }: KeepOptions,
): Promise<KeptBackup> {
  const file = output ?? join(binding.workDir, 'backups', `${id}.tfstate`);
  if (output === undefined) await ports.workspace.writePrivate(file, copy.bytes);
  else await ports.workspace.writePrivateResult(file, copy.bytes);
  const object = await ports.stateArchive.keep(binding, id, copy).catch((error: unknown) => {
    if (!(error instanceof MhtctlError)) throw error;
    const { code, outcome, message, nextSteps } = error;
    // Half of the backup is made, and may be all that somebody needs.
    const kept = `${message}\nthe copy on this machine is made: ${file}`;
    throw new MhtctlError({ code, outcome, message: kept, nextSteps, cause: error });
  });
  const state = stateIn(copy);
  return {
    id,
    file,
    object,
    serial: state?.serial ?? null,
    lineage: state?.lineage ?? null,
    resources: state?.instances.length ?? null,
    digest: `sha256:${createHash('sha256').update(copy.bytes).digest('hex')}`,
  };
}

/** The state that a copy holds, or undefined when it cannot be read as one. */
function stateIn({ bytes }: StateCopy): State | undefined {
  try {
    return parseState(new TextDecoder().decode(bytes), '');
  } catch {
    return undefined;
  }
}
