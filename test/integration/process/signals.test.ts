import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { build } from 'esbuild';
import { isAlive, until } from '../../support/condition.js';

const fixtures = fileURLToPath(new URL('fixtures/', import.meta.url));
const bundleDirectory = mkdtempSync(join(tmpdir(), 'signals-bundle-'));
const parentBundle = join(bundleDirectory, 'parent.mjs');

/** A started stand-in of mhtctl, with what it printed. */
class Parent {
  output = '';
  readonly ended: Promise<number | null>;
  readonly #process: ChildProcess;

  constructor(mode: string, directory: string) {
    this.#process = spawn(process.execPath, [parentBundle, mode, directory, join(fixtures, 'child.mjs')], {
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.output += text;
      });
    }
    this.ended = new Promise((resolve) => this.#process.on('close', resolve));
  }

  signal(name: NodeJS.Signals): void {
    this.#process.kill(name);
  }

  /** What a terminal's Ctrl-C does: the signal reaches every process of the foreground group. */
  signalGroup(name: NodeJS.Signals): void {
    if (this.#process.pid !== undefined) process.kill(-this.#process.pid, name);
  }
}

describe('signals to mhtctl while a child runs', () => {
  let directory: string;
  let parent: Parent | undefined;
  const inDirectory = (name: string) => join(directory, name);
  const read = (name: string) => (existsSync(inDirectory(name)) ? readFileSync(inDirectory(name), 'utf8') : '');
  const childPid = () => Number(read('ready'));
  const letChildFinish = () => writeFileSync(inDirectory('finish'), '');

  const start = async (mode: string): Promise<Parent> => {
    parent = new Parent(mode, directory);
    await until('child ready', () => read('ready') !== '');
    return parent;
  };

  beforeAll(async () => {
    await build({
      entryPoints: [join(fixtures, 'parent.ts')],
      outfile: parentBundle,
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      mainFields: ['module', 'main'],
      banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
      logLevel: 'error',
    });
  });

  afterAll(() => rmSync(bundleDirectory, { recursive: true, force: true }));

  beforeEach(() => {
    parent = undefined;
    directory = mkdtempSync(join(tmpdir(), 'signals-'));
  });

  afterEach(async () => {
    letChildFinish();
    await parent?.ended;
    if (childPid() > 0) await until('child gone', () => !isAlive(childPid()));
    rmSync(directory, { recursive: true, force: true });
  });

  it('reach a followed child exactly once as SIGINT, however many interrupts come', async () => {
    const mhtctl = await start('follow');
    mhtctl.signalGroup('SIGINT');
    await until('first seen', () => mhtctl.output.includes('first SIGINT'));
    await until('child interrupted', () => read('signals') !== '');
    mhtctl.signalGroup('SIGINT');
    await until('second seen', () => mhtctl.output.includes('repeat SIGINT'));
    mhtctl.signal('SIGTERM');
    await until('third seen', () => mhtctl.output.includes('repeat SIGTERM'));
    expect(isAlive(childPid())).toBe(true);
    letChildFinish();
    expect(await mhtctl.ended).toBe(130);
    expect(read('signals')).toBe('SIGINT\n');
    expect(mhtctl.output).toContain('line state saved 19999\n');
    expect(mhtctl.output.trimEnd().endsWith('ended 0')).toBe(true);
  });

  it.each(['SIGTERM', 'SIGHUP'] as const)('pass %s on to a followed child as one SIGINT', async (name) => {
    const mhtctl = await start('follow');
    mhtctl.signal(name);
    await until('child interrupted', () => read('signals') !== '');
    letChildFinish();
    expect(await mhtctl.ended).toBe(130);
    expect(read('signals')).toBe('SIGINT\n');
  });

  it('reach a child of run() exactly once when a terminal interrupts the whole group', async () => {
    const mhtctl = await start('run');
    mhtctl.signalGroup('SIGINT');
    await until('child interrupted', () => read('signals') !== '');
    mhtctl.signalGroup('SIGINT');
    await until('second seen', () => mhtctl.output.includes('repeat SIGINT'));
    letChildFinish();
    expect(await mhtctl.ended).toBe(130);
    expect(read('signals')).toBe('SIGINT\n');
  });

  it('of the kill -9 kind leave a followed child running to its end, its log complete', async () => {
    const mhtctl = await start('follow');
    mhtctl.signal('SIGKILL');
    await mhtctl.ended;
    expect(isAlive(childPid())).toBe(true);
    letChildFinish();
    await until('child finished', () => existsSync(inDirectory('finished')));
    await until('child gone', () => !isAlive(childPid()));
    const lines = read('child.log').split('\n');
    expect(lines[0]).toBe('ready');
    expect(lines.slice(1, 20_001)).toEqual(Array.from({ length: 20_000 }, (_, index) => `state saved ${index}`));
    expect(read('child.log').endsWith('done\n')).toBe(true);
    expect(read('signals')).toBe('');
  });

  it('name the child to whoever follows it', async () => {
    await start('follow');
    await until('pid written', () => read('child.pid') !== '');
    expect(read('child.pid')).toBe(read('ready'));
  });

  it('are left to the terminal for an attached child: one Ctrl-C is one SIGINT', async () => {
    const mhtctl = await start('attach-terminal');
    mhtctl.signalGroup('SIGINT');
    await until('first seen', () => mhtctl.output.includes('first SIGINT'));
    await until('child interrupted', () => read('signals') !== '');
    letChildFinish();
    expect(await mhtctl.ended).toBe(130);
    expect(read('signals')).toBe('SIGINT\n');
  });

  it('of the SIGTERM kind are passed on once to a child attached to a terminal', async () => {
    const mhtctl = await start('attach-terminal');
    mhtctl.signal('SIGTERM');
    await until('child asked to stop', () => read('signals') !== '');
    mhtctl.signal('SIGTERM');
    await until('second seen', () => mhtctl.output.includes('repeat SIGTERM'));
    letChildFinish();
    expect(await mhtctl.ended).toBe(130);
    expect(read('signals')).toBe('SIGTERM\n');
  });

  it('are passed on once to an attached child when there is no terminal to do it', async () => {
    const mhtctl = await start('attach');
    mhtctl.signalGroup('SIGINT');
    await until('child interrupted', () => read('signals') !== '');
    mhtctl.signalGroup('SIGINT');
    await until('second seen', () => mhtctl.output.includes('repeat SIGINT'));
    letChildFinish();
    expect(await mhtctl.ended).toBe(130);
    expect(read('signals')).toBe('SIGINT\n');
  });

  it('are passed on as they are, each time, to a command in the foreground', async () => {
    const mhtctl = await start('foreground');
    for (const [index, name] of (['SIGTERM', 'SIGHUP', 'SIGINT'] as const).entries()) {
      mhtctl.signal(name);
      await until(`${name} passed on`, () => read('signals').split('\n').length === index + 2);
    }
    letChildFinish();
    expect(await mhtctl.ended).toBe(130);
    expect(read('signals')).toBe('SIGTERM\nSIGHUP\nSIGINT\n');
  });

  it('are left to the terminal for a command in the foreground of one, but for SIGTERM', async () => {
    const mhtctl = await start('foreground-terminal');
    for (const [index, name] of (['SIGINT', 'SIGINT'] as const).entries()) {
      mhtctl.signalGroup(name);
      await until(`${name} seen`, () => read('signals').split('\n').length === index + 2);
    }
    mhtctl.signal('SIGTERM');
    await until('SIGTERM passed on', () => read('signals').split('\n').length === 4);
    letChildFinish();
    expect(await mhtctl.ended).toBe(130);
    expect(read('signals')).toBe('SIGINT\nSIGINT\nSIGTERM\n');
  });
});
