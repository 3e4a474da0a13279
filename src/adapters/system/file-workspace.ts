import { randomBytes } from 'node:crypto';
import { appendFile, mkdir, readdir, readFile, realpath, rename, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import type { Project } from '../../domain/environment.js';
import { MhtctlError } from '../../domain/errors.js';
import type { Workspace } from '../../ports/workspace.js';

const CURRENT_FILE = 'current-environment';

/** The project's own files, in its private directory. */
export class FileWorkspace implements Workspace {
  readonly #project: Project;

  constructor(project: Project) {
    this.#project = project;
  }

  async fileNames(directory: string): Promise<readonly string[]> {
    return readdir(directory).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    });
  }

  async freeBytes(): Promise<number> {
    const { bavail, bsize } = await statfs(await this.makeDirectory(this.#project.privateDir));
    return bavail * bsize;
  }

  async currentEnvironment(): Promise<string | null> {
    try {
      const name = (await readFile(join(this.#project.privateDir, CURRENT_FILE), 'utf8')).trim();
      return name === '' ? null : name;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
  }

  setCurrentEnvironment(name: string): Promise<void> {
    return this.writePrivate(join(this.#project.privateDir, CURRENT_FILE), `${name}\n`);
  }

  async writePrivate(file: string, content: string | Uint8Array): Promise<void> {
    await this.makeDirectory(dirname(file));
    await writeWhole(file, content, 0o600);
  }

  async copyPrivate(from: string, to: string): Promise<void> {
    const content = await readNamed(from);
    await refuseMissingDirectory(dirname(to));
    await this.writePrivate(to, content);
  }

  async writeResult(file: string, content: string): Promise<void> {
    await refuseMissingDirectory(dirname(file));
    await writeWhole(file, content, 0o666);
  }

  async rewrite(file: string, content: string): Promise<void> {
    const path = await realpath(file).catch((cause) => {
      throw unreadable(file, cause);
    });
    const { mode } = await stat(path);
    await writeWhole(path, content, mode);
  }

  async writePrivateResult(file: string, content: string | Uint8Array): Promise<void> {
    await refuseMissingDirectory(dirname(file));
    await writeWhole(file, content, 0o600);
  }

  async appendTo(file: string, content: string): Promise<void> {
    await refuseMissingDirectory(dirname(file));
    await appendFile(file, content).catch(async (error) => {
      throw await writeFailure(file, error);
    });
  }

  async readGiven(file: string): Promise<string> {
    return (await readNamed(file)).toString('utf8');
  }

  async readIfThere(file: string): Promise<string | null> {
    return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null;
      throw new MhtctlError({
        code: 'FileDenied',
        outcome: 'toolFailed',
        message: `the file ${file} cannot be read: ${error.message}`,
        nextSteps: [`ls -l ${file}`],
        cause: error,
      });
    });
  }

  async makeDirectory(directory: string): Promise<string> {
    try {
      await mkdir(directory, { recursive: true, mode: 0o700 });
      if (isWithin(this.#project.privateDir, directory)) await this.#hideFromGit();
    } catch (error) {
      throw await writeFailure(directory, error);
    }
    return directory;
  }

  /**
   * Keeps the private directory out of git in a project whose own .gitignore does not name it: it holds copies of
   * state, with every secret in them, and the promotion gate would take its files for changes that are not committed.
   */
  async #hideFromGit(): Promise<void> {
    const file = join(this.#project.privateDir, '.gitignore');
    await writeFile(file, '*\n', { flag: 'wx', mode: 0o600 }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }

  async removeOlder(directory: string, before: Date): Promise<void> {
    const files = (await this.fileNames(directory)).map((name) => join(directory, name));
    await Promise.all(
      files.map(async (file) => {
        const found = await stat(file).catch(() => undefined);
        if (found?.isFile() === true && found.mtimeMs < before.getTime()) await this.remove(file);
      }),
    );
  }

  async remove(file: string): Promise<void> {
    await rm(file, { force: true });
  }
}

function isWithin(parent: string, path: string): boolean {
  return path === parent || path.startsWith(parent + sep);
}

/** @param mode what the file may at most be used for; the process's umask takes away from it */
async function writeWhole(file: string, content: string | Uint8Array, mode: number): Promise<void> {
  const temporary = `${file}.${randomBytes(4).toString('hex')}`;
  try {
    await writeFile(temporary, content, { mode, flush: true });
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw await writeFailure(file, error);
  }
}

async function readNamed(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (cause) {
    throw unreadable(file, cause);
  }
}

function unreadable(file: string, cause: unknown): MhtctlError {
  const { code, message } = cause as NodeJS.ErrnoException;
  return new MhtctlError({
    code: 'FileMissing',
    outcome: 'usage',
    message: `the file ${file} cannot be read (${code ?? message})`,
    nextSteps: [`ls -l ${file}`],
    cause,
  });
}

/** A failure to write, with the nearest thing that is there to look at: that is what refuses. */
async function writeFailure(path: string, cause: unknown): Promise<MhtctlError> {
  const { code, message } = cause as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new MhtctlError({
      code: 'DiskFull',
      outcome: 'toolFailed',
      message: `${path} cannot be written: no space left on device`,
      nextSteps: [`see what takes the space: df -h ${await nearestThere(path)}`],
      cause,
    });
  }
  // Node says ENOENT of a directory that a read-only file system refuses to make; the code alone would mislead.
  return new MhtctlError({
    code: 'FileDenied',
    outcome: 'toolFailed',
    message: `${path} cannot be written (${code ?? message}): a directory, a read-only file system, or not permitted`,
    nextSteps: [`ls -ld ${await nearestThere(path)}`],
    cause,
  });
}

async function nearestThere(path: string): Promise<string> {
  const found = await stat(path).catch(() => undefined);
  return found !== undefined || dirname(path) === path ? path : nearestThere(dirname(path));
}

async function refuseMissingDirectory(directory: string): Promise<void> {
  const found = await stat(directory).catch(() => undefined);
  if (found?.isDirectory() === true) return;
  throw new MhtctlError({
    code: 'DirectoryMissing',
    outcome: 'usage',
    message: `there is no directory ${directory}`,
    nextSteps: [`mkdir -p ${directory}`],
  });
}
