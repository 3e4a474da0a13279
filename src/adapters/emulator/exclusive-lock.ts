import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { MhtctlError } from '../../domain/errors.js';
import { unwritableFile } from '../unwritable-file.js';
import { isRunning } from './server-process.js';

const POLL_MS = 100;

/** Longer than an installation on a slow network takes. */
const PATIENCE_MS = 15 * 60 * 1000;

/** Runs the action while no other mhtctl of this machine runs one under the same file; waits for its turn. */
export async function withExclusiveLock<T>(path: string, signal: AbortSignal, action: () => Promise<T>): Promise<T> {
  // Written aside and linked, so that the lock never exists without its holder's name in it.
  const own = `${path}.${randomUUID()}`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(own, JSON.stringify({ pid: process.pid, token: own }));
  } catch (cause) {
    throw unwritableFile(path, cause);
  }
  try {
    await acquire(path, own, signal);
    try {
      return await action();
    } finally {
      await rm(path, { force: true });
    }
  } finally {
    await rm(own, { force: true });
  }
}

async function acquire(path: string, own: string, signal: AbortSignal): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (!(await linked(own, path))) {
    signal.throwIfAborted();
    const holder = await holderOf(path);
    if (holder === null) continue;
    if (!(await isHeld(holder))) {
      await breakLock(path, holder);
      continue;
    }
    if (Date.now() > deadline) {
      throw new MhtctlError({
        code: 'EmulatorBusy',
        outcome: 'locked',
        message: `another mhtctl (process ${pidOf(holder)}) has been starting or stopping the emulator for 15 minutes`,
        nextSteps: [`ps -p ${pidOf(holder)}`, `rm ${path}`],
      });
    }
    await delay(POLL_MS);
  }
}

async function linked(own: string, path: string): Promise<boolean> {
  try {
    await link(own, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function holderOf(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

async function isHeld(holder: string): Promise<boolean> {
  const pid = pidOf(holder);
  return pid !== null && (await isRunning(pid));
}

function pidOf(holder: string): number | null {
  try {
    const { pid } = JSON.parse(holder);
    return Number.isSafeInteger(pid) && pid > 1 ? pid : null;
  } catch {
    return null;
  }
}

/** Takes away the lock of one who has died, and puts it back if somebody else took it meanwhile. */
async function breakLock(path: string, dead: string): Promise<void> {
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
    if ((await readFile(aside, 'utf8')) !== dead) await linked(aside, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  } finally {
    await rm(aside, { force: true });
  }
}
