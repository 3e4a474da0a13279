import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { interrupted, MhtctlError } from '../../domain/errors.js';
import type { Interruption } from '../../ports/interruption.js';
import type {
  CommandRunner,
  DetachedOptions,
  DetachedProcess,
  DetachedStarter,
  ExecutableLocator,
  FollowOptions,
  ProcessOptions,
  ProcessResult,
  ProcessRunner,
} from '../../ports/process-runner.js';
import { executablesOnPath } from './executable-search.js';
import { LogTail } from './log-tail.js';
import { type Ending, resultOf, startFailure } from './process-ending.js';

const POLL_MS = 50;

/** A plan of a large stack as JSON may have 100 MB; a JavaScript string ends a little below 512 MiB. */
const MAX_OUTPUT_CHARACTERS = 500 * 1024 * 1024;

/**
 * What every child has in common. Left to its defaults execa would send SIGTERM when mhtctl ends and SIGKILL five
 * seconds after any other signal: Terraform counts that as a second interrupt and stops without saving its state.
 */
const NEVER_KILL = { reject: false, cleanup: false, forceKillAfterDelay: false } as const;

/** Starts programs by execa, which is imported only when the first one is started. */
export class ExecaProcessRunner implements ProcessRunner, CommandRunner, DetachedStarter, ExecutableLocator {
  readonly #interruption: Interruption;
  readonly #hasTerminal: () => boolean;

  /**
   * @param interruption What is passed on to the children.
   * @param hasTerminal Whether a terminal is attached, so that its Ctrl-C reaches attached children by itself.
   */
  constructor(interruption: Interruption, hasTerminal: () => boolean = standardStreamsHaveTerminal) {
    this.#interruption = interruption;
    this.#hasTerminal = hasTerminal;
  }

  async run(command: string, args: readonly string[], options: ProcessOptions = {}): Promise<ProcessResult> {
    const { execa } = await import('./execa.js');
    const child = execa(command, args, {
      ...NEVER_KILL,
      ...spawnOptions(options),
      stdin: 'ignore',
      detached: true,
      stripFinalNewline: false,
      maxBuffer: MAX_OUTPUT_CHARACTERS,
    });
    const stopForwarding = this.#interruption.onFirst(() => child.kill('SIGINT'));
    try {
      return resultOf(command, (await child) as Ending);
    } finally {
      stopForwarding();
    }
  }

