/** Time, so that tests need not wait for it. */
export interface Clock {
  now(): Date;
  /** Resolves after the time, or at once when the signal aborts. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}
