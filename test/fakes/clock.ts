import type { Clock } from '../../src/ports/clock.js';
import { NOW } from './plans.js';

/** A clock that only moves when somebody sleeps, or a test moves it. */
export class FakeClock implements Clock {
  readonly sleeps: number[] = [];
  /** Called in the midst of each sleep. */
  whileAsleep: () => void = () => undefined;
  #now = NOW.getTime();

  now(): Date {
    return new Date(this.#now);
  }

  async sleep(milliseconds: number): Promise<void> {
    this.sleeps.push(milliseconds);
    this.#now += milliseconds;
    this.whileAsleep();
  }

  advance(milliseconds: number): void {
    this.#now += milliseconds;
  }
}
