/** Called with the name of the signal that arrived, like `SIGINT`. */
export type SignalListener = (signal: NodeJS.Signals) => void;

/** The wish of a person or of the system that mhtctl stops: SIGINT, SIGTERM or SIGHUP. */
export interface Interruption {
  /** Aborted by the first signal; its reason is the `Interrupted` error. */
  readonly signal: AbortSignal;
  /** Whether a signal has arrived. */
  readonly interrupted: boolean;
  /**
   * Calls the listener when the first signal arrives; not at all when it already has (see {@link interrupted}).
   * Returns the function that unsubscribes it.
   */
  onFirst(listener: SignalListener): () => void;
  /**
   * Calls the listener for every later signal. Those change nothing, since a second interrupt makes Terraform stop
   * without saving its state: here a reporter says what is being waited for and how to end it all the same.
   */
  onRepeat(listener: SignalListener): () => void;
}
