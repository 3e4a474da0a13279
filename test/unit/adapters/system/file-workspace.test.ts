import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { FileWorkspace } from '../../../../src/adapters/system/file-workspace.js';

let root: string;
let workspace: FileWorkspace;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'mhtctl-workspace-'));
  workspace = new FileWorkspace({ root, configurationDir: join(root, 'terraform'), privateDir: join(root, '.mhtctl') });
});

afterEach(async () => {
  await rm(root, { recursive: true, force: true });
});

const at = (...parts: readonly string[]) => join(root, ...parts);
const mode = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);

describe('the default environment', () => {
  it('is none at first', async () => {
    expect(await workspace.currentEnvironment()).toBeNull();
  });

  it('is the one last set', async () => {
    await workspace.setCurrentEnvironment('production');
    await workspace.setCurrentEnvironment('staging');
    expect(await workspace.currentEnvironment()).toBe('staging');
  });

  it('is none when its file is empty', async () => {
    await workspace.setCurrentEnvironment('');
    expect(await workspace.currentEnvironment()).toBeNull();
  });

  it('is an error when its file cannot be read', async () => {
    await mkdir(at('.mhtctl', 'current-environment'), { recursive: true });
    await expect(workspace.currentEnvironment()).rejects.toMatchObject({ code: 'EISDIR' });
  });
});

describe('a private file', () => {
  it("is its owner's alone, as are the directories made for it", async () => {
    await workspace.writePrivate(at('a', 'b', 'plan'), 'secret');
    expect(await readFile(at('a', 'b', 'plan'), 'utf8')).toBe('secret');
    expect([await mode(at('a', 'b', 'plan')), await mode(at('a', 'b')), await mode(at('a'))]).toEqual([
      '600',
      '700',
      '700',
    ]);
  });

  it('replaces what was there, its mode too', async () => {
    await writeFile(at('file'), 'a longer text than the new one');
    await chmod(at('file'), 0o644);
    await workspace.writePrivate(at('file'), 'new');
    expect([await readFile(at('file'), 'utf8'), await mode(at('file'))]).toEqual(['new', '600']);
  });

  it('leaves nothing half written when it cannot be put in its place', async () => {
    await mkdir(at('taken', 'full'), { recursive: true });
    const writing = workspace.writePrivate(at('taken'), 'x');
    await expect(writing).rejects.toMatchObject({
      code: 'FileDenied',
      exitCode: 5,
      message: expect.stringContaining(at('taken')),
      nextSteps: [`ls -ld ${at('taken')}`],
    });
    expect(await readdir(root)).toEqual(['taken']);
  });
});

describe('a private copy', () => {
  it("is its owner's alone, whatever the original is", async () => {
    await writeFile(at('plan'), 'secret');
    await chmod(at('plan'), 0o644);
    await mkdir(at('plans'));
    await workspace.copyPrivate(at('plan'), at('plans', 'copy'));
    expect([await readFile(at('plans', 'copy'), 'utf8'), await mode(at('plans', 'copy'))]).toEqual(['secret', '600']);
  });

  it('stays what it was when the original changes', async () => {
    await writeFile(at('plan'), 'reviewed');
    await workspace.copyPrivate(at('plan'), at('copy'));
    await writeFile(at('plan'), 'swapped');
    expect(await readFile(at('copy'), 'utf8')).toBe('reviewed');
  });

  it.each([
    ['missing', 'missing', 'ENOENT'],
    ['a directory', '.', ''],
  ])('of what is %s is a usage error that names it', async (_, from, code) => {
    const copying = workspace.copyPrivate(at(from), at('copy'));
    await expect(copying).rejects.toMatchObject({ code: 'FileMissing', exitCode: 2 });
    await expect(copying).rejects.toThrow(at(from));
    await expect(copying).rejects.toThrow(code);
  });

  it('that has no place is not blamed on the original', async () => {
    await writeFile(at('plan'), 'x');
    await mkdir(at('taken'));
    await expect(workspace.copyPrivate(at('plan'), at('taken'))).rejects.toMatchObject({
      code: 'FileDenied',
      exitCode: 5,
    });
  });

  it('makes no directories of its own accord', async () => {
    await writeFile(at('plan'), 'x');
    const copying = workspace.copyPrivate(at('plan'), at('absent', 'deeper', 'copy'));
    await expect(copying).rejects.toMatchObject({ code: 'DirectoryMissing', exitCode: 2 });
    await expect(copying).rejects.toThrow(at('absent', 'deeper'));
    expect(await readdir(root)).toEqual(['plan']);
  });

  it('goes into no file as if that were a directory', async () => {
    await writeFile(at('plan'), 'x');
    const copying = workspace.copyPrivate(at('plan'), at('plan', 'copy'));
    await expect(copying).rejects.toMatchObject({ code: 'DirectoryMissing', exitCode: 2 });
  });
});

describe('the rest of the workspace', () => {
  it('lists the names in a directory, none where there is no directory', async () => {
    await writeFile(at('b.tf'), '');
    await writeFile(at('a.tf'), '');
    expect([...(await workspace.fileNames(root))].sort()).toEqual(['a.tf', 'b.tf']);
    expect(await workspace.fileNames(at('missing'))).toEqual([]);
  });

  it('does not take a file for an empty directory', async () => {
    await writeFile(at('file'), '');
    await expect(workspace.fileNames(at('file'))).rejects.toMatchObject({ code: 'ENOTDIR' });
  });

  it('knows the free space before its directory was ever made', async () => {
    expect(await workspace.freeBytes()).toBeGreaterThan(0);
  });

  it('makes a private directory and tells where', async () => {
    expect(await workspace.makeDirectory(at('x', 'y'))).toBe(at('x', 'y'));
    expect(await mode(at('x', 'y'))).toBe('700');
    await expect(workspace.makeDirectory(at('x', 'y'))).resolves.toBe(at('x', 'y'));
  });

  it('says that a file is in the way of a directory', async () => {
    await writeFile(at('file'), '');
    await expect(workspace.makeDirectory(at('file', 'plans'))).rejects.toMatchObject({
      code: 'FileDenied',
      nextSteps: [`ls -ld ${at('file')}`],
    });
  });

  it('sweeps files that are old out of a directory, and nothing else', async () => {
    await mkdir(at('plans', 'directory'), { recursive: true });
    const noon = new Date('2026-11-23T12:00:00Z');
    for (const [name, age] of [
      ['old', 1],
      ['new', -1],
      ['directory', 1],
    ] as const) {
      if (name !== 'directory') await writeFile(at('plans', name), '');
      await utimes(at('plans', name), noon, new Date(noon.getTime() - age * 1000));
    }
    await workspace.removeOlder(at('plans'), noon);
    expect((await readdir(at('plans'))).sort()).toEqual(['directory', 'new']);
    await expect(workspace.removeOlder(at('absent'), noon)).resolves.toBeUndefined();
  });

  it('removes a file, and does not mind when it is gone', async () => {
    await writeFile(at('file'), '');
    await workspace.remove(at('file'));
    expect(await readdir(root)).toEqual([]);
    await expect(workspace.remove(at('file'))).resolves.toBeUndefined();
  });
});
