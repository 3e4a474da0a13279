import { chmod, copyFile, mkdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Binding } from '../../domain/environment.js';
import type { UnsavedState, UnsavedStates } from '../../ports/terraform.js';

/**
 * Where Terraform writes a state that it could not save: into its working directory, which all environments share,
 * readable by everybody.
 */
const FILE = 'errored.tfstate';

/** How far the time of a file may lag behind the clock: file systems keep it in ticks, the coarsest of two seconds. */
const FILE_TIME_MS = 2000;

type Places = Pick<Binding, 'configurationDir' | 'workDir'>;

/** What is known of the apply that has just failed. */
export interface FailedApply {
  /** Lineage of the state that its plan was made from; empty when there was none, or it is not known. */
  readonly lineage: string;
  /** When it was started. */
  readonly since: Date;
}

/** Takes in what a failed apply has left, if it has: privately, in the environment's own directory. */
export async function takeErroredState(binding: Places, { lineage, since }: FailedApply): Promise<void> {
  const left = join(binding.configurationDir, FILE);
  const found = await readUnsaved(left);
  if (found === null) return;
  // Another environment's apply may have left it. A first state has its lineage from this very apply.
  const ours = lineage === '' ? await isWrittenSince(left, since) : found.lineage === lineage;
  if (ours) await takeIn(binding);
}

/**
 * The states that were not saved: the environment's own, and one in the configuration's directory that is not known to
 * be its own. Left there by an mhtctl that was killed, it is taken in by its lineage.
 */
export async function unsavedStates(binding: Places, lineage: string | undefined): Promise<UnsavedStates> {
  const left = join(binding.configurationDir, FILE);
  const found = await readUnsaved(left);
  const ours = found !== null && found.lineage !== '' && found.lineage === lineage;
  if (ours) await takeIn(binding);
  return {
    own: await readUnsaved(join(binding.workDir, FILE)),
    stray: found === null || ours ? null : left,
  };
}

/**
 * Removes a kept state that these arguments of a Terraform that succeeded have pushed. Serial and lineage do not tell:
 * pushed to where there is no state, it is given a new lineage.
 */
export async function removePushedState({ configurationDir, workDir }: Places, args: readonly string[]): Promise<void> {
  if (args[0] !== 'state' || args[1] !== 'push') return;
  const pushed = resolve(configurationDir, args.at(-1) ?? '');
  if ([join(workDir, FILE), join(configurationDir, FILE)].includes(pushed)) await rm(pushed, { force: true });
}

async function takeIn({ configurationDir, workDir }: Places): Promise<void> {
  const [from, to] = [join(configurationDir, FILE), join(workDir, FILE)];
  await mkdir(workDir, { recursive: true, mode: 0o700 });
  // It may be all that is known of what exists: one that was kept before is never written over.
  const earlier = await stat(to).catch(missing);
  if (earlier !== null) await rename(to, join(workDir, `errored-${Math.trunc(earlier.mtimeMs)}.tfstate`));
  await chmod(from, 0o600);
  try {
    await rename(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
    await copyFile(from, to);
    await rm(from);
  }
}

/** What a state file says of itself; null when it is not there. One that cannot be understood is there all the same. */
async function readUnsaved(file: string): Promise<UnsavedState | null> {
  const text = await readFile(file, 'utf8').catch(missing);
  if (text === null) return null;
  try {
    const { lineage, serial } = JSON.parse(text) as { lineage?: unknown; serial?: unknown };
    return {
      file,
      lineage: typeof lineage === 'string' ? lineage : '',
      serial: typeof serial === 'number' ? serial : 0,
    };
  } catch {
    return { file, lineage: '', serial: 0 };
  }
}

async function isWrittenSince(file: string, since: Date): Promise<boolean> {
  const { mtimeMs } = await stat(file);
  return mtimeMs >= since.getTime() - FILE_TIME_MS;
}

function missing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}
