import type { Binding } from './environment.js';
import { MhtctlError } from './errors.js';
import type { PlanFile } from './plan.js';
import type { State } from './state.js';

/** Hours after which what a plan saw of AWS is too old to be applied unseen. */
export const MAXIMUM_PLAN_AGE_HOURS = 24;

/** Refuses (exit 3) a plan that is too old or was made from another state than the one that is there now. */
export function refuseStalePlan(binding: Binding, file: PlanFile, state: State | null, now: Date): void {
  const hours = (now.getTime() - file.createdAt.getTime()) / 3_600_000;
  const reasons: string[] = [];
  if (!(hours <= MAXIMUM_PLAN_AGE_HOURS)) {
    reasons.push(`it was made at ${timeText(file.createdAt)}, more than ${MAXIMUM_PLAN_AGE_HOURS} hours ago`);
  }
  // Terraform writes the state it planned from into the file: serial 0 without lineage means there was none.
  if (file.lineage !== (state?.lineage ?? '')) {
    reasons.push(
      `it was made from the state with lineage ${quoted(file.lineage)}; the state now has ${quoted(state?.lineage ?? '')}`,
    );
  } else if (state !== null && file.serial !== state.serial) {
    reasons.push(`it was made from serial ${file.serial}; the state is at serial ${state.serial}`);
  }
  if (reasons.length === 0) return;
  throw new MhtctlError({
    code: 'PlanStale',
    outcome: 'refused',
    message: `the plan for "${binding.name}" no longer holds: ${reasons.join('; ')}`,
    nextSteps: [`plan again: mhtctl plan ${binding.name}`],
  });
}

function timeText(date: Date): string {
  return Number.isNaN(date.getTime()) ? 'an unknown time' : date.toISOString();
}

function quoted(lineage: string): string {
  return lineage === '' ? 'none' : `"${lineage}"`;
}
