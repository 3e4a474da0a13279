import type { EventEmitter } from 'node:events';
import { interrupted } from '../../domain/errors.js';
import type { Interruption, SignalListener } from '../../ports/interruption.js';

const SIGNALS: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Turns the process's signals into one {@link Interruption}. From its construction on, a signal no longer ends the
 * process: whoever waits must watch {@link signal}. Constructed once, by the composition root.
 */
export class ProcessInterruption implements Interruption {
  readonly #controller = new AbortController();
  readonly #first = new Set<SignalListener>();
  readonly #repeat = new Set<SignalListener>();
  readonly #source: EventEmitter;

  /** @param source Emits the signals; the process itself outside of tests. */
  constructor(source: EventEmitter = process) {
    this.#source = source;
    for (const name of SIGNALS) source.on(name, this.#receive);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get interrupted(): boolean {
    return this.#controller.signal.aborted;
  }

  onFirst(listener: SignalListener): () => void {
    this.#first.add(listener);
    return () => this.#first.delete(listener);
  }

  onRepeat(listener: SignalListener): () => void {
    this.#repeat.add(listener);
    return () => this.#repeat.delete(listener);
  }

  /** Gives the signals back to their default action. */
  dispose(): void {
    for (const name of SIGNALS) this.#source.off(name, this.#receive);
  }

  readonly #receive = (name: NodeJS.Signals): void => {
    const listeners = this.interrupted ? this.#repeat : this.#first;
    this.#controller.abort(interrupted(`interrupted by ${name}`));
    for (const listener of [...listeners]) {
      try {
        listener(name);
      } catch {
        // A reporter that fails must not keep the interrupt from the running Terraform, nor end mhtctl before it.
      }
    }
  };
}
