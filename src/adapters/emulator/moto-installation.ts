import { access, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MhtctlError } from '../../domain/errors.js';
import type { ExecutableLocator, ProcessResult, ProcessRunner } from '../../ports/process-runner.js';
import { motoServerOnPath } from './moto-server-location.js';

/** The version that is installed where none is found. */
export const MOTO_TO_INSTALL = '5.2.1';

const REQUIREMENT = `moto[server]==${MOTO_TO_INSTALL}`;
const BY_HAND = [
  `pip install '${REQUIREMENT}'`,
  'or install uv: https://docs.astral.sh/uv/getting-started/installation/',
];

/** How the server is started; host and port are added to the arguments. */
export interface MotoCommand {
  readonly command: string;
  readonly args: readonly string[];
}

/** What an installation works with. */
export interface MotoInstallationOptions {
  readonly runner: ProcessRunner & ExecutableLocator;
  readonly env: NodeJS.ProcessEnv;
  /** Directory of a virtual environment of the project's own. */
  readonly venvDir: string;
  /** Tells an interruption from a failure. */
  readonly signal: AbortSignal;
  /** Told before anything is downloaded. */
  readonly announce: (message: string) => void;
}

/** moto as it can be had: on PATH, by uvx, or in a virtual environment of the project's own. */
export async function provideMoto(options: MotoInstallationOptions): Promise<MotoCommand> {
  const { runner, env } = options;
  const script = await motoServerOnPath(runner, env);
  if (script !== null) return { command: script, args: [] };
  const [uvx] = await runner.locate('uvx', env);
  if (uvx !== undefined) return byUvx(uvx, options);
  return inVirtualEnvironment(options);
}

async function byUvx(uvx: string, options: MotoInstallationOptions): Promise<MotoCommand> {
  const args = ['--from', REQUIREMENT, 'moto_server'];
  options.announce(`the local AWS emulator (moto 5) is not installed: running ${REQUIREMENT} by ${uvx}`);
  // Whatever uvx has to download is downloaded here, so that the wait for the server is a wait for the server only.
  await step(options, uvx, [...args, '--help'], BY_HAND);
  return { command: uvx, args };
}

async function inVirtualEnvironment(options: MotoInstallationOptions): Promise<MotoCommand> {
  const { runner, env, venvDir, announce } = options;
  const script = join(venvDir, 'bin', 'moto_server');
  // Written last: a virtual environment whose installation broke off has everything but this.
  const complete = join(venvDir, '.complete');
  if ((await exists(script)) && (await exists(complete))) return { command: script, args: [] };

  const [python] = await runner.locate('python3', env);
  if (python === undefined) {
    throw new MhtctlError({
      code: 'EmulatorMissing',
      outcome: 'toolFailed',
      message: `the local AWS emulator needs moto_server (moto 5), uvx or python3, and none is on PATH`,
      nextSteps: ['install Python 3 from https://www.python.org/downloads/', ...BY_HAND],
    });
  }
  announce(`the local AWS emulator (moto 5) is not installed: installing ${REQUIREMENT} into ${venvDir} by ${python}`);
  await rm(venvDir, { recursive: true, force: true });
  try {
    await step(
      options,
      python,
      ['-m', 'venv', venvDir],
      ['on Debian and Ubuntu: sudo apt-get install python3-venv', ...BY_HAND],
    );
    const pip = ['-m', 'pip', 'install', '--disable-pip-version-check', REQUIREMENT];
    await step(options, join(venvDir, 'bin', 'python'), pip, [
      'behind a proxy or without a network, point pip at an index that can be reached: export PIP_INDEX_URL=URL',
      ...BY_HAND,
    ]);
    await writeFile(complete, '');
  } catch (error) {
    await rm(venvDir, { recursive: true, force: true });
    throw error;
  }
  return { command: script, args: [] };
}

async function step(
  { runner, env, signal }: MotoInstallationOptions,
  command: string,
  args: readonly string[],
  nextSteps: readonly string[],
): Promise<void> {
  const result = await runner.run(command, args, { env });
  signal.throwIfAborted();
  if (result.exitCode === 0) return;
  throw new MhtctlError({
    code: 'EmulatorNotInstalled',
    outcome: 'toolFailed',
    message: `the local AWS emulator could not be installed: ${[command, ...args].join(' ')} ${howItEnded(result)}`,
    nextSteps,
  });
}

function howItEnded(result: ProcessResult): string {
  const ending = result.exitCode === undefined ? `was ended by ${result.signal}` : `ended with ${result.exitCode}`;
  const lines = `${result.stdout}\n${result.stderr}`.split('\n').filter((line) => line.trim() !== '');
  return `${ending}: ${lines.slice(-5).join('; ')}`;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