  async follow(command: string, args: readonly string[], options: FollowOptions): Promise<ProcessResult> {
    const { execa } = await import('./execa.js');
    const log = await openLog(options.logFile, 'a+');
    try {
      const tail = new LogTail(log, (await log.stat()).size, options.onLine);
      // Nothing is awaited between this check, the start and the subscription: no signal can fall in between.
      if (this.#interruption.interrupted) throw interrupted(`interrupted before ${command} was started`);
      const child = execa(command, args, {
        ...NEVER_KILL,
        ...spawnOptions(options),
        ...outputTo(log),
        buffer: false,
        detached: true,
      });
      const stopForwarding = this.#interruption.onFirst(() => child.kill('SIGINT'));
      try {
        const ending = await followToEnd(child as Promise<Ending>, tail, () => {
          if (child.pid !== undefined) options.onStart?.(child.pid);
        });
        return resultOf(command, ending);
      } finally {
        stopForwarding();
      }
    } finally {
      await log.close();
    }
  }

  /**
   * A terminal sends its Ctrl-C to mhtctl and to the child alike, so SIGINT (and SIGHUP, which it sends the same way)
   * is not passed on then; a SIGTERM, which mhtctl alone receives, is, once. Without a terminal the child gets a
   * process group of its own, and the first signal of any kind is passed on once, as SIGINT.
   */
  async attach(command: string, args: readonly string[], options: ProcessOptions = {}): Promise<ProcessResult> {
    const { execa } = await import('./execa.js');
    const terminal = this.#hasTerminal();
    const child = execa(command, args, {
      ...NEVER_KILL,
      ...spawnOptions(options),
      stdio: 'inherit',
      buffer: false,
      detached: !terminal,
    });
    const stopForwarding = this.#interruption.onFirst((signal) => {
      if (!terminal) child.kill('SIGINT');
      else if (signal === 'SIGTERM') child.kill('SIGTERM');
    });
    try {
      return resultOf(command, (await child) as Ending);
    } finally {
      stopForwarding();
    }
  }

  /**
   * What a terminal sends by its keys, or when it is closed, reaches the command by itself; the rest is passed on, each
   * time: it is the command's to say what a signal means.
   */
  async inForeground(
    command: string,
    args: readonly string[],
    options: Pick<ProcessOptions, 'env'>,
  ): Promise<ProcessResult> {
    const { execa } = await import('./execa.js');
    const terminal = this.#hasTerminal();
    if (this.#interruption.interrupted) throw interrupted(`interrupted before ${command} was started`);
    const child = execa(command, args, { ...NEVER_KILL, ...spawnOptions(options), stdio: 'inherit', buffer: false });
    const passOn = (signal: NodeJS.Signals): void => {
      if (!terminal || signal === 'SIGTERM') child.kill(signal);
    };
    const stops = [this.#interruption.onFirst(passOn), this.#interruption.onRepeat(passOn)];
    try {
      return resultOf(command, (await child) as Ending);
    } finally {
      for (const stop of stops) stop();
    }
  }

  locate(command: string, env: NodeJS.ProcessEnv): Promise<readonly string[]> {
    return executablesOnPath(command, env);
  }

  async spawnDetached(command: string, args: readonly string[], options: DetachedOptions): Promise<DetachedProcess> {
    const { execa } = await import('./execa.js');
    const log = await openLog(options.logFile, 'w');
    try {
      const child = execa(command, args, {
        ...NEVER_KILL,
        ...spawnOptions(options),
        ...outputTo(log),
        buffer: false,
        detached: true,
      });
      if (child.pid === undefined) throw startFailure(command, (await child) as Ending);
      child.unref();
      return { pid: child.pid, ended: child.then((ending) => resultOf(command, ending as Ending)) };
    } finally {
      await log.close();
    }
  }
}

function standardStreamsHaveTerminal(): boolean {
  return [process.stdin, process.stdout, process.stderr].some((stream) => stream.isTTY);
}

/** No input, and all output into the file itself: no pipe of mhtctl's that would break when mhtctl dies. */
function outputTo(file: FileHandle) {
  // execa takes any descriptor, but its types know them up to 9 only.
  const descriptor = file.fd as 3;
  return { stdio: ['ignore', descriptor, descriptor] } as const;
}

function spawnOptions({ cwd, env, timeoutMs }: ProcessOptions) {
  return {
    ...(cwd === undefined ? {} : { cwd }),
    ...(env === undefined ? {} : { env, extendEnv: false }),
    ...(timeoutMs === undefined ? {} : { timeout: timeoutMs }),
  };
}

/** Opens a log that only its owner can read: Terraform may write values of the state to it. */
async function openLog(path: string, flags: 'a+' | 'w'): Promise<FileHandle> {
  try {
    await mkdir(dirname(path), { recursive: true });
    const file = await open(path, flags, 0o600);
    await file.chmod(0o600);
    return file;
  } catch (cause) {
    throw new MhtctlError({
      code: 'LogFileUnwritable',
      outcome: 'toolFailed',
      message: `cannot write the log file ${path}: ${cause instanceof Error ? cause.message : String(cause)}`,
      nextSteps: [`df -h ${dirname(path)}`, `ls -ld ${dirname(path)}`],
      cause,
    });
  }
}

/** Hands on the child's lines until it has ended, however long that takes and whatever the listener does. */
async function followToEnd(child: Promise<Ending>, tail: LogTail, onStart: () => void): Promise<Ending> {
  let ending: Ending | undefined;
  const end = child.then((value) => {
    ending = value;
  });
  const problems: unknown[] = [];
  const attempt = async (step: () => void | Promise<void>) => {
    if (problems.length > 0) return;
    try {
      await step();
    } catch (problem) {
      // Leaving now would abandon a Terraform that is changing things: the failure is kept until it has ended.
      problems.push(problem);
    }
  };
  await attempt(onStart);
  while (ending === undefined) {
    await attempt(() => tail.drain());
    const pause = new AbortController();
    await Promise.race([end, delay(POLL_MS, undefined, { signal: pause.signal }).catch(() => undefined)]);
    pause.abort();
  }
  await attempt(() => tail.finish());
  if (problems.length > 0) throw problems[0];
  return ending;
}
