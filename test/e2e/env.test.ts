import { execFileSync, spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { until } from '../support/condition.js';
import { HOSTILE } from '../support/hostile-values.js';
import { CommandLine } from './support/command-line.js';
import { smallProject, type TemporaryProject } from './support/project.js';

/** An application whose variables are as bad as they can be, in one environment; its other one has a secret. */
let project: TemporaryProject;
let mhtctl: CommandLine;

const VALUES = Object.fromEntries([
  ...HOSTILE.map(([, value], index) => [`VALUE_${index}`, value] as const),
  ['ENVIRONMENT', 'alpha'],
]);
const OUTPUTS = (sensitive: boolean) => `
output "application_environment" {
  value     = jsondecode(file("values.json"))
  sensitive = ${sensitive}
}
`;

beforeAll(async () => {
  project = await smallProject();
  mhtctl = new CommandLine(project);
  await mhtctl.startEmulator();
  for (const name of ['alpha', 'omega']) {
    await project.write('values.json', JSON.stringify({ ...VALUES, ENVIRONMENT: name }));
    await project.write('outputs.tf', OUTPUTS(name === 'omega'));
    for (const command of ['bootstrap', 'deploy']) {
      const { exitCode, stderr } = await mhtctl.run([command, name, '--confirm', name]);
      if (exitCode !== 0) throw new Error(stderr);
    }
  }
}, 600_000);
afterAll(async () => {
  await mhtctl.stopEmulator();
  await project.dispose();
});

/** Those that this machine has. */
const SHELLS = ['sh', 'dash', 'bash', 'zsh', 'ksh'].filter(
  (shell) => spawnSync('sh', ['-c', `command -v ${shell}`]).status === 0,
);
const PRINT = 'process.stdout.write(JSON.stringify(process.env))';
const ofUs = (variables: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(variables).filter(([name]) => name in VALUES));

describe('the variables', () => {
  it.each(SHELLS)('are taken in by %s, whatever they hold', async (shell) => {
    const line = `eval "$("$0" "$1" env alpha)" && exec "$0" -e '${PRINT}'`;
    const bin = join(import.meta.dirname, '../../bin/run.js');
    const { exitCode, stdout, stderr } = await mhtctl.by(shell, ['-c', line, process.execPath, bin], project.root);
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(ofUs(JSON.parse(stdout))).toEqual(VALUES);
  });

  it('are taken in by Node.js from a dotenv file', async () => {
    const { exitCode, stdout } = await mhtctl.run(['env', 'alpha', '--format', 'dotenv']);
    expect(exitCode).toBe(0);
    const file = join(project.root, '.env');
    await writeFile(file, stdout);
    const read = execFileSync(process.execPath, [`--env-file=${file}`, '-e', PRINT], { encoding: 'utf8', env: {} });
    expect(JSON.parse(read)).toEqual(VALUES);
  });

  it('are the one document that --json and --format json print', async () => {
    const [flag, format] = await Promise.all([
      mhtctl.run(['env', 'alpha', '--json']),
      mhtctl.run(['env', 'alpha', '--format', 'json']),
    ]);
    expect(JSON.parse(flag.stdout)).toEqual(VALUES);
    expect(JSON.parse(format.stdout)).toEqual(VALUES);
  });

  it('stand between delimiters that nobody can guess for a GitHub job', async () => {
    const delimiters = await Promise.all(
      [1, 2].map(async () => {
        const { stdout } = await mhtctl.run(['env', 'alpha', '--format', 'github']);
        return /^ENVIRONMENT<<(\S{30,})\nalpha\n\1$/m.exec(stdout)?.[1];
      }),
    );
    expect(delimiters[0]).toBeDefined();
    expect(delimiters[0]).not.toBe(delimiters[1]);
  });
});

describe('sensitive variables', () => {
  const SECRET = VALUES['VALUE_0'] as string;

  it('are told nobody who does not say --reveal', async () => {
    const { exitCode, stdout, stderr } = await mhtctl.run(['env', 'omega']);
    expect([exitCode, stdout]).toEqual([4, '']);
    expect(stderr).toContain('mhtctl env omega --reveal');
    expect(stderr).not.toContain(SECRET);
    expect((await mhtctl.run(['env', 'omega', '--', 'true'])).exitCode).toBe(4);
  });

  it('are told who says it, and masked in the log of a GitHub job', async () => {
    const shown = await mhtctl.run(['env', 'omega', '--reveal', '--format', 'github']);
    expect(shown.stdout).toContain(SECRET);
    expect(shown.stdout).not.toContain('::add-mask::');
    expect(shown.stderr).toContain(`::add-mask::${SECRET}\n`);
    const open = await mhtctl.run(['env', 'alpha', '--format', 'github']);
    expect(open.stderr).not.toContain('::add-mask::');
  });
});

describe('a command', () => {
  it('runs with them, its streams and words its own', async () => {
    const words = ['-e', 'console.log(process.env.ENVIRONMENT, process.argv[1])', '--', '--json'];
    const { exitCode, stdout, stderr } = await mhtctl.run(['env', 'alpha', '--', process.execPath, ...words]);
    expect([exitCode, stdout, stderr]).toEqual([0, 'alpha --json\n', '']);
  });

  it.each([
    [['sh', '-c', 'exit 3'], 5, 'sh ended with code 3'],
    [['sh', '-c', 'kill -9 $$'], 5, 'sh was ended by SIGKILL'],
    [['no-such-program'], 5, 'ToolMissing'],
    [['./terraform/main.tf'], 5, 'ToolNotStarted'],
    [[], 2, 'no command stands after --'],
  ])('%j ends mhtctl with %i', async (command, code, said) => {
    const { exitCode, stderr } = await mhtctl.run(['env', 'alpha', '--', ...command]);
    expect(exitCode).toBe(code);
    expect(stderr).toContain(said);
  });

  it.each(['--json', '--format=shell'])('is not run where %s asks for the variables themselves', async (flag) => {
    const file = join(project.root, 'touched');
    const { exitCode } = await mhtctl.run(['env', 'alpha', flag, '--', 'touch', file]);
    expect(exitCode).toBe(2);
    await expect(readFile(file)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('gets a Ctrl-C at a terminal once, and mhtctl ends with 130', async () => {
    const script = 'trap "echo GOT; exit 9" INT; echo READY; while :; do sleep 0.05; done';
    const { exitCode, stdout } = await mhtctl.atTerminal(
      ['env', 'alpha', '--', 'sh', '-c', script],
      [['READY', '\u0003']],
    );
    expect(stdout.match(/GOT/g)).toHaveLength(1);
    expect(exitCode).toBe(130);
  });

  it('gets the SIGTERM that mhtctl gets', async () => {
    const ready = join(project.root, 'ready');
    const script = `trap "exit 0" TERM; touch ${ready}; while :; do sleep 0.05; done`;
    const { child, ended } = mhtctl.start(['env', 'alpha', '--', 'sh', '-c', script]);
    await until(
      'the command to run',
      () =>
        readFile(ready).then(
          () => true,
          () => false,
        ),
      20,
    );
    child.kill('SIGTERM');
    expect((await ended).exitCode).toBe(0);
  });
});

it.each([
  [['env', 'alhpa'], 2, 'alpha'],
  [['env', 'alpha', '--format', 'yaml'], 2, 'shell'],
])('%j ends with %i', async (args, code, said) => {
  const { exitCode, stdout, stderr } = await mhtctl.run(args);
  expect([exitCode, stdout]).toEqual([code, '']);
  expect(stderr).toContain(said);
});
