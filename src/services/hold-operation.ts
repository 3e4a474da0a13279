import type { Commit } from '../domain/commit.js';
import type { Binding } from '../domain/environment.js';
import { MhtctlError } from '../domain/errors.js';
import type { Identity } from '../domain/identity.js';
import type { Operation } from '../domain/ledger-record.js';
import { describeClaim, LEASE_MS, minutesExpired, type OperationClaim, RENEWAL_MS } from '../domain/operation-lock.js';
import type { Ports } from '../ports/index.js';
import type { StageReport } from '../ports/progress.js';
import { abandonOnInterrupt } from './abandon-on-interrupt.js';

type Needed = Pick<Ports, 'clock' | 'interruption' | 'operationLock' | 'origin' | 'progress'>;

/** How often a lock that somebody else holds is tried again. */
const RETRY_MS = 5000;

/** What is to be carried out, and by whom. */
export interface HoldOptions {
  readonly binding: Binding;
  /** The operation's id, under which it is recorded as well. */
  readonly id: string;
  readonly operation: Operation;
  /** Who does it; verified before: the lock is the first thing that is written. */
  readonly identity: Identity;
  readonly commit: Commit | null;
  /** How long to wait for another operation to end, in seconds; 0 for not at all. */
  readonly waitSeconds: number;
}

/** The lock on an environment while it is held. */
export interface HeldOperation {
  /** Gives the lock back. Never fails: a lock that could not be given back is said, with the way to remove it. */
  release(): Promise<void>;
}

/**
 * Takes the operation lock of an environment, so that nobody else changes it from plan to health. It is renewed until
 * it is released. Fails (exit 6) with `OperationLocked`, naming the holder, when it is still held by somebody else
 * after the time to wait. A lock is never broken because of its age: see `mhtctl unlock`.
 */
export async function holdOperation(ports: Needed, options: HoldOptions, report: StageReport): Promise<HeldOperation> {
  const { binding, waitSeconds } = options;
  const deadline = ports.clock.now().getTime() + waitSeconds * 1000;
  let said = '';
  for (;;) {
    const claim = claimOf(ports, options);
    const holder = await take(ports, binding, claim);
    if (holder === null) {
      report.result(options.id);
      return new Held(ports, binding, claim, report);
    }
    const now = ports.clock.now();
    if (now.getTime() >= deadline) throw locked(binding, holder, now, waitSeconds);
    const waiting = `waiting for ${describeClaim(holder)}`;
    report.now(waiting);
    if (waiting !== said) report.event(waiting);
    said = waiting;
    await ports.clock.sleep(Math.min(RETRY_MS, deadline - now.getTime()), ports.interruption.signal);
    if (ports.interruption.interrupted) throw ports.interruption.signal.reason;
  }
}

/** An interrupt need not wait for the answer, but a lock that is taken all the same is given back. */
async function take(ports: Needed, binding: Binding, claim: OperationClaim): Promise<OperationClaim | null> {
  const taken = ports.operationLock.take(binding, claim);
  try {
    return await abandonOnInterrupt(ports.interruption, taken);
  } catch (error) {
    if (ports.interruption.interrupted) {
      await taken.then(
        async (holder) => (holder === null ? ports.operationLock.release(binding, claim.id) : false),
        () => false,
      );
    }
    throw error;
  }
}

function claimOf(ports: Needed, { id, operation, identity, commit }: HoldOptions): OperationClaim {
  const now = ports.clock.now();
  return {
    id,
    operation,
    actor: identity.arn,
    origin: ports.origin,
    commit: commit?.hash ?? null,
    since: now.toISOString(),
    expires: new Date(now.getTime() + LEASE_MS).toISOString(),
  };
}

function locked(binding: Binding, holder: OperationClaim, now: Date, waitSeconds: number): MhtctlError {
  const expired = minutesExpired(holder, now);
  const waited = waitSeconds === 0 ? '' : ` after ${waitSeconds} s`;
  const dead =
    expired === undefined
      ? ''
      : `; by this machine's clock it was last heard of more than ${expired + LEASE_MS / 60_000} minutes ago`;
  return new MhtctlError({
    code: 'OperationLocked',
    outcome: 'locked',
    message: `"${binding.name}" is still being worked on${waited}: ${describeClaim(holder)}${dead}`,
    nextSteps: [
      'wait for it: add --lock-timeout 10m',
      `see whether it ended: mhtctl history ${binding.name}`,
      `only if it is dead: mhtctl unlock ${binding.name}`,
    ],
  });
}

class Held implements HeldOperation {
  readonly #ports: Needed;
  readonly #binding: Binding;
  readonly #claim: OperationClaim;
  readonly #timer: NodeJS.Timeout;

  constructor(ports: Needed, binding: Binding, claim: OperationClaim, report: StageReport) {
    this.#ports = ports;
    this.#binding = binding;
    this.#claim = claim;
    this.#timer = setInterval(() => void this.#renew(report), RENEWAL_MS);
    this.#timer.unref();
  }

  async release(): Promise<void> {
    clearInterval(this.#timer);
    const { name } = this.#binding;
    const released = await this.#ports.operationLock.release(this.#binding, this.#claim.id).catch((error: Error) => {
      this.#ports.progress.say(
        `warning: the lock on "${name}" could not be given back: ${error.message}; remove it: mhtctl unlock ${name}`,
      );
      return true;
    });
    if (!released) {
      this.#ports.progress.say(`warning: the lock on "${name}" was taken away while ${this.#claim.id} held it`);
    }
  }

  /** Whoever removed the lock meant it; that another operation may now run beside this one is to be known. */
  async #renew(report: StageReport): Promise<void> {
    const expires = new Date(this.#ports.clock.now().getTime() + LEASE_MS).toISOString();
    const ours = await this.#ports.operationLock.renew(this.#binding, { ...this.#claim, expires }).catch(() => true);
    if (ours) return;
    clearInterval(this.#timer);
    report.note(`warning: the lock on "${this.#binding.name}" was taken away; another operation may run now`);
  }
}
