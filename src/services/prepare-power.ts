import { randomBytes } from 'node:crypto';
import type { Commit } from '../domain/commit.js';
import type { Binding } from '../domain/environment.js';
import { MhtctlError } from '../domain/errors.js';
import type { Identity } from '../domain/identity.js';
import { recordId } from '../domain/ledger-record.js';
import {
  countedByState,
  managedInstances,
  type OwnInstance,
  ownInstances,
  type Power,
} from '../domain/off-hours/instances.js';
import type { State } from '../domain/state.js';
import type { Ports } from '../ports/index.js';
import { abandonOnInterrupt } from './abandon-on-interrupt.js';
import { type HeldOperation, holdOperation } from './hold-operation.js';
import { verifyIdentity } from './verify-identity.js';

type Needed = Pick<
  Ports,
  | 'clock'
  | 'environment'
  | 'identities'
  | 'instances'
  | 'interruption'
  | 'operationLock'
  | 'origin'
  | 'progress'
  | 'repository'
  | 'stateStore'
>;

/** An environment's instances, found in its state and in EC2, and what is to become of them. */
export interface PreparedPower {
  readonly binding: Binding;
  readonly power: Power;
  /** Under which it is recorded. */
  readonly id: string;
  readonly startedAt: Date;
  readonly identity: Identity;
  readonly commit: Commit | null;
  readonly state: State;
  readonly instances: readonly OwnInstance[];
  /** Whether one is elsewhere. */
  readonly hasChanges: boolean;
  /** Gives the environment's lock back. Never fails. */
  readonly release: () => Promise<void>;
}

/**
 * Everything before the confirmation: takes the environment's lock, finds its instances by its state and asks EC2 about
 * each. Changes nothing else. Fails (exit 2) with `NoInstances`, (exit 6) with `OperationLocked`, (exit 7) with other
 * credentials, and (exit 3) where one is not the environment's own; the lock is then given back.
 * @param options.waitSeconds how long to wait for another operation to end
 */
export async function preparePower(
  ports: Needed,
  options: { readonly binding: Binding; readonly power: Power; readonly waitSeconds: number },
): Promise<PreparedPower> {
  const { binding, power, waitSeconds } = options;
  const startedAt = ports.clock.now();
  const id = recordId(startedAt, randomBytes(3).toString('hex'));
  const operation = power === 'stopped' ? 'stop' : 'start';
  const commit = await abandonOnInterrupt(ports.interruption, ports.repository.describe());
  let identity: Identity = { accountId: '', arn: '' };
  let held: HeldOperation | undefined;
  let found: Pick<PreparedPower, 'state' | 'instances'> | undefined;
  const release = async (): Promise<void> => held?.release();
  try {
    await ports.progress.run([
      {
        title: 'Identity',
        run: async (report) => {
          identity = await abandonOnInterrupt(ports.interruption, verifyIdentity(ports, binding, report));
        },
      },
      {
        title: 'Lock',
        run: async (report) => {
          held = await holdOperation(ports, { binding, id, operation, identity, commit, waitSeconds }, report);
        },
      },
      {
        title: 'Instances',
        run: async (report) => {
          found = await abandonOnInterrupt(ports.interruption, lookFor(ports, binding));
          report.result(countedByState(found.instances));
        },
      },
    ]);
  } catch (error) {
    await release();
    throw error;
  }
  if (found === undefined) throw new Error('the instances were not looked for');
  const hasChanges = found.instances.some(({ state }) => state !== power);
  return { binding, power, id, startedAt, identity, commit, ...found, hasChanges, release };
}

async function lookFor(
  { instances, stateStore }: Pick<Ports, 'instances' | 'stateStore'>,
  binding: Binding,
): Promise<Pick<PreparedPower, 'state' | 'instances'>> {
  const state = await stateStore.readState(binding);
  const managed = managedInstances(state);
  if (state === null || managed.length === 0) {
    throw new MhtctlError({
      code: 'NoInstances',
      outcome: 'usage',
      message: `"${binding.name}" has no instances: ${state === null ? 'it was never deployed' : 'there are none in its state'}`,
      nextSteps: [`mhtctl deploy ${binding.name}`],
    });
  }
  const ids = managed.map(({ id }) => id);
  return { state, instances: ownInstances(binding, managed, await instances.describe(binding, ids)) };
}
