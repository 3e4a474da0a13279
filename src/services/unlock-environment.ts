import { randomBytes } from 'node:crypto';
import type { Commit } from '../domain/commit.js';
import type { Binding } from '../domain/environment.js';
import { type EnvironmentLock, environmentLocks } from '../domain/environment-locks.js';
import { MhtctlError } from '../domain/errors.js';
import type { Identity } from '../domain/identity.js';
import { recordId } from '../domain/ledger-record.js';
import type { Ports } from '../ports/index.js';
import { abandonOnInterrupt } from './abandon-on-interrupt.js';
import { recordOperation } from './record-operation.js';
import { verifyIdentity } from './verify-identity.js';

type Needed = Pick<
  Ports,
  | 'clock'
  | 'environment'
  | 'identities'
  | 'interruption'
  | 'ledger'
  | 'operationLock'
  | 'origin'
  | 'progress'
  | 'prompter'
  | 'repository'
  | 'terraform'
  | 'terraformLocks'
  | 'workspace'
>;

/** The locks on an environment, and who looked at them. */
export interface FoundLocks {
  readonly locks: readonly EnvironmentLock[];
  readonly identity: Identity;
  readonly commit: Commit | null;
}

/** Reads both locks of an environment. Changes nothing. */
export async function readLocks(ports: Needed, binding: Binding): Promise<FoundLocks> {
  let found: FoundLocks | undefined;
  await ports.progress.run([
    {
      title: 'Locks',
      run: async (report) => {
        const looking = async (): Promise<FoundLocks> => {
          const [identity, commit] = await Promise.all([
            verifyIdentity(ports, binding, report),
            ports.repository.describe(),
          ]);
          return { locks: await locksOf(ports, binding), identity, commit };
        };
        found = await abandonOnInterrupt(ports.interruption, looking());
        report.result(found.locks.length === 0 ? 'none' : `${found.locks.length} held`);
      },
    },
  ]);
  if (found === undefined) throw new Error('the locks were not read');
  return found;
}

async function locksOf(ports: Needed, binding: Binding): Promise<readonly EnvironmentLock[]> {
  const [claim, terraform] = await Promise.all([
    ports.operationLock.holder(binding),
    ports.terraformLocks.held(binding),
  ]);
  return environmentLocks(claim, terraform);
}

/**
 * Removes the locks whose ids are given, or typed when they are asked for; each is recorded. Returns the ids of those
 * removed. Fails (exit 2) on an id that no lock has, and (exit 4) where nobody can be asked, or nothing was typed.
 */
export async function removeLocks(
  ports: Needed,
  options: { readonly binding: Binding; readonly found: FoundLocks; readonly ids: readonly string[] },
): Promise<readonly string[]> {
  const { binding, found, ids } = options;
  const { locks } = found;
  refuseUnknownIds(binding, locks, ids);
  if (locks.length === 0) return [];
  const chosen = ids.length > 0 ? locks.filter(({ id }) => ids.includes(id)) : await askFor(ports, binding, locks);
  const removed: string[] = [];
  for (const lock of chosen) {
    await remove(ports, binding, lock, found);
    removed.push(lock.id);
  }
  return removed;
}

function refuseUnknownIds(binding: Binding, locks: readonly EnvironmentLock[], ids: readonly string[]): void {
  const unknown = ids.find((id) => !locks.some((lock) => lock.id === id));
  if (unknown === undefined) return;
  const there = locks.length === 0 ? 'nothing is locked' : `the locks are ${locks.map(({ id }) => id).join(', ')}`;
  throw new MhtctlError({
    code: 'UnknownLock',
    outcome: 'usage',
    message: `"${binding.name}" has no lock "${unknown}"; ${there}`,
    nextSteps: [`see who holds them: mhtctl unlock ${binding.name}`],
  });
}

async function askFor(
  ports: Needed,
  binding: Binding,
  locks: readonly EnvironmentLock[],
): Promise<readonly EnvironmentLock[]> {
  if (!ports.prompter.interactive) {
    throw new MhtctlError({
      code: 'ConfirmationMissing',
      outcome: 'declined',
      message: `"${binding.name}" is locked, and there is no terminal to ask at; no lock was removed`,
      nextSteps: locks.map(
        ({ kind, id, holder }) =>
          `only if ${holder} is not at work any more (${kind}): mhtctl unlock ${binding.name} --id ${id}`,
      ),
    });
  }
  const chosen: EnvironmentLock[] = [];
  for (const lock of locks) {
    const whose = lock.kind === 'operation' ? "mhtctl's" : "Terraform's";
    const typed = (
      await ports.prompter.ask(`Remove ${whose} lock? Type its id to remove it, nothing to keep it:`)
    ).trim();
    if (typed === lock.id) chosen.push(lock);
    else if (typed !== '') throw declined(`"${typed}" was typed, the id is "${lock.id}"`);
  }
  if (chosen.length === 0) throw declined('no id was typed');
  return chosen;
}

function declined(why: string): MhtctlError {
  return new MhtctlError({ code: 'Declined', outcome: 'declined', message: `${why}; no lock was removed` });
}

async function remove(ports: Needed, binding: Binding, lock: EnvironmentLock, found: FoundLocks): Promise<void> {
  const startedAt = ports.clock.now();
  await ports.progress.run([
    {
      title: lock.kind === 'operation' ? "Remove mhtctl's lock" : "Remove Terraform's lock",
      run: async (report) => {
        if (lock.kind === 'operation') await ports.operationLock.release(binding, lock.id);
        else {
          await ports.terraform.initialise(binding);
          await ports.terraform.forceUnlock(binding, lock.id);
        }
        const left = (await locksOf(ports, binding)).find(({ kind, id }) => kind === lock.kind && id === lock.id);
        if (left !== undefined) throw stillHeld(binding, lock);
        report.result(lock.id);
      },
    },
    {
      title: 'Record',
      run: async (report) => {
        const { id } = await recordOperation(ports, {
          binding,
          id: recordId(startedAt, randomBytes(3).toString('hex')),
          operation: 'unlock',
          status: 'done',
          identity: found.identity,
          commit: found.commit,
          startedAt,
          about: { lock: `${lock.kind} ${lock.id}`, holder: lock.holder, since: lock.since },
        });
        report.result(id);
      },
    },
  ]);
}

/** Terraform keeps its lock in two places, and removes none where only one of them is left. */
function stillHeld(binding: Binding, lock: EnvironmentLock): MhtctlError {
  const { bucket, key, lockTable } = binding.backend;
  const item = `aws dynamodb delete-item --table-name ${lockTable} --key '{"LockID":{"S":"${bucket}/${key}"}}'`;
  return new MhtctlError({
    code: 'LockNotRemoved',
    outcome: 'toolFailed',
    message: `the ${lock.kind} lock ${lock.id} on "${binding.name}" is still held after it was removed`,
    nextSteps: [
      `see who holds it now: mhtctl unlock ${binding.name}`,
      ...(lock.kind === 'operation'
        ? []
        : [
            `remove its file: aws s3 rm s3://${bucket}/${key}.tflock`,
            ...(lockTable === undefined ? [] : [`remove its item: ${item}`]),
          ]),
    ],
  });
}
