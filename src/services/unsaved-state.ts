import type { Binding } from '../domain/environment.js';
import { MhtctlError } from '../domain/errors.js';
import type { State } from '../domain/state.js';
import type { Ports } from '../ports/index.js';
import type { StageReport } from '../ports/progress.js';
import type { UnsavedState } from '../ports/terraform.js';

/** Whether a state kept on this machine holds what the one in AWS does not. */
export function isUnsaved(kept: UnsavedState, state: Pick<State, 'lineage' | 'serial'> | null): boolean {
  return state === null || kept.lineage !== state.lineage || kept.serial > state.serial;
}

/** How a state that could not be saved is saved; asks for confirmation by itself. */
export function howToSave(binding: Binding, { file }: UnsavedState): string {
  return `save it: mhtctl terraform ${binding.name} -- state push ${file}`;
}

/**
 * Refuses to go on while an apply's state is on this machine alone: the next apply would make everything it made a
 * second time. One that AWS has caught up with has served its purpose, and is removed.
 */
export async function refuseUnsavedState(
  ports: Pick<Ports, 'terraform' | 'workspace'>,
  binding: Binding,
  state: State | null,
  report: StageReport,
): Promise<void> {
  const { own, stray } = await ports.terraform.unsavedStates(binding, state?.lineage);
  if (stray !== null) {
    report.note(
      `warning: ${stray} is a state that could not be saved, and not known to be of "${binding.name}"; ` +
        `it holds secrets: see whose it is, save it with "mhtctl terraform ENV -- state push ${stray}", and remove it`,
    );
  }
  if (own === null) return;
  if (!isUnsaved(own, state)) return ports.workspace.remove(own.file);
  const { bucket, key } = binding.backend;
  const there = state === null ? 'has none' : `has serial ${state.serial} of lineage ${state.lineage}`;
  throw new MhtctlError({
    code: 'StateUnsaved',
    outcome: 'refused',
    message:
      `the state of an earlier apply for "${binding.name}" could not be saved: ${own.file} holds serial ${own.serial} ` +
      `of lineage ${own.lineage === '' ? 'unknown' : own.lineage}, s3://${bucket}/${key} ${there}`,
    nextSteps: [howToSave(binding, own), `only if nothing in it is wanted: rm ${own.file}`],
  });
}
