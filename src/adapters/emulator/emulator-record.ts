import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { EmulatorInstance } from '../../ports/emulator.js';
import { unwritableFile } from '../unwritable-file.js';

/** The file in which the project remembers the emulator that it started. */
export class EmulatorRecord {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /** What was written last; null when there is nothing or nothing legible. */
  async read(): Promise<EmulatorInstance | null> {
    try {
      const { pid, endpoint, logFile, startedAt } = JSON.parse(await readFile(this.#path, 'utf8'));
      // 0 and negative ids mean process groups to kill(2), and 1 is the system's first process.
      const legible =
        Number.isSafeInteger(pid) &&
        pid > 1 &&
        [endpoint, logFile, startedAt].every((value) => typeof value === 'string');
      return legible ? { pid, endpoint, logFile, startedAt } : null;
    } catch {
      return null;
    }
  }

  /** Replaces it whole. */
  async write(instance: EmulatorInstance): Promise<void> {
    const staged = `${this.#path}.${randomUUID()}`;
    try {
      await mkdir(dirname(this.#path), { recursive: true });
      await writeFile(staged, `${JSON.stringify(instance, null, 2)}\n`);
      await rename(staged, this.#path);
    } catch (cause) {
      throw unwritableFile(this.#path, cause);
    }
  }

  /** Forgets it. */
  async remove(): Promise<void> {
    await rm(this.#path, { force: true });
  }
}
