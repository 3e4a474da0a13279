/** A running local AWS emulator. */
export interface EmulatorInstance {
  readonly endpoint: string;
  readonly pid: number;
  readonly logFile: string;
  /** ISO 8601 time at which it was started. */
  readonly startedAt: string;
}

/** The local AWS emulator, one per project. */
export interface Emulator {
  /** The running instance that this project started, or null. A stale record of a dead one counts as none. */
  current(): Promise<EmulatorInstance | null>;
  /** Starts it, or returns the one already running. Announces what has to be installed first, if anything. */
  start(options: {
    readonly port: number;
    readonly announce: (message: string) => void;
  }): Promise<{ readonly instance: EmulatorInstance; readonly started: boolean }>;
  /** Stops the instance this project started; false when none runs. */
  stop(): Promise<boolean>;
}
