import { readFile } from 'node:fs/promises';
import type { ExecutableLocator, ProcessRunner } from '../../ports/process-runner.js';

const PROBE_TIMEOUT_MS = 30_000;

/** Prints moto's version, and fails where the parts of it that make a server are not installed. */
const VERSION_PROGRAM = 'import flask, importlib.metadata; print(importlib.metadata.version("moto"))';

/**
 * A `moto_server` on PATH that belongs to moto 5 and can serve: the script itself, never a version manager's shim, so
 * that the process started is the server. Null when there is none. The program has no option that tells its version:
 * the interpreter named in its first line is asked.
 */
export async function motoServerOnPath(
  runner: ProcessRunner & ExecutableLocator,
  env: NodeJS.ProcessEnv,
): Promise<string | null> {
  for (const candidate of await runner.locate('moto_server', env)) {
    const script = await behindShim(candidate, runner, env);
    if (script !== null && /^5\./.test(await versionOf(script, runner, env))) return script;
  }
  return null;
}

async function behindShim(path: string, runner: ProcessRunner, env: NodeJS.ProcessEnv): Promise<string | null> {
  const text = await readFile(path, 'latin1').catch(() => '');
  const manager = /^exec "([^"]*\/pyenv)" exec /m.exec(text)?.[1];
  if (manager === undefined) return path;
  const answer = await output(runner, manager, ['which', 'moto_server'], env);
  return answer === '' ? null : answer;
}

async function versionOf(script: string, runner: ProcessRunner, env: NodeJS.ProcessEnv): Promise<string> {
  const text = await readFile(script, 'latin1').catch(() => '');
  const interpreter = interpreterOf(text);
  return interpreter === null ? '' : output(runner, interpreter[0], [...interpreter[1], '-c', VERSION_PROGRAM], env);
}

/** The interpreter of a Python script, in the two forms that installers write. */
export function interpreterOf(script: string): readonly [string, readonly string[]] | null {
  // Paths that are too long for a first line, or hold a space, are given to a shell instead.
  const shell = /^#!\/bin\/sh\n'''exec' "?([^"\n]+?)"? "\$0" "\$@"/.exec(script)?.[1];
  if (shell !== undefined) return [shell, []];
  const [command, ...args] = /^#!\s*([^\n]+)/.exec(script)?.[1]?.trim().split(/\s+/) ?? [];
  return command !== undefined && [command, ...args].some((word) => /python[\d.]*$/.test(word))
    ? [command, args]
    : null;
}

async function output(
  runner: ProcessRunner,
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<string> {
  return runner.run(command, args, { env, timeoutMs: PROBE_TIMEOUT_MS }).then(
    (result) => (result.exitCode === 0 ? result.stdout.trim() : ''),
    () => '',
  );
}
