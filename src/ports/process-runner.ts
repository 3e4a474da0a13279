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
  /** What it wrote, unchanged, the final line break included. */
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number | undefined;
  readonly signal: string | undefined;
}

/** How a long-running child is followed. */
export interface FollowOptions extends ProcessOptions {
  /**
   * File that receives the child's output, appended to what it holds. The child writes to it directly, so that it
   * survives the death of mhtctl: a Terraform whose output pipe broke would be killed before it saved its state.
   */
  readonly logFile: string;
  /** Called with each complete line the child has written, in order, without its line break. */
  readonly onLine: (line: string) => void;
  /** Called with the child's process id as soon as it runs, so that a reporter can name it. */
  readonly onStart?: (pid: number) => void;
}

/** How a child that outlives mhtctl is started. */
export interface DetachedOptions extends Pick<ProcessOptions, 'cwd' | 'env'> {
  /** File that receives the child's output; what it held before is dropped. */
  readonly logFile: string;
}

/** A child that outlives mhtctl. */
export interface DetachedProcess {
  /** Its process id, which is also the id of its process group. */
  readonly pid: number;
  /** Settles if it ends while mhtctl still runs; never keeps mhtctl running. */
  readonly ended: Promise<ProcessResult>;
}

/** Starts other programs. Arguments are always an array; nothing goes through a shell. */
export interface ProcessRunner {
  /**
   * Runs to the end and returns how it ended, whatever the code. Fails (exit 5, `ToolMissing`) when the program is not
   * there. An interrupt of mhtctl while it runs reaches it exactly once, as SIGINT, and its end is awaited.
   */
  run(command: string, args: readonly string[], options?: ProcessOptions): Promise<ProcessResult>;
  /**
   * Runs with output to a log file, in a process group of its own so that a terminal's Ctrl-C does not reach it;
   * an interrupt of mhtctl is passed on to it exactly once, as SIGINT, and its end is awaited. After an interrupt it is
   * not started at all (exit 130). The output is in the log: `stdout` and `stderr` of the result are empty.
   */
  follow(command: string, args: readonly string[], options: FollowOptions): Promise<ProcessResult>;
  /** Runs in the foreground with the caller's own terminal, for `mhtctl terraform`. */
  attach(command: string, args: readonly string[], options?: ProcessOptions): Promise<ProcessResult>;
}

/** Runs what the caller wants run in mhtctl's place. */
export interface CommandRunner {
  /**
   * Runs in the foreground at the caller's terminal and in its process group, to the end. Every signal that reaches
   * mhtctl alone is passed on as it is. Fails (exit 5) when the program cannot be started.
   */
  inForeground(command: string, args: readonly string[], options: Pick<ProcessOptions, 'env'>): Promise<ProcessResult>;
}

/** Starts programs that outlive mhtctl: the local emulator. */
export interface DetachedStarter {
  /** Starts a child that goes on after mhtctl has ended, and that no signal of mhtctl's terminal reaches. */
  spawnDetached(command: string, args: readonly string[], options: DetachedOptions): Promise<DetachedProcess>;
}

/** Finds programs. */
export interface ExecutableLocator {
  /** Absolute paths of every executable of that name on the PATH of `env`, in its order. */
  locate(command: string, env: NodeJS.ProcessEnv): Promise<readonly string[]>;
}
