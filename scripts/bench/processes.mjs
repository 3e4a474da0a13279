import { execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';

/** How long an interrupted child may take to end by itself; there is only an emulator that it could harm. */
const GRACE_MS = 10_000;
const LAST_CHARACTERS = 4000;

/** Runs children one after the other, each in a process group of its own, and ends the running one on an interrupt. */
export class Processes {
  interrupted = false;
  #running;

  /**
   * Runs a command to its end. Fails unless it exits with 0, with the end of what it said on stderr.
   * @param {readonly string[]} argv command and arguments
   * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, keepOutput?: boolean, accept?: readonly number[] }} options
   *   accept: exit codes that are no failure; 0 alone when left out
   * @returns {Promise<{ milliseconds: number, stdout: string }>}
   */
  async run([command, ...args], { cwd, env, keepOutput = false, accept = [0] } = {}) {
    if (this.interrupted) throw new Error('interrupted');
    const startedAt = process.hrtime.bigint();
    const child = spawn(command, args, {
      cwd,
      env,
      detached: true,
      // What a measured command prints is thrown away; stderr is kept to explain a failure.
      stdio: ['ignore', keepOutput ? 'pipe' : 'ignore', 'pipe'],
    });
    this.#running = child;
    let [stdout, stderr] = ['', ''];
    child.stdout?.setEncoding('utf8').on('data', (text) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      stderr = (stderr + text).slice(-LAST_CHARACTERS);
    });
    let endedAt;
    // Time stops when the child ends; what it left in the pipe is still read.
    child.once('exit', () => {
      endedAt = process.hrtime.bigint();
    });
    const { code, signal } = await new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code, signal) => resolve({ code, signal }));
    });
    this.#running = undefined;
    if (this.interrupted) throw new Error('interrupted');
    if (!accept.includes(code)) {
      const ending = signal === null ? `ended with ${code}` : `was ended by ${signal}`;
      throw new Error(`${[command, ...args].join(' ')} ${ending}\n${stderr.trim()}`);
    }
    return { milliseconds: Number(endedAt - startedAt) / 1e6, stdout };
  }

  /**
   * Starts a server that prints one line when it listens. Returns that line, and what stops the server.
   * @returns {Promise<{ line: string, stop: () => Promise<void> }>}
   */
  async startListening([command, ...args], { cwd, env }) {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    const stop = async () => {
      child.kill('SIGTERM');
      await ended;
    };
    const line = await new Promise((resolve, reject) => {
      let text = '';
      child.once('error', reject);
      child.once('exit', (code) => reject(new Error(`${[command, ...args].join(' ')} ended with ${code}`)));
      child.stdout.setEncoding('utf8').on('data', (chunk) => {
        text += chunk;
        if (text.includes('\n')) resolve(text.slice(0, text.indexOf('\n')));
      });
    });
    return { line, stop };
  }

  /** Asks the running child to end, and after a while ends it and what it started, each by its own id. */
  interrupt(signal) {
    if (this.interrupted) return;
    this.interrupted = true;
    const child = this.#running;
    if (child?.pid === undefined) return;
    process.stderr.write(`\n${signal}: stopping, this takes up to ${GRACE_MS / 1000} s\n`);
    child.kill('SIGINT');
    const timer = setTimeout(async () => {
      for (const pid of [...(await descendants(child.pid)), child.pid]) killIfThere(pid);
    }, GRACE_MS);
    child.once('exit', () => clearTimeout(timer));
  }
}

/** Ids of a process's children, their children and so on. */
async function descendants(root) {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=']).catch(() => ({ stdout: '' }));
  const pairs = stdout
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  const found = [root];
  for (const parent of found) found.push(...pairs.filter(([, ppid]) => ppid === parent).map(([pid]) => pid));
  return found.slice(1);
}

function killIfThere(pid) {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended meanwhile.
  }
}
