import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { FileWorkspace } from '../../../src/adapters/system/file-workspace.js';
import { normaliseError } from '../../../src/normalise-error.js';
import { failureOf } from '../../support/failure.js';

describe("the project's own files", () => {
  let root: string;
  let privateDir: string;
  let workspace: FileWorkspace;
  const modeOf = (path: string) => statSync(path).mode & 0o777;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'workspace-'));
    privateDir = join(root, '.mhtctl');
    workspace = new FileWorkspace({ root, configurationDir: join(root, 'terraform'), privateDir });
  });

  afterEach(() => rmSync(root, { recursive: true, force: true }));

  describe('written', () => {
    it('can be read by their owner only, and so can the directories made for them', async () => {
      const file = join(privateDir, 'staging', 'plans', 'it.tfplan');
      await workspace.writePrivate(file, 'secret');
      expect(readFileSync(file, 'utf8')).toBe('secret');
      expect(modeOf(file)).toBe(0o600);
      for (const directory of [privateDir, join(privateDir, 'staging'), join(privateDir, 'staging', 'plans')]) {
        expect(modeOf(directory)).toBe(0o700);
      }
    });

    it('over a file that others could read are private', async () => {
      const file = join(root, 'open.txt');
      writeFileSync(file, 'open');
      chmodSync(file, 0o644);
      await workspace.writePrivate(file, 'secret');
      expect(modeOf(file)).toBe(0o600);
    });

    it('by many at once are whole, by one of them, and leave nothing beside', async () => {
      const file = join(privateDir, 'record.json');
      const texts = Array.from({ length: 40 }, (_, index) => `${index}`.repeat(200_000));
      await workspace.writePrivate(file, texts[0] ?? '');
      const seen: string[] = [];
      let writing = true;
      const reading = (async () => {
        while (writing) {
          seen.push(readFileSync(file, 'utf8'));
          await new Promise(setImmediate);
        }
      })();
      await Promise.all(texts.map((text) => workspace.writePrivate(file, text)));
      writing = false;
      await reading;
      for (const text of [...seen, readFileSync(file, 'utf8')]) expect(texts.includes(text)).toBe(true);
      expect(readdirSync(privateDir)).toEqual(['.gitignore', 'record.json']);
    });

    it('leave a .gitignore that somebody changed as it is, and none outside the private directory', async () => {
      mkdirSync(privateDir);
      writeFileSync(join(privateDir, '.gitignore'), '*\n!kept\n');
      await workspace.writePrivate(join(privateDir, 'file'), 'text');
      await workspace.writePrivate(join(root, 'elsewhere', 'file'), 'text');
      await workspace.makeDirectory(join(root, '.mhtctl-of-another'));
      expect(readFileSync(join(privateDir, '.gitignore'), 'utf8')).toBe('*\n!kept\n');
      expect(readdirSync(join(root, 'elsewhere'))).toEqual(['file']);
      expect(readdirSync(join(root, '.mhtctl-of-another'))).toEqual([]);
    });

    it('or not at all: a failure leaves what was there and nothing beside', async () => {
      const directory = join(privateDir, 'taken');
      mkdirSync(join(directory, 'full'), { recursive: true });
      await expect(workspace.writePrivate(directory, 'text')).rejects.toMatchObject({
        code: 'FileDenied',
        exitCode: 5,
      });
      expect(readdirSync(privateDir)).toEqual(['.gitignore', 'taken']);
      expect(readdirSync(directory)).toEqual(['full']);
    });
  });

  describe('written as a result', () => {
    it('is where it was asked for, and others may read it as far as the umask lets them', async () => {
      const file = join(root, 'report.html');
      await workspace.writeResult(file, '<p>ä</p>');
      expect(readFileSync(file, 'utf8')).toBe('<p>ä</p>');
      expect(modeOf(file)).toBe(0o666 & ~process.umask());
      expect(readdirSync(root)).toEqual(['report.html']);
    });

    it('takes the place of what was there, whole', async () => {
      const file = join(root, 'report.json');
      writeFileSync(file, 'x'.repeat(100_000));
      await workspace.writeResult(file, '{}');
      expect(readFileSync(file, 'utf8')).toBe('{}');
      expect(readdirSync(root)).toEqual(['report.json']);
    });

    it.each([
      { what: 'a directory that is not there', file: 'absent/report.json', code: 'DirectoryMissing', exitCode: 2 },
      { what: 'a file in the place of a directory', file: 'file/report.json', code: 'DirectoryMissing', exitCode: 2 },
      { what: 'a directory in its own place', file: 'directory', code: 'FileDenied', exitCode: 5 },
    ])('is refused for $what, and leaves nothing beside', async ({ file, code, exitCode }) => {
      writeFileSync(join(root, 'file'), 'text');
      mkdirSync(join(root, 'directory', 'full'), { recursive: true });
      const failure = await failureOf(workspace.writeResult(join(root, file), 'text'));
      expect(failure).toMatchObject({ code, exitCode });
      expect(failure.message).toContain(join(root, file).replace(/\/report.json$/, ''));
      expect(readdirSync(root).sort()).toEqual(['directory', 'file']);
    });
  });

  describe('added to', () => {
    it('keeps what others wrote before and between, and makes the file when it is not there', async () => {
      const file = join(root, 'summary.md');
      await workspace.appendTo(file, 'first\n');
      writeFileSync(file, 'theirs\n', { flag: 'a' });
      await workspace.appendTo(file, 'second\n');
      expect(readFileSync(file, 'utf8')).toBe('first\ntheirs\nsecond\n');
    });

    it.each([
      { what: 'a directory that is not there', file: 'absent/summary.md', code: 'DirectoryMissing', exitCode: 2 },
      { what: 'a directory in its own place', file: 'directory', code: 'FileDenied', exitCode: 5 },
    ])('is refused for $what', async ({ file, code, exitCode }) => {
      mkdirSync(join(root, 'directory'));
      const failure = await failureOf(workspace.appendTo(join(root, file), 'text'));
      expect(failure).toMatchObject({ code, exitCode });
    });
  });

  describe('given', () => {
    it('is read as it is', async () => {
      const file = join(root, 'evidence.json');
      writeFileSync(file, '{"name":"ä"}\n');
      expect(await workspace.readGiven(file)).toBe('{"name":"ä"}\n');
    });

    it.each([
      { what: 'is not there', make: () => {} },
      { what: 'is a directory', make: (file: string) => mkdirSync(file) },
    ])('has to be a file (exit 2): one that $what is none', async ({ make }) => {
      const file = join(root, 'evidence.json');
      make(file);
      const failure = await failureOf(workspace.readGiven(file));
      expect(failure).toMatchObject({ code: 'FileMissing', exitCode: 2 });
      expect(failure.message).toContain(file);
    });
  });

  describe('copied', () => {
    it('are private, whatever the original was', async () => {
      const from = join(root, 'shared.tfplan');
      writeFileSync(from, Buffer.from([0x50, 0x4b, 0xff, 0x00]));
      chmodSync(from, 0o666);
      const to = join(await workspace.makeDirectory(join(privateDir, 'plans')), 'own.tfplan');
      await workspace.copyPrivate(from, to);
      expect([...readFileSync(to)]).toEqual([0x50, 0x4b, 0xff, 0x00]);
      expect(modeOf(to)).toBe(0o600);
      expect(modeOf(from)).toBe(0o666);
    });

    it.each([
      { what: 'is not there', make: () => {} },
      { what: 'is a directory', make: (from: string) => mkdirSync(from) },
    ])('from what $what are a usage error (exit 2) that names it', async ({ make }) => {
      const from = join(root, 'plan.tfplan');
      make(from);
      const failure = await failureOf(workspace.copyPrivate(from, join(privateDir, 'own.tfplan')));
      expect(failure).toMatchObject({ code: 'FileMissing', exitCode: 2 });
      expect(failure.message).toContain(from);
    });

    it('to where they cannot be do not blame the original', async () => {
      const from = join(root, 'plan.tfplan');
      writeFileSync(from, 'plan');
      const to = join(privateDir, 'taken');
      mkdirSync(to, { recursive: true });
      const failure = await workspace.copyPrivate(from, to).catch(normaliseError);
      expect(failure).toMatchObject({ code: 'FileDenied', exitCode: 5 });
    });
  });

  describe('the current environment', () => {
    it('is none before one was chosen, nor in an empty file', async () => {
      expect(await workspace.currentEnvironment()).toBeNull();
      await workspace.setCurrentEnvironment('');
      expect(await workspace.currentEnvironment()).toBeNull();
    });

    it('is the one chosen last, by another mhtctl too', async () => {
      await workspace.setCurrentEnvironment('staging');
      await workspace.setCurrentEnvironment('production');
      const other = new FileWorkspace({ root, configurationDir: join(root, 'terraform'), privateDir });
      expect(await other.currentEnvironment()).toBe('production');
    });
  });

  describe('written anew', () => {
    it('stay readable to whom they were, and where a link leads', async () => {
      const [file, link] = [join(root, 'real.tfvars'), join(root, 'terraform.tfvars.staging')];
      writeFileSync(file, 'before');
      chmodSync(file, 0o640);
      symlinkSync('real.tfvars', link);
      await workspace.rewrite(link, 'after');
      expect([readlinkSync(link), readFileSync(file, 'utf8'), modeOf(file)]).toEqual(['real.tfvars', 'after', 0o640]);
    });

    it('are whole or as they were', async () => {
      const directory = join(root, 'terraform');
      mkdirSync(directory);
      const failure = await failureOf(workspace.rewrite(join(directory, 'absent'), 'after'));
      expect([failure.code, failure.exitCode, readdirSync(directory)]).toEqual(['FileMissing', 2, []]);
    });
  });

  it('are listed, and a directory that is not there has none', async () => {
    mkdirSync(join(root, 'terraform'));
    writeFileSync(join(root, 'terraform', 'a.auto.tfvars'), '');
    expect(await workspace.fileNames(join(root, 'terraform'))).toEqual(['a.auto.tfvars']);
    expect(await workspace.fileNames(join(root, 'absent'))).toEqual([]);
  });

  it('have space where they will be, before they are there', async () => {
    expect(await workspace.freeBytes()).toBeGreaterThan(0);
  });

  it('are removed, and once is enough', async () => {
    const file = join(privateDir, 'file');
    await workspace.writePrivate(file, '');
    await workspace.remove(file);
    await workspace.remove(file);
    expect(readdirSync(privateDir)).toEqual(['.gitignore']);
  });
});
