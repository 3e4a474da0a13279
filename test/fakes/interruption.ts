import { interrupted } from '../../src/domain/errors.js';
import type { Interruption, SignalListener } from '../../src/ports/interruption.js';

/** An interruption that a test brings about. */
export class FakeInterruption implements Interruption {
  readonly #controller = new AbortController();
  readonly #first = new Set<SignalListener>();
  readonly #repeat = new Set<SignalListener>();

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get interrupted(): boolean {
    return this.signal.aborted;
  }

  /** How many wait for a signal. */
  get listeners(): number {
    return this.#first.size + this.#repeat.size;
  }

  onFirst(listener: SignalListener): () => void {
    this.#first.add(listener);
    return () => this.#first.delete(listener);
  }

  onRepeat(listener: SignalListener): () => void {
    this.#repeat.add(listener);
    return () => this.#repeat.delete(listener);
  }

  /** A Ctrl-C. */
  interrupt(): void {
    const listeners = this.interrupted ? this.#repeat : this.#first;
    this.#controller.abort(interrupted('interrupted by SIGINT'));
    for (const listener of listeners) listener('SIGINT');
  }
}
