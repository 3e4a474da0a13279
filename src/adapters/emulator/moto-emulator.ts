import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { MhtctlError } from '../../domain/errors.js';
import type { Emulator, EmulatorInstance } from '../../ports/emulator.js';
import type { DetachedProcess, DetachedStarter, ExecutableLocator, ProcessRunner } from '../../ports/process-runner.js';
import { EmulatorRecord } from './emulator-record.js';
import { withExclusiveLock } from './exclusive-lock.js';
import { answersAsMoto, isPortFree, motoEndpoint, nextFreePort } from './moto-endpoint.js';
import { MOTO_TO_INSTALL, provideMoto } from './moto-installation.js';
import { isMotoProcess, isRunning, signalProcessGroup } from './server-process.js';

const POLL_MS = 50;
const START_DEADLINE_MS = 30_000;
const STOP_DEADLINE_MS = 10_000;
const KILL_DEADLINE_MS = 5_000;
const LAST_LINES = 15;

/** What the emulator works with. */
export interface MotoEmulatorOptions {
  readonly runner: ProcessRunner & DetachedStarter & ExecutableLocator;
  /** The environment that mhtctl was started in. */
  readonly env: NodeJS.ProcessEnv;
  /** The project's own directory for what is not committed; record, log and an installation are in it. */
  readonly privateDir: string;
  /** Gives up a start when mhtctl is interrupted. */
  readonly signal: AbortSignal;
  /** Milliseconds that the server has to end by itself before it is killed; 10 seconds unless given. */
  readonly stopDeadlineMs?: number;
}

/** The local AWS emulator: a moto server in a process group of its own, which goes on after mhtctl has ended. */
export class MotoEmulator implements Emulator {
  readonly #options: MotoEmulatorOptions;
  readonly #record: EmulatorRecord;
  readonly #logFile: string;
  readonly #lockFile: string;

  constructor(options: MotoEmulatorOptions) {
    const directory = join(options.privateDir, 'local');
    this.#options = options;
    this.#record = new EmulatorRecord(join(directory, 'emulator.json'));
    this.#logFile = join(directory, 'emulator.log');
    this.#lockFile = join(directory, 'emulator.lock');
  }

  async current(): Promise<EmulatorInstance | null> {
    const instance = await this.#ours();
    return instance !== null && (await answersAsMoto(instance.endpoint)) ? instance : null;
  }

  async start(options: {
    readonly port: number;
    readonly announce: (message: string) => void;
  }): Promise<{ readonly instance: EmulatorInstance; readonly started: boolean }> {
    const running = await this.current();
    if (running !== null) return { instance: running, started: false };
    return withExclusiveLock(this.#lockFile, this.#options.signal, async () => {
      const meanwhile = await this.current();
      if (meanwhile !== null) return { instance: meanwhile, started: false };
      return { instance: await this.#launch(options.port, options.announce), started: true };
    });
  }

  async stop(): Promise<boolean> {
    return withExclusiveLock(this.#lockFile, this.#options.signal, async () => {
      const instance = await this.#ours();
      if (instance !== null) await this.#end(instance);
      await this.#record.remove();
      return instance !== null;
    });
  }

  /** The instance on record if its process is still that server, whether it answers or hangs. */
  async #ours(): Promise<EmulatorInstance | null> {
    const instance = await this.#record.read();
    return instance !== null && (await isMotoProcess(instance.pid, this.#options.runner)) ? instance : null;
  }

  async #launch(port: number, announce: (message: string) => void): Promise<EmulatorInstance> {
    const { runner, env, privateDir, signal } = this.#options;
    if (!(await isPortFree(port))) throw await portTaken(port);
    const venvDir = join(privateDir, 'cache', `moto-${MOTO_TO_INSTALL}`);
    const { command, args } = await provideMoto({ runner, env, venvDir, signal, announce });
    signal.throwIfAborted();
    const server = await runner.spawnDetached(command, [...args, '-H', '127.0.0.1', '-p', String(port)], {
      env,
      logFile: this.#logFile,
    });
    const instance: EmulatorInstance = {
      pid: server.pid,
      endpoint: motoEndpoint(port),
      logFile: this.#logFile,
      startedAt: new Date().toISOString(),
    };
    try {
      await this.#untilReady(server, port);
      await this.#record.write(instance);
    } catch (error) {
      await this.#end(instance);
      throw error;
    }
    return instance;
  }

  async #untilReady(server: DetachedProcess, port: number): Promise<void> {
    const deadline = Date.now() + START_DEADLINE_MS;
    let ending: string | undefined;
    void server.ended.then(({ exitCode, signal }) => {
      ending = exitCode === undefined ? `was ended by ${signal}` : `ended with ${exitCode}`;
    });
    for (;;) {
      // Asked before its life is looked at: what answers while the child is still there is the child.
      const answers = await answersAsMoto(motoEndpoint(port));
      this.#options.signal.throwIfAborted();
      if (ending !== undefined) throw await this.#startFailure(port, `it ${ending}`);
      if (answers) return;
      if (Date.now() > deadline) throw await this.#startFailure(port, `it did not answer within 30 seconds`);
      await delay(POLL_MS);
    }
  }

  async #startFailure(port: number, what: string): Promise<MhtctlError> {
    const log = await readFile(this.#logFile, 'utf8').catch(() => '');
    if (/address already in use|in use by another program/i.test(log)) return portTaken(port);
    const lines = log.trimEnd().split('\n').slice(-LAST_LINES);
    return new MhtctlError({
      code: 'EmulatorNotStarted',
      outcome: 'toolFailed',
      message: `the local AWS emulator did not start on port ${port}: ${what}; the last lines of its log:\n${lines.join('\n')}`,
      nextSteps: [`cat ${this.#logFile}`, `pip install 'moto[server]==${MOTO_TO_INSTALL}'`],
    });
  }

  /** Ends the server and what it was launched by; returns when both the process and the endpoint are gone. */
  async #end({ pid, endpoint }: EmulatorInstance): Promise<void> {
    if (!(await isRunning(pid))) return;
    const gone = async () => !(await isRunning(pid)) && !(await answersAsMoto(endpoint));
    signalProcessGroup(pid, 'SIGTERM');
    if (await within(this.#options.stopDeadlineMs ?? STOP_DEADLINE_MS, gone)) return;
    signalProcessGroup(pid, 'SIGKILL');
    if (await within(KILL_DEADLINE_MS, gone)) return;
    throw new MhtctlError({
      code: 'EmulatorNotStopped',
      outcome: 'toolFailed',
      message: `the local AWS emulator at ${endpoint} (process ${pid}) does not end`,
      nextSteps: [`ps -p ${pid}`, `kill -9 ${pid}`],
    });
  }
}

async function within(milliseconds: number, holds: () => Promise<boolean>): Promise<boolean> {
  const deadline = Date.now() + milliseconds;
  while (!(await holds())) {
    if (Date.now() > deadline) return false;
    await delay(POLL_MS);
  }
  return true;
}

async function portTaken(port: number): Promise<MhtctlError> {
  return new MhtctlError({
    code: 'PortTaken',
    outcome: 'toolFailed',
    message: `port ${port} of 127.0.0.1 cannot be listened on: something else does, or this user may not`,
    nextSteps: [`mhtctl local up --port ${await nextFreePort(port)}`],
  });
}
