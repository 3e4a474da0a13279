import type { Clock } from '../../ports/clock.js';

/** Milliseconds over which a service counts calls. */
const SECOND = 1_000;

/**
 * Spaces calls so that a service never gets more than a number of them within one second. That many may be under way or
 * less than a second over; a further one waits. The second counts from the answer, because when within a call the
 * service counts it, only the service knows.
 */
export class CallPacer {
  readonly #perSecond: number;
  readonly #clock: Clock;
  #begun = 0;
  /** When the latest calls ended whose places nobody has taken yet, oldest first. */
  readonly #ended: number[] = [];
  /** The next in turn, while all places are taken by calls under way. */
  #next: ((ended: number) => void) | undefined;
  #queue: Promise<void> = Promise.resolve();

  constructor(perSecond: number, clock: Clock) {
    this.#perSecond = perSecond;
    this.#clock = clock;
  }

  /** Makes a call at its time; ends as it does. Calls begin in the order they were asked for. */
  async run<T>(call: () => Promise<T>): Promise<T> {
    this.#queue = this.#queue.then(() => this.#turn());
    await this.#queue;
    try {
      return await call();
    } finally {
      this.#leave(this.#now());
    }
  }

  async #turn(): Promise<void> {
    this.#begun += 1;
    if (this.#begun <= this.#perSecond) return;
    const ended = this.#ended.shift() ?? (await this.#nextToEnd());
    // A clock that was set back must not make anybody wait for longer.
    const wait = Math.min(ended + SECOND - this.#now(), SECOND);
    if (wait > 0) await this.#clock.sleep(wait);
  }

  #nextToEnd(): Promise<number> {
    return new Promise((resolve) => {
      this.#next = resolve;
    });
  }

  #leave(ended: number): void {
    if (this.#next === undefined) this.#ended.push(ended);
    else this.#next(ended);
    this.#next = undefined;
  }

  #now(): number {
    return this.#clock.now().getTime();
  }
}
