import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { freePort } from '../../support/loopback.js';
import { REPOSITORY, type TemporaryProject } from './project.js';

/** How a run of the built command line ended. */
export interface Run {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A run that has been started. */
export interface StartedRun {
  readonly child: ChildProcess;
  readonly ended: Promise<Run>;
  /** What it has said on stderr so far. */
  readonly said: () => string;
}

type Variables = Readonly<Record<string, string | undefined>>;

/** The built command line, run in a project. Variables of the caller that lead to an AWS or bend Terraform are left out. */
export class CommandLine {
  readonly #project: TemporaryProject;
  #variables: Variables;

  constructor(project: TemporaryProject) {
    this.#project = project;
    const bends = /^(AWS_(?!CA_BUNDLE)|TF_|MHTCTL_|NO_COLOR|FORCE_COLOR|CI$|GITHUB_)/;
    const kept = Object.entries(process.env).filter(([name]) => !bends.test(name));
    this.#variables = { ...Object.fromEntries(kept), AWS_EC2_METADATA_DISABLED: 'true' };
  }

  /** The variables every run gets. */
  get variables(): Variables {
    return this.#variables;
  }

  /** Starts an emulator for this project and points every later run at it. */
  async startEmulator(): Promise<void> {
    const up = await this.run(['local', 'up', '--port', String(await freePort())]);
    if (up.exitCode !== 0) throw new Error(`the emulator did not start: ${up.stderr}`);
    const { variables } = JSON.parse((await this.run(['local', 'env', '--json'])).stdout) as { variables: Variables };
    this.#variables = { ...this.#variables, ...variables };
  }

  async stopEmulator(): Promise<void> {
    await this.run(['local', 'down']);
  }

  /** Starts a run and returns at once. */
  start(args: readonly string[], variables: Variables = {}): StartedRun {
    return this.#spawn(process.execPath, [join(REPOSITORY, 'bin', 'run.js'), ...args], variables);
  }

  run(args: readonly string[], variables: Variables = {}): Promise<Run> {
    return this.start(args, variables).ended;
  }

  /** What it prints. Fails where it does not end with 0. */
  async succeed(args: readonly string[]): Promise<string> {
    const { exitCode, stdout, stderr } = await this.run(args);
    if (exitCode !== 0) throw new Error(`mhtctl ${args.join(' ')} ended with ${exitCode}: ${stderr}`);
    return stdout;
  }

  /** The JSON it returns. Fails where it does not end with 0. */
  async json(...args: readonly string[]) {
    return JSON.parse(await this.succeed([...args, '--json']));
  }

  /** The JSON it returns however it ends, and how that was. */
  async answer(...args: readonly string[]) {
    const { exitCode, stdout, stderr } = await this.run([...args, '--json']);
    if (stdout === '') throw new Error(`mhtctl ${args.join(' ')} returned nothing: ${stderr}`);
    return { exitCode, result: JSON.parse(stdout) };
  }

  /** The error that its JSON tells. Fails where there is none, or the process ended with another code than it says. */
  async refusal(...args: readonly string[]) {
    const { exitCode, result } = await this.answer(...args);
    if (result.error === undefined || result.error.exitCode !== exitCode) {
      throw new Error(`mhtctl ${args.join(' ')} ended with ${exitCode}: ${JSON.stringify(result)}`);
    }
    return result.error;
  }

  /** Runs as a part of a shell's line, with what stands after it, like `2> /dev/full`, and before it. */
  redirected(args: readonly string[], after: string, before = 'exec'): Promise<Run> {
    return this.by('sh', this.#shell(args, after, before), this.#project.root);
  }

  #shell(args: readonly string[], after: string, before = 'exec'): readonly string[] {
    return ['-c', `${before} "$0" "$@" ${after}`, process.execPath, join(REPOSITORY, 'bin', 'run.js'), ...args];
  }

  /** Runs another program with the same variables, for what a person would do by hand. */
  by(command: string, args: readonly string[], cwd: string): Promise<Run> {
    return this.#spawn(command, args, {}, cwd).ended;
  }

  /**
   * Runs at a terminal: Python's own pseudo-terminal, since the emulator needs Python anyway. Each answer is typed when
   * its question has appeared; `\u0003` is Ctrl-C. The terminal's text is in `stdout`.
   */
  atTerminal(
    args: readonly string[],
    answers: readonly (readonly [question: string, answer: string])[],
    redirection = '',
  ): Promise<Run> {
    const command = ['sh', ...this.#shell(args, redirection)];
    return this.#spawn('python3', ['-c', TERMINAL, JSON.stringify({ command, answers })], { TERM: 'xterm' }).ended;
  }

  #spawn(command: string, args: readonly string[], variables: Variables, cwd = this.#project.root): StartedRun {
    const env = Object.fromEntries(
      Object.entries({ ...this.#variables, MHTCTL_ROOT: this.#project.root, ...variables }).filter(
        ([, value]) => value !== undefined,
      ),
    );
    const child = spawn(command, args, { cwd, env: env as NodeJS.ProcessEnv, stdio: ['ignore', 'pipe', 'pipe'] });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      stdout += chunk;
    });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      stderr += chunk;
    });
    const ended = new Promise<Run>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (exitCode) => resolve({ exitCode, stdout, stderr }));
    });
    return { child, ended, said: () => stderr };
  }
}

const TERMINAL = `
import json, os, pty, select, sys, time
task = json.loads(sys.argv[1])
pid, fd = pty.fork()
if pid == 0:
    os.execvp(task["command"][0], task["command"])
import fcntl, struct, termios
fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 200, 0, 0))
text, seen, answers, deadline = b"", 0, task["answers"], time.time() + 120
while time.time() < deadline:
    if select.select([fd], [], [], 0.05)[0]:
        try:
            chunk = os.read(fd, 65536)
        except OSError:
            break
        if not chunk:
            break
        text += chunk
    if answers and answers[0][0].encode() in text[seen:]:
        seen = len(text)
        os.write(fd, answers.pop(0)[1].encode())
else:
    os.kill(pid, 9)
sys.stdout.buffer.write(text)
sys.stdout.flush()
status = os.waitpid(pid, 0)[1]
sys.exit(os.waitstatus_to_exitcode(status) if not os.WIFSIGNALED(status) else 99)
`;
