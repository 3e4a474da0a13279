import { EventEmitter } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ExecaProcessRunner } from '../../../src/adapters/process/execa-process-runner.js';
import { ProcessInterruption } from '../../../src/adapters/process/interruption.js';
import { isAlive, until } from '../../support/condition.js';

const node = process.execPath;

describe('the process runner', () => {
  let directory: string;
  let signals: EventEmitter;
  let runner: ExecaProcessRunner;

  const script = (body: string): string => {
    const path = join(directory, 'child.mjs');
    writeFileSync(path, body);
    return path;
  };

  const follow = async (body: string) => {
    const lines: string[] = [];
    const logFile = join(directory, 'logs', 'child.log');
    const result = await runner.follow(node, [script(body)], { logFile, onLine: (line) => lines.push(line) });
    return { result, lines, logFile };
  };

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'runner-'));
    signals = new EventEmitter();
    runner = new ExecaProcessRunner(new ProcessInterruption(signals));
  });

  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  describe('run()', () => {
    it('returns both outputs unchanged and the exit code', async () => {
      const path = script("process.stdout.write('out\\n\\n'); process.stderr.write('err\\n'); process.exitCode = 3;");
      expect(await runner.run(node, [path])).toEqual({
        stdout: 'out\n\n',
        stderr: 'err\n',
        exitCode: 3,
        signal: undefined,
      });
    });

    it('gives the child the environment it is given and nothing else', async () => {
      const path = script('process.stdout.write(JSON.stringify(process.env));');
      const { stdout } = await runner.run(node, [path], { env: { ONLY: 'this' } });
      expect(Object.keys(JSON.parse(stdout)).filter((name) => name !== '__CF_USER_TEXT_ENCODING')).toEqual(['ONLY']);
    });

    it('passes arguments through no shell', async () => {
      const path = script('process.stdout.write(JSON.stringify(process.argv.slice(2)));');
      const args = ['a b', '$HOME', '; exit 1', '"', '*'];
      expect(JSON.parse((await runner.run(node, [path, ...args])).stdout)).toEqual(args);
    });

    it('ends a child that would read from the terminal', async () => {
      const path = script("process.stdin.resume(); process.stdin.on('end', () => process.stdout.write('no input'));");
      expect((await runner.run(node, [path])).stdout).toBe('no input');
    });

    it('holds large output whole', async () => {
      const megabytes = 24;
      const path = script(
        `const block = 'x'.repeat(1024 * 1024); for (let i = 0; i < ${megabytes}; i += 1) process.stdout.write(block);`,
      );
      expect((await runner.run(node, [path])).stdout).toHaveLength(megabytes * 1024 * 1024);
    });

    it('reports the signal, and no exit code, of a killed child', async () => {
      const result = await runner.run(node, [script("process.kill(process.pid, 'SIGKILL');")]);
      expect([result.exitCode, result.signal]).toEqual([undefined, 'SIGKILL']);
    });

    it('ends by SIGTERM a child that takes too long', async () => {
      const result = await runner.run(node, [script('setInterval(() => {}, 1000);')], { timeoutMs: 300 });
      expect([result.exitCode, result.signal]).toEqual([undefined, 'SIGTERM']);
    });

    it('names a missing program', async () => {
      await expect(runner.run('no-such-program', ['x'])).rejects.toMatchObject({
        code: 'ToolMissing',
        exitCode: 5,
        message: 'no-such-program is not installed, or not on PATH',
      });
    });

    it('does not call a program missing when it is the working directory that is', async () => {
      await expect(runner.run(node, ['-v'], { cwd: join(directory, 'absent') })).rejects.toMatchObject({
        code: 'ToolNotStarted',
        message: expect.stringContaining('absent'),
      });
    });

    it('still runs what tidies up after an interrupt', async () => {
      signals.emit('SIGINT', 'SIGINT');
      expect((await runner.run(node, [script("process.stdout.write('tidy');")])).stdout).toBe('tidy');
    });
  });

  describe('follow()', () => {
    it('hands on lines in order, whatever the stream, and the last one without a line break', async () => {
      const { result, lines, logFile } = await follow(
        "import { writeSync } from 'node:fs'; writeSync(1, 'one\\ntwo\\r\\n'); writeSync(2, 'three\\n\\n'); writeSync(1, 'last');",
      );
      expect(lines).toEqual(['one', 'two', 'three', '', 'last']);
      expect(result).toEqual({ stdout: '', stderr: '', exitCode: 0, signal: undefined });
      expect(readFileSync(logFile, 'utf8')).toBe('one\ntwo\r\nthree\n\nlast');
    });

    it('hands on a line while the child still runs', async () => {
      const go = join(directory, 'go');
      const seen: string[] = [];
      const end = runner.follow(
        node,
        [
          script(
            `import { existsSync } from 'node:fs'; process.stdout.write('early\\npart'); const t = setInterval(() => { if (existsSync(${JSON.stringify(go)})) { clearInterval(t); process.stdout.write('ial\\n'); } }, 10);`,
          ),
        ],
        { logFile: join(directory, 'log'), onLine: (line) => seen.push(line) },
      );
      await until('early line', () => seen.length > 0);
      expect(seen).toEqual(['early']);
      writeFileSync(go, '');
      await end;
      expect(seen).toEqual(['early', 'partial']);
    });

    it('keeps characters and CRLF whole when a write ends inside them', async () => {
      const { lines } = await follow(`
        import { writeSync } from 'node:fs';
        const pause = () => new Promise((resolve) => setTimeout(resolve, 120));
        const bytes = Buffer.from('größe 日本 🚀\\r\\nnext\\r\\n');
        for (let i = 0; i < bytes.length; i += 7) { writeSync(1, bytes.subarray(i, i + 7)); await pause(); }
      `);
      expect(lines).toEqual(['größe 日本 🚀', 'next']);
    });

    it('loses none of many lines', async () => {
      const { lines } = await follow(
        "import { writeSync } from 'node:fs'; for (let i = 0; i < 200; i += 1) writeSync(1, Array.from({ length: 1000 }, (_, n) => 'line é ' + (i * 1000 + n) + '\\n').join(''));",
      );
      expect(lines).toHaveLength(200_000);
      expect(lines.every((line, index) => line === `line é ${index}`)).toBe(true);
    });

    it('appends to the log and hands on only what is new', async () => {
      const first = await follow("process.stdout.write('first\\n');");
      const second = await follow("process.stdout.write('second\\n');");
      expect(second.lines).toEqual(['second']);
      expect(readFileSync(first.logFile, 'utf8')).toBe('first\nsecond\n');
    });

    it('keeps the log from others, also one that they could read before', async () => {
      const { logFile } = await follow('');
      expect(statSync(logFile).mode & 0o777).toBe(0o600);
      const open = join(directory, 'open.log');
      writeFileSync(open, '', { mode: 0o644 });
      await runner.follow(node, [script('')], { logFile: open, onLine: () => {} });
      expect(statSync(open).mode & 0o777).toBe(0o600);
    });

    it('starts nothing after an interrupt', async () => {
      signals.emit('SIGTERM', 'SIGTERM');
      const started = join(directory, 'started');
      await expect(
        follow(`import { writeFileSync } from 'node:fs'; writeFileSync(${JSON.stringify(started)}, '');`),
      ).rejects.toMatchObject({ code: 'Interrupted', exitCode: 130 });
      expect(existsSync(started)).toBe(false);
    });

    it('waits for the child when the listener fails, then fails the same way', async () => {
      const finished = join(directory, 'finished');
      const path = script(
        `import { writeFileSync } from 'node:fs'; process.stdout.write('x\\n'); setTimeout(() => writeFileSync(${JSON.stringify(finished)}, ''), 300);`,
      );
      await expect(
        runner.follow(node, [path], {
          logFile: join(directory, 'log'),
          onLine: () => {
            throw new Error('reporter broke');
          },
        }),
      ).rejects.toThrow('reporter broke');
      expect(existsSync(finished)).toBe(true);
    });

    it('reports the signal, and no exit code, of a killed child', async () => {
      const { result } = await follow("process.kill(process.pid, 'SIGKILL');");
      expect([result.exitCode, result.signal]).toEqual([undefined, 'SIGKILL']);
    });

    it('names a missing program', async () => {
      const options = { logFile: join(directory, 'log'), onLine: () => {} };
      await expect(runner.follow('no-such-program', [], options)).rejects.toMatchObject({ code: 'ToolMissing' });
    });

    it('says which log cannot be written', async () => {
      writeFileSync(join(directory, 'file'), '');
      const options = { logFile: join(directory, 'file', 'log'), onLine: () => {} };
      await expect(runner.follow(node, [], options)).rejects.toMatchObject({
        code: 'LogFileUnwritable',
        message: expect.stringContaining(join(directory, 'file', 'log')),
      });
    });
  });

  describe('inForeground()', () => {
    const inForeground = (body: string, env: NodeJS.ProcessEnv = {}) =>
      runner.inForeground(node, [script(body), directory], { env });

    it('gives the command the environment it is given, and tells how it ended', async () => {
      const body =
        "import { writeFileSync } from 'node:fs'; writeFileSync(process.argv[2] + '/env', process.env.ONLY);";
      expect(await inForeground(body, { ONLY: 'this' })).toMatchObject({ exitCode: 0, signal: undefined });
      expect(readFileSync(join(directory, 'env'), 'utf8')).toBe('this');
      expect(await inForeground('process.exitCode = 7;')).toMatchObject({ exitCode: 7 });
      expect(await inForeground("process.kill(process.pid, 'SIGKILL');")).toMatchObject({
        exitCode: undefined,
        signal: 'SIGKILL',
      });
    });

    it('starts nothing after an interrupt', async () => {
      signals.emit('SIGINT', 'SIGINT');
      await expect(inForeground('')).rejects.toMatchObject({ code: 'Interrupted' });
    });

    it('names a missing program', async () => {
      await expect(runner.inForeground('no-such-program', [], { env: {} })).rejects.toMatchObject({
        code: 'ToolMissing',
        exitCode: 5,
      });
    });

    it('tells why a file that is no program cannot be started', async () => {
      await expect(runner.inForeground(directory, [], { env: {} })).rejects.toMatchObject({
        code: 'ToolNotStarted',
        exitCode: 5,
      });
    });
  });

  describe('locate()', () => {
    const place = (folder: string, mode: number): string => {
      mkdirSync(join(directory, folder), { recursive: true });
      const path = join(directory, folder, 'tool');
      writeFileSync(path, '', { mode });
      return path;
    };

    it('lists the executables of a name in the order of PATH', async () => {
      const first = place('z', 0o755);
      const second = place('a', 0o755);
      place('not-executable', 0o644);
      mkdirSync(join(directory, 'folder', 'tool'), { recursive: true });
      const path = ['not-executable', 'folder', 'absent', 'z', 'a', 'z'].map((name) => join(directory, name));
      expect(await runner.locate('tool', { PATH: path.join(delimiter) })).toEqual([first, second]);
    });

    it('finds nothing in an empty or relative PATH', async () => {
      expect(await runner.locate('tool', {})).toEqual([]);
      expect(await runner.locate('package.json', { PATH: '.' })).toEqual([]);
    });
  });

  describe('spawnDetached()', () => {
    it('returns at once, and the child writes to its log in a group of its own', async () => {
      const logFile = join(directory, 'log');
      writeFileSync(logFile, 'of an earlier run\n');
      const { pid, ended } = await runner.spawnDetached(
        node,
        [script("console.log('up'); setInterval(() => {}, 1000);")],
        { logFile },
      );
      try {
        await until('output in the log', () => readFileSync(logFile, 'utf8') === 'up\n');
      } finally {
        // A negative id names the process group: it exists only if the child leads one.
        process.kill(-pid, 'SIGKILL');
      }
      expect((await ended).signal).toBe('SIGKILL');
      expect(isAlive(pid)).toBe(false);
    });

    it('says how a child ended that ended at once', async () => {
      const { ended } = await runner.spawnDetached(node, [script('process.exitCode = 4;')], {
        logFile: join(directory, 'log'),
      });
      expect(await ended).toMatchObject({ exitCode: 4 });
    });

    it('names a missing program', async () => {
      const options = { logFile: join(directory, 'log') };
      await expect(runner.spawnDetached('no-such-program', [], options)).rejects.toMatchObject({ code: 'ToolMissing' });
    });
  });
});
