import type { Binding } from '../domain/environment.js';
import { MhtctlError } from '../domain/errors.js';
import { appliedOffHours } from '../domain/off-hours/applied.js';
import { configuredOffHours, VARIABLE } from '../domain/off-hours/configured.js';
import { type GivenOffHours, offHoursFrom } from '../domain/off-hours/given.js';
import { type NextTimes, nextTimes } from '../domain/off-hours/next-times.js';
import { asWritten, type OffHours, sameOffHours } from '../domain/off-hours/schedule.js';
import type { ScheduleStatus } from '../domain/off-hours/status.js';
import type { State } from '../domain/state.js';
import type { Ports } from '../ports/index.js';
import { abandonOnInterrupt } from './abandon-on-interrupt.js';

/** What is to become of the schedule in the tfvars file. */
export type ScheduleChange = { readonly kind: 'set'; readonly given: GivenOffHours } | { readonly kind: 'remove' };

/** Shows the schedule. Reads the tfvars file and the state, and changes nothing. */
export async function showSchedule(
  ports: Pick<Ports, 'clock' | 'interruption' | 'stateStore'>,
  binding: Binding,
): Promise<ScheduleStatus> {
  const state = await abandonOnInterrupt(ports.interruption, ports.stateStore.readState(binding));
  const [configured, applied] = [configuredOffHours(binding), scheduleOf(state, ports.clock.now())];
  return {
    environment: binding.name,
    allowed: binding.policy.offHours,
    file: binding.variableSources['environment']?.location.file ?? binding.variablesFile,
    configured,
    applied: applied?.hours ?? null,
    next: applied?.next ?? null,
    pending: !sameOffHours(configured, applied?.hours ?? null),
  };
}

/**
 * Writes the schedule into the tfvars file, or takes it out; a deployment applies it. Fails (exit 3) with
 * `OffHoursNotAllowed` where the policy lets the environment run always, and (exit 2) on nonsense; then nothing is
 * written. Returns whether the file changed.
 */
export async function changeSchedule(
  ports: Pick<Ports, 'variablesFiles'>,
  binding: Binding,
  change: ScheduleChange,
): Promise<{ readonly binding: Binding; readonly changed: boolean }> {
  if (change.kind === 'remove') {
    const changed = await ports.variablesFiles.remove(binding, VARIABLE);
    const { [VARIABLE]: _, ...variableSources } = binding.variableSources;
    return { changed, binding: { ...binding, variableSources } };
  }
  refuseUnlessAllowed(binding);
  const command = `mhtctl schedule ${binding.name}`;
  const value = asWritten(offHoursFrom(change.given, configuredOffHours(binding), command));
  const changed = await ports.variablesFiles.set(binding, VARIABLE, value);
  const location = { file: binding.variablesFile, line: 1, column: 1 };
  const variableSources = { ...binding.variableSources, [VARIABLE]: { name: VARIABLE, value, location } };
  return { changed, binding: { ...binding, variableSources } };
}

/** The schedule that is applied by a state, and what it does next; null where there is none. */
export function scheduleOf(
  state: State | null,
  now: Date,
): { readonly hours: OffHours; readonly next: NextTimes } | null {
  const hours = appliedOffHours(state?.instances ?? [])[0]?.schedule;
  return hours === undefined ? null : { hours, next: nextTimes(hours, now) };
}

function refuseUnlessAllowed({ name, policy }: Binding): void {
  if (policy.offHours) return;
  throw new MhtctlError({
    code: 'OffHoursNotAllowed',
    outcome: 'refused',
    message: `the policy does not let a schedule stop "${name}"${policy.protected ? ', which is protected' : ''}`,
    nextSteps: [`if it is meant: set off_hours = true in environment "${name}" of terraform/policy.hcl`],
  });
}
