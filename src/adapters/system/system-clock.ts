import { setTimeout } from 'node:timers/promises';
import type { Clock } from '../../ports/clock.js';

/** The machine's own clock. */
export class SystemClock implements Clock {
  now(): Date {
    return new Date();
  }

  async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    try {
      await setTimeout(milliseconds, undefined, signal === undefined ? {} : { signal });
    } catch {
      // Woken by the signal, as promised.
    }
  }
}
