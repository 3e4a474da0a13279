import { access, constants, stat } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';

/**
 * Every executable file of that name on PATH, in its order, each once. Relative and empty entries are passed over: a
 * program of that name in the working directory must not run because somebody changed into it.
 */
export async function executablesOnPath(name: string, env: NodeJS.ProcessEnv): Promise<string[]> {
  const file = process.platform === 'win32' ? `${name}.exe` : name;
  const candidates = (env['PATH'] ?? '')
    .split(delimiter)
    .filter((directory) => isAbsolute(directory))
    .map((directory) => join(directory, file));
  const found: string[] = [];
  for (const candidate of new Set(candidates)) {
    if (await isExecutable(candidate)) found.push(candidate);
  }
  return found;
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
