import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { build } from 'esbuild';
import { MotoEmulator } from '../../../src/adapters/emulator/moto-emulator.js';
import { motoServerOnPath } from '../../../src/adapters/emulator/moto-server-location.js';
import { ExecaProcessRunner } from '../../../src/adapters/process/execa-process-runner.js';
import { ProcessInterruption } from '../../../src/adapters/process/interruption.js';
import { closeServer, freePort, listenOnLoopback } from '../../support/loopback.js';
import { FakePrograms } from './fake-programs.js';

jest.setTimeout(60_000);

const fixtures = fileURLToPath(new URL('fixtures/', import.meta.url));
const noAnnouncement = (message: string) => {
  throw new Error(`nothing was to be announced, but: ${message}`);
};

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('the local AWS emulator', () => {
  let directory: string;
  let programs: FakePrograms;
  let signals: EventEmitter;
  let interruption: ProcessInterruption;
  let runner: ExecaProcessRunner;
  let emulator: MotoEmulator;
  let realServer: string;
  const bundleDirectory = mkdtempSync(join(tmpdir(), 'starter-'));
  const starter = join(bundleDirectory, 'starter.mjs');

  const emulatorWith = (env: NodeJS.ProcessEnv, stopDeadlineMs?: number) =>
    new MotoEmulator({
      runner,
      env,
      privateDir: directory,
      signal: interruption.signal,
      ...(stopDeadlineMs === undefined ? {} : { stopDeadlineMs }),
    });
  const recordFile = () => join(directory, 'local', 'emulator.json');
  const writeRecord = (record: object) => {
    mkdirSync(join(directory, 'local'), { recursive: true });
    writeFileSync(recordFile(), JSON.stringify(record));
  };
  const answers = (endpoint: string) =>
    fetch(`${endpoint}/moto-api/data.json`).then(
      (response) => response.ok,
      () => false,
    );

  beforeAll(async () => {
    const found = await motoServerOnPath(
      new ExecaProcessRunner(new ProcessInterruption(new EventEmitter())),
      process.env,
    );
    if (found === null) throw new Error("these tests need moto 5 on PATH: pip install 'moto[server]==5.2.1'");
    realServer = found;
    await build({
      entryPoints: [join(fixtures, 'starter.ts')],
      outfile: starter,
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
    directory = mkdtempSync(join(tmpdir(), 'emulator-'));
    programs = new FakePrograms(join(directory, 'path'));
    signals = new EventEmitter();
    interruption = new ProcessInterruption(signals);
    runner = new ExecaProcessRunner(interruption);
    emulator = emulatorWith(process.env);
  });

  afterEach(async () => {
    await emulator.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  describe('started', () => {
    it('answers as AWS, is current, and is gone after a stop', async () => {
      const port = await freePort();
      const { instance, started } = await emulator.start({ port, announce: noAnnouncement });
      expect(started).toBe(true);
      expect(instance).toMatchObject({
        endpoint: `http://127.0.0.1:${port}`,
        logFile: join(directory, 'local', 'emulator.log'),
      });
      expect(Math.abs(Date.now() - Date.parse(instance.startedAt))).toBeLessThan(60_000);
      expect(await emulator.current()).toEqual(instance);
      expect(readFileSync(instance.logFile, 'utf8')).toContain(String(port));

      expect(await emulator.stop()).toBe(true);
      expect(isAlive(instance.pid)).toBe(false);
      expect(await answers(instance.endpoint)).toBe(false);
      expect(existsSync(recordFile())).toBe(false);
      expect(await emulator.current()).toBeNull();
      expect(await emulator.stop()).toBe(false);
    });

    it('is recorded as the process that serves, not as a shim of it', async () => {
      const { instance } = await emulator.start({ port: await freePort(), announce: noAnnouncement });
      process.kill(instance.pid, 'SIGKILL');
      await expect(
        (async () => {
          while (await answers(instance.endpoint)) await new Promise((resolve) => setTimeout(resolve, 20));
          return 'gone';
        })(),
      ).resolves.toBe('gone');
      expect(await emulator.current()).toBeNull();
    });

    it('twice is started once', async () => {
      const first = await emulator.start({ port: await freePort(), announce: noAnnouncement });
      const second = await emulatorWith(process.env).start({ port: await freePort(), announce: noAnnouncement });
      expect(second).toEqual({ instance: first.instance, started: false });
    });

    it('by several processes at once is one emulator', async () => {
      const port = await freePort();
      const outputs = await Promise.all(
        [1, 2, 3].map(async () => (await runner.run(process.execPath, [starter, directory, String(port)])).stdout),
      );
      const outcomes = outputs.map((output) => JSON.parse(output));
      expect(outcomes.filter(({ started }) => started)).toHaveLength(1);
      expect(new Set(outcomes.map(({ instance }) => instance.pid)).size).toBe(1);
      expect(await emulator.current()).toEqual(outcomes[0].instance);
    });

    it('outlives the mhtctl that started it, and its Ctrl-C', async () => {
      const port = await freePort();
      const mhtctl = spawn(process.execPath, [starter, directory, String(port)], { stdio: 'ignore', detached: true });
      const code = await new Promise((resolve) => mhtctl.on('close', resolve));
      expect(code).toBe(0);
      const instance = await emulator.current();
      expect(instance).not.toBeNull();
      // The terminal's Ctrl-C goes to the group that mhtctl led; nothing of the emulator may be left in it.
      expect(() => process.kill(-(mhtctl.pid ?? 0), 'SIGINT')).toThrow('ESRCH');
      expect(await emulator.current()).toEqual(instance);
    });

    it('again after its holder of the lock died', async () => {
      mkdirSync(join(directory, 'local'), { recursive: true });
      const dead = spawn(process.execPath, ['-e', '']);
      await new Promise((resolve) => dead.on('close', resolve));
      writeFileSync(join(directory, 'local', 'emulator.lock'), JSON.stringify({ pid: dead.pid, token: 'x' }));
      expect(await emulator.start({ port: await freePort(), announce: noAnnouncement })).toMatchObject({
        started: true,
      });
    });
  });

  describe('is not started', () => {
    const refusal = async (subject: MotoEmulator, port: number) => {
      const failure = await subject.start({ port, announce: () => {} }).then(
        () => ({ code: 'started' }),
        (error) => error,
      );
      expect(existsSync(recordFile())).toBe(false);
      return failure;
    };

    it('on a port that something else has', async () => {
      const other = createServer((_, response) => response.end('hello'));
      const port = await listenOnLoopback(other);
      const failure = await refusal(emulator, port);
      await closeServer(other);
      expect(failure).toMatchObject({
        code: 'PortTaken',
        exitCode: 5,
        message: expect.stringContaining(`port ${port} `),
      });
      const suggested = Number(/^mhtctl local up --port (\d+)$/.exec(failure.nextSteps[0])?.[1]);
      expect(suggested).toBeGreaterThan(port);
    });

    it('when the server ends at once, which is said with the end of its log', async () => {
      programs.addMotoServer();
      programs.add('python3', '[ "$1" = -c ] && echo 5.0.1 && exit 0\necho "no module named moto" >&2\nexit 1');
      const failure = await refusal(emulatorWith({ PATH: programs.directory }), await freePort());
      expect(failure).toMatchObject({
        code: 'EmulatorNotStarted',
        exitCode: 5,
        message: expect.stringMatching(/ended with 1.*\nno module named moto/s),
      });
    });

    it('when mhtctl is interrupted while it comes up', async () => {
      programs.addMotoServer();
      const pidFile = join(directory, 'pid');
      programs.add(
        'python3',
        `[ "$1" = -c ] && echo 5.0.1 && exit 0\necho $$ > '${pidFile}'\nwhile :; do /bin/sleep 1; done`,
      );
      const failing = refusal(emulatorWith({ PATH: programs.directory }), await freePort());
      while (!existsSync(pidFile) || readFileSync(pidFile, 'utf8') === '') {
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      signals.emit('SIGINT', 'SIGINT');
      expect(await failing).toMatchObject({ code: 'Interrupted', exitCode: 130 });
      expect(isAlive(Number(readFileSync(pidFile, 'utf8')))).toBe(false);
    });

    it('where its record cannot be written', async () => {
      writeFileSync(join(directory, 'local'), 'a file where the directory should be');
      expect(await refusal(emulator, await freePort())).toMatchObject({ code: 'PrivateFileUnwritable', exitCode: 5 });
      rmSync(join(directory, 'local'));
    });

    it('where nothing can provide it', async () => {
      expect(await refusal(emulatorWith({ PATH: programs.directory }), await freePort())).toMatchObject({
        code: 'EmulatorMissing',
        exitCode: 5,
        nextSteps: expect.arrayContaining(["pip install 'moto[server]==5.2.1'"]),
      });
    });
  });

  describe('on record', () => {
    let bystander: ChildProcess;

    beforeEach(() => {
      bystander = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore', detached: true });
    });

    afterEach(async () => {
      const gone = new Promise((resolve) => bystander.on('close', resolve));
      bystander.kill('SIGKILL');
      await gone;
    });

    it('under an id that another process has by now is none, and that process is left alone', async () => {
      const answering = createServer((_, response) => response.end('{"batch":{}}'));
      const endpoint = `http://127.0.0.1:${await listenOnLoopback(answering)}`;
      writeRecord({ pid: bystander.pid, endpoint, logFile: 'x', startedAt: new Date().toISOString() });
      expect(await emulator.current()).toBeNull();
      expect(await emulator.stop()).toBe(false);
      await closeServer(answering);
      expect(existsSync(recordFile())).toBe(false);
      expect(isAlive(bystander.pid ?? 0)).toBe(true);
    });

    it.each([0, -1, 1, 1.5, '12', null])('with the impossible id %p is none', async (pid) => {
      writeRecord({ pid, endpoint: 'http://127.0.0.1:1', logFile: 'x', startedAt: 'x' });
      expect(await emulator.current()).toBeNull();
      expect(await emulator.stop()).toBe(false);
    });

    it('illegibly is none', async () => {
      mkdirSync(join(directory, 'local'), { recursive: true });
      writeFileSync(recordFile(), '{"pid": 12');
      expect(await emulator.current()).toBeNull();
    });

    it('but not answering is none, and is still stopped', async () => {
      const { instance } = await emulator.start({ port: await freePort(), announce: noAnnouncement });
      writeRecord({ ...instance, endpoint: `http://127.0.0.1:${await freePort()}` });
      expect(await emulator.current()).toBeNull();
      expect(await emulator.stop()).toBe(true);
      expect(isAlive(instance.pid)).toBe(false);
    });
  });

  it('is killed when it does not end when asked', async () => {
    programs.addMotoServer();
    programs.add(
      'python3',
      `[ "$1" = -c ] && echo 5.0.1 && exit 0\nexec '${process.execPath}' '${join(fixtures, 'stubborn-server.mjs')}' "$@"`,
    );
    const stubborn = emulatorWith({ PATH: programs.directory }, 300);
    const { instance } = await stubborn.start({ port: await freePort(), announce: noAnnouncement });
    expect(await stubborn.stop()).toBe(true);
    expect(isAlive(instance.pid)).toBe(false);
  });

  describe('where no moto 5 is on PATH', () => {
    const announced: string[] = [];
    const start = async () => {
      const port = await freePort();
      const subject = emulatorWith({ PATH: programs.directory });
      return { port, ...(await subject.start({ port, announce: (message) => announced.push(message) })) };
    };
    /** What pip would have installed: it starts the real server. */
    const installingPython = () =>
      programs.add(
        'python3',
        `case "$1 $2" in
'-m venv')
  /bin/mkdir -p "$3/bin"
  /bin/cat > "$3/bin/python" <<'PYTHON'
#!/bin/sh
echo "venv-python $*" >> '${programs.directory}/calls'
[ -e '${programs.directory}/offline' ] && echo 'no index can be reached' >&2 && exit 1
printf '#!/bin/sh\\nexec %s "$@"\\n' '${realServer}' > "\${0%python}moto_server"
/bin/chmod 755 "\${0%python}moto_server"
PYTHON
  /bin/chmod 755 "$3/bin/python" ;;
*) exit 64 ;;
esac`,
      );

    beforeEach(() => {
      announced.length = 0;
    });

    it('is run by uvx, and stopped together with what uvx started', async () => {
      const uvx = programs.add('uvx', `[ "$4" = --help ] && exit 0\nshift 3\n'${realServer}' "$@" &\nwait`);
      const { port, instance } = await start();
      expect(announced).toEqual([expect.stringContaining(uvx)]);
      expect(programs.calls()).toEqual([
        'uvx --from moto[server]==5.2.1 moto_server --help',
        `uvx --from moto[server]==5.2.1 moto_server -H 127.0.0.1 -p ${port}`,
      ]);
      expect(await emulator.current()).toEqual(instance);
      expect(await emulator.stop()).toBe(true);
      expect(await answers(instance.endpoint)).toBe(false);
    });

    it('is not taken from a moto of another major version', async () => {
      programs.addMotoServer();
      programs.add('python3', 'echo 4.2.14');
      programs.add('uvx', 'echo "no network" >&2\nexit 2');
      await expect(start()).rejects.toMatchObject({
        code: 'EmulatorNotInstalled',
        message: expect.stringContaining('no network'),
      });
    });

    it('is installed once into a virtual environment', async () => {
      installingPython();
      const venv = join(directory, 'cache', 'moto-5.2.1');
      const first = await start();
      expect(first.started).toBe(true);
      expect(announced).toEqual([expect.stringContaining(venv)]);
      const install = [
        `python3 -m venv ${venv}`,
        'venv-python -m pip install --disable-pip-version-check moto[server]==5.2.1',
      ];
      expect(programs.calls()).toEqual(install);
      await emulator.stop();
      await start();
      expect(programs.calls()).toEqual(install);
    });

    it('is installed again after an installation that broke off', async () => {
      installingPython();
      writeFileSync(join(programs.directory, 'offline'), '');
      await expect(start()).rejects.toMatchObject({
        code: 'EmulatorNotInstalled',
        message: expect.stringContaining('no index can be reached'),
      });
      expect(existsSync(join(directory, 'cache', 'moto-5.2.1'))).toBe(false);
      rmSync(join(programs.directory, 'offline'));
      // What a killed mhtctl leaves: the directory, without the mark that it is complete.
      mkdirSync(join(directory, 'cache', 'moto-5.2.1', 'bin'), { recursive: true });
      writeFileSync(join(directory, 'cache', 'moto-5.2.1', 'bin', 'moto_server'), '', { mode: 0o755 });
      expect(await start()).toMatchObject({ started: true });
    });
  });
});
