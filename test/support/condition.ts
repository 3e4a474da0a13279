import { setTimeout as delay } from 'node:timers/promises';

/** Waits until the condition holds; fails naming it when it does not within the deadline. */
export async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
  deadlineSeconds = 20,
): Promise<void> {
  const deadline = Date.now() + deadlineSeconds * 1000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`waited ${deadlineSeconds} s in vain for: ${what}`);
    await delay(10);
  }
}

/** Whether a process with this id is there. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
