/** How a child process is started. */
export interface ProcessOptions {
  /** Working directory. */
  readonly cwd?: string;
  /** The child's whole environment; the parent's own is not added. */
  readonly env?: NodeJS.ProcessEnv;
  /** Milliseconds after which the child is ended by SIGTERM. */
  readonly timeoutMs?: number;
}

/** How a child process ended. Exactly one of {@link exitCode} and {@link signal} is set. */
export interface ProcessResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number | undefined;
  readonly signal: string | undefined;
}

/** How a long-running child is followed. */
export interface FollowOptions extends ProcessOptions {
  /**
   * File that receives the child's output. The child writes to it directly, so that it survives the death of mhtctl:
   * a Terraform whose output pipe broke would be killed before it saved its state.
   */
  readonly logFile: string;
  /** Called with each complete line the child has written, in order. */
  readonly onLine: (line: string) => void;
}

/** Starts other programs. Arguments are always an array; nothing goes through a shell. */
export interface ProcessRunner {
  /** Runs to the end and returns how it ended, whatever the code. Fails (exit 5, `ToolMissing`) when the program is not there. */
  run(command: string, args: readonly string[], options?: ProcessOptions): Promise<ProcessResult>;
  /**
   * Runs with output to a log file, in a process group of its own so that a terminal's Ctrl-C does not reach it;
   * an interrupt of mhtctl is passed on to it exactly once, as SIGINT, and its end is awaited.
   */
  follow(command: string, args: readonly string[], options: FollowOptions): Promise<ProcessResult>;
  /** Runs in the foreground with the caller's own terminal, for `mhtctl terraform`. */
  attach(command: string, args: readonly string[], options?: ProcessOptions): Promise<ProcessResult>;
}
