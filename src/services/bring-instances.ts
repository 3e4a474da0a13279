import type { Binding } from '../domain/environment.js';
import { interrupted, MhtctlError } from '../domain/errors.js';
import type { InstanceState, LiveInstance, OwnInstance, Power } from '../domain/off-hours/instances.js';
import type { Ports } from '../ports/index.js';
import type { StageReport } from '../ports/progress.js';

/** Longest time that all instances together may take. EC2 stops one within minutes, if it must by force. */
const DEADLINE_MS = 15 * 60_000;
/** Time between two looks at them. */
const INTERVAL_MS = 5_000;

/** What EC2 is asked for, and what it goes through on the way. */
const WAYS = {
  running: { verb: 'start', from: 'stopped', via: 'pending', done: 'started', code: 'InstancesNotStarted' },
  stopped: { verb: 'stop', from: 'running', via: 'stopping', done: 'stopped', code: 'InstancesNotStopped' },
} as const;

/** Which instances, and where to bring them. */
export interface BringOptions {
  readonly binding: Binding;
  readonly instances: readonly OwnInstance[];
  readonly power: Power;
}

/**
 * Stops or starts instances and waits until all have arrived; what is there already is left alone. Safe to repeat.
 * Returns them as they are then. Fails (exit 5) with `InstancesNotStopped` or `InstancesNotStarted` that names each that
 * has not arrived and why; the others have. An interrupt (exit 130) ends the waiting: what EC2 was asked for goes on by
 * itself.
 */
export async function bringInstances(
  ports: Pick<Ports, 'clock' | 'instances' | 'interruption'>,
  { binding, instances, power }: BringOptions,
  report: StageReport,
): Promise<readonly OwnInstance[]> {
  const { verb, from, via } = WAYS[power];
  const ids = instances.map(({ id }) => id);
  const deadline = ports.clock.now().getTime() + DEADLINE_MS;
  const asked = new Set<string>();
  const moving = new Set<string>();
  const failures = new Map<string, MhtctlError>();
  let now = instances;
  let said = '';
  for (;;) {
    for (const { id, state } of now) {
      if (state !== from || asked.has(id) || ports.interruption.interrupted) continue;
      asked.add(id);
      await ports.instances[verb](binding, id).catch((error: unknown) => failures.set(id, expected(error)));
    }
    const live = new Map((await ports.instances.describe(binding, ids)).map((one) => [one.id, one]));
    now = now.map((instance) => ({ ...instance, state: live.get(instance.id)?.state ?? 'terminated' }));
    for (const { id, state } of now) {
      if (state === via) moving.add(id);
      const fellBack = state === from && moving.has(id);
      if (fellBack || state === 'terminated') failures.set(id, fallen(id, state, live.get(id)));
    }
    const waiting = now.filter(({ id, state }) => state !== power && !failures.has(id));
    if (waiting.length === 0) break;
    const { interrupted: isInterrupted, signal } = ports.interruption;
    if (isInterrupted) throw leftAlone(binding, waiting, power);
    if (ports.clock.now().getTime() + INTERVAL_MS > deadline) {
      for (const { id, state } of waiting) failures.set(id, late(id, state));
      break;
    }
    const line = `waiting for ${waiting.map(({ name, state }) => `${name} (${state})`).join(', ')}`;
    report.now(line);
    if (line !== said) report.event(line);
    said = line;
    await ports.clock.sleep(INTERVAL_MS, signal);
  }
  if (failures.size > 0) throw partly(binding, now, power, failures);
  return now;
}

/** A failure that AWS told; a bug still ends it all. */
function expected(error: unknown): MhtctlError {
  if (error instanceof MhtctlError) return error;
  throw error;
}

function fallen(id: string, state: InstanceState, live: LiveInstance | undefined): MhtctlError {
  const why = live?.reason === undefined ? '' : `: ${live.reason}`;
  return new MhtctlError({
    code: 'InstanceFellBack',
    outcome: 'toolFailed',
    message: `EC2 has it ${state} again${why}`,
    nextSteps: [
      `aws ec2 describe-instances --instance-ids ${id} --query 'Reservations[].Instances[].StateReason'`,
      'a volume whose key may not be used is the usual reason: allow kms:CreateGrant on the key to the role in use',
    ],
  });
}

function late(id: string, state: InstanceState): MhtctlError {
  return new MhtctlError({
    code: 'InstanceLate',
    outcome: 'toolFailed',
    message: `still ${state} after ${DEADLINE_MS / 60_000} minutes`,
    nextSteps: [`aws ec2 describe-instance-status --include-all-instances --instance-ids ${id}`],
  });
}

function partly(
  { name: environment }: Binding,
  instances: readonly OwnInstance[],
  power: Power,
  failures: ReadonlyMap<string, MhtctlError>,
): MhtctlError {
  const { verb, done, code } = WAYS[power];
  const lines = instances.map(({ id, name, state }) => {
    const failure = failures.get(id);
    return `  ${id} (${name}): ${failure === undefined ? state : `not ${done}: ${failure.message}`}`;
  });
  return new MhtctlError({
    code,
    outcome: 'toolFailed',
    message: [`${failures.size} of ${instances.length} instances of "${environment}" were not ${done}:`, ...lines].join(
      '\n',
    ),
    nextSteps: [
      ...new Set([...failures.values()].flatMap(({ nextSteps }) => nextSteps)),
      `go on where it stopped: mhtctl ${verb} ${environment}`,
    ],
  });
}

function leftAlone({ name }: Binding, waiting: readonly OwnInstance[], power: Power): MhtctlError {
  const { verb } = WAYS[power];
  return interrupted(
    `interrupted; EC2 goes on by itself with what it was asked for: ${waiting.map((one) => `${one.name} is ${one.state}`).join(', ')}`,
    [`mhtctl ${verb} ${name}`],
  );
}
