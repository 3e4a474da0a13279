import { readFile } from 'node:fs/promises';
import type { ProcessRunner } from '../../ports/process-runner.js';

const PS_TIMEOUT_MS = 5_000;

/**
 * Whether this id is a running moto server, or the launcher of one. Ids are used again after a restart of the machine,
 * so being alive is not enough to be believed, and still less to be killed.
 */
export async function isMotoProcess(pid: number, runner: ProcessRunner): Promise<boolean> {
  return (await isRunning(pid)) && (await commandLineOf(pid, runner)).includes('moto_server');
}

/** Whether a process with this id runs. One that has ended and that nobody has taken note of (a zombie) does not. */
export async function isRunning(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it is there, and somebody else's.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return !/\) Z /.test(status);
}

/** Signals the process and everything it started; nothing happens when it has ended meanwhile. */
export function signalProcessGroup(pid: number, signal: NodeJS.Signals): void {
  for (const target of [-pid, pid]) {
    try {
      process.kill(target, signal);
      return;
    } catch (error) {
      // ESRCH for the group: this one leads none, then the process itself is meant. EPERM on macOS: only zombies left.
      if (!['ESRCH', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    }
  }
}

async function commandLineOf(pid: number, runner: ProcessRunner): Promise<string> {
  const own = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => null);
  if (own !== null) return own;
  const options = { timeoutMs: PS_TIMEOUT_MS };
  return runner.run('ps', ['-o', 'args=', '-p', String(pid)], options).then(
    (result) => result.stdout,
    () => '',
  );
}
