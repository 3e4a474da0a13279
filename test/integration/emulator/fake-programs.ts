import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A directory of fake executables to be the whole PATH; each records how it was called in `calls`. */
export class FakePrograms {
  readonly directory: string;
  readonly #calls: string;

  constructor(directory: string) {
    this.directory = directory;
    this.#calls = join(directory, 'calls');
    mkdirSync(directory, { recursive: true });
  }

  /** A shell script; it has no PATH but this directory, so it names other programs by their full paths. */
  add(name: string, body: string): string {
    const path = join(this.directory, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `#!/bin/sh\necho "${name} $*" >> '${this.#calls}'\n${body}\n`, { mode: 0o755 });
    return path;
  }

  /** A `moto_server` whose interpreter is the fake python3 of this directory. */
  addMotoServer(): string {
    const path = join(this.directory, 'moto_server');
    writeFileSync(path, '#!/usr/bin/env python3\n', { mode: 0o755 });
    return path;
  }

  /** The calls so far, one a line. */
  calls(): string[] {
    return existsSync(this.#calls) ? readFileSync(this.#calls, 'utf8').trimEnd().split('\n') : [];
  }
}
