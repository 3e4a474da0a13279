import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, statfs, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
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
    const temporary = `${file}.${randomBytes(4).toString('hex')}`;
    try {
      await writeFile(temporary, content, { mode: 0o600, flush: true });
      await rename(temporary, file);
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
  }

  async copyPrivate(from: string, to: string): Promise<void> {
    let content: Uint8Array;
    try {
      content = await readFile(from);
    } catch (cause) {
      const { code, message } = cause as NodeJS.ErrnoException;
      throw new MhtctlError({
        code: 'FileMissing',
        outcome: 'usage',
        message: `the file ${from} cannot be read (${code ?? message})`,
        nextSteps: [`ls -l ${from}`],
        cause,
      });
    }
    await this.writePrivate(to, content);
  }

  async makeDirectory(directory: string): Promise<string> {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    return directory;
  }

  async remove(file: string): Promise<void> {
    await rm(file, { force: true });
  }
}
