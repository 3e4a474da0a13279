import { EventEmitter } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { motoServerOnPath } from '../../../src/adapters/emulator/moto-server-location.js';
import { ExecaProcessRunner } from '../../../src/adapters/process/execa-process-runner.js';
import { ProcessInterruption } from '../../../src/adapters/process/interruption.js';
import { FakePrograms } from './fake-programs.js';

describe('a moto_server on PATH', () => {
  let directory: string;
  let first: FakePrograms;
  let second: FakePrograms;
  const runner = new ExecaProcessRunner(new ProcessInterruption(new EventEmitter()));
  const locate = () => motoServerOnPath(runner, { PATH: [first.directory, second.directory].join(delimiter) });

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'location-'));
    first = new FakePrograms(join(directory, 'first'));
    second = new FakePrograms(join(directory, 'second'));
  });

  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  it('is taken when its interpreter says version 5', async () => {
    const script = first.addMotoServer();
    first.add('python3', 'echo 5.1.22');
    expect(await locate()).toBe(script);
  });

  it.each([
    ['of another version', 'echo 4.2.14'],
    ['of a later version', 'echo 50.1.0'],
    ['whose server parts are missing', 'echo "No module named flask" >&2; exit 1'],
  ])('%s is none', async (_, python) => {
    first.addMotoServer();
    first.add('python3', python);
    expect(await locate()).toBeNull();
  });

  it('that is not a Python script is none, and is not run', async () => {
    first.add('moto_server', 'exit 0');
    expect(await locate()).toBeNull();
    expect(first.calls()).toEqual([]);
  });

  it("behind pyenv's shim is the script itself", async () => {
    const script = second.addMotoServer();
    second.add('python3', 'echo 5.2.1');
    const pyenv = first.add('libexec/pyenv', `echo '${script}'`);
    first.add('moto_server', `exec "${pyenv}" exec "$program" "$@"`);
    expect(await locate()).toBe(script);
    expect(first.calls()).toEqual(['libexec/pyenv which moto_server']);
  });

  it('behind a shim with nothing behind it is looked for further on', async () => {
    const pyenv = first.add('libexec/pyenv', 'echo "command not found" >&2; exit 127');
    first.add('moto_server', `exec "${pyenv}" exec "$program" "$@"`);
    const script = second.addMotoServer();
    second.add('python3', 'echo 5.2.1');
    expect(await locate()).toBe(script);
  });
});
