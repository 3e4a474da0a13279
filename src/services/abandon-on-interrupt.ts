import type { Interruption } from '../ports/interruption.js';

/**
 * Waits for work that may be abandoned: reading changes nothing, so an interrupt need not wait for its answer.
 * Rejects with the `Interrupted` error at the first signal, and at once when there was one already.
 */
export async function abandonOnInterrupt<T>(interruption: Pick<Interruption, 'signal'>, work: Promise<T>): Promise<T> {
  const { signal } = interruption;
  let stop = (): void => undefined;
  const interrupt = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([work, interrupt]);
  } finally {
    signal.removeEventListener('abort', stop);
    // Should the abandoned work fail later, nobody is left to hear of it.
    work.catch(() => undefined);
  }
}
