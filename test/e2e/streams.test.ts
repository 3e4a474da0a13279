import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EXIT_CODES } from '../../src/domain/exit-codes.js';
import { CommandLine } from './support/command-line.js';
import { smallProject, type TemporaryProject } from './support/project.js';

/** Data to stdout, everything else to stderr, whatever either of them is. */
let project: TemporaryProject;
let mhtctl: CommandLine;

beforeAll(async () => {
  project = await smallProject();
  mhtctl = new CommandLine(project);
  await mhtctl.startEmulator();
  await mhtctl.run(['bootstrap', 'alpha', '--yes']);
});
afterAll(async () => {
  await mhtctl.stopEmulator();
  await project.dispose();
});

describe('stdout', () => {
  it('holds one JSON document when it is redirected at a terminal, where the progress is animated', async () => {
    const file = join(project.root, 'plan.json');
    const { exitCode, stdout } = await mhtctl.atTerminal(['plan', 'alpha', '--json'], [], `> ${file}`);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('Pre-flight');
    expect(JSON.parse(await readFile(file, 'utf8')).environment).toBe('alpha');
  });

  it.each([
    { args: ['status', '--json', '--nonsense'], exitCode: 2 },
    { args: ['stattus', '--json'], exitCode: 2 },
    { args: ['plan', 'nowhere', '--json'], exitCode: 2 },
    { args: ['doctor', '--json'], exitCode: 0 },
    { args: ['local', 'status', '--json'], exitCode: 0 },
  ])('holds one JSON document for $args', async ({ args, exitCode }) => {
    const run = await mhtctl.run(args);
    expect(run.exitCode).toBe(exitCode);
    expect(JSON.parse(run.stdout)).toEqual(expect.any(Object));
  });

  it('that is read no further is no failure', async () => {
    const code = join(project.root, 'code');
    await mhtctl.redirected(['status', '--help'], `; echo $? > ${code}) | true`, '(');
    expect(await readFile(code, 'utf8')).toBe('0\n');
  });

  it('has no colour where it is no terminal, nor at one with --no-color', async () => {
    const { stdout, stderr } = await mhtctl.run(['plan', 'alpha'], { FORCE_COLOR: undefined });
    expect(`${stdout}${stderr}`).not.toContain('\u001B[');
    const plain = await mhtctl.atTerminal(['status', '--no-color'], []);
    expect(plain.stdout).not.toContain('\u001B[');
  });
});

describe('the first page of help', () => {
  it('lists the exit codes, as the table has them', async () => {
    const { stdout } = await mhtctl.run(['--help']);
    const text = stdout.replace(/\s+/g, ' ');
    for (const { code, meaning } of Object.values(EXIT_CODES)) expect(text).toContain(`${code} ${meaning}`);
  });
});

describe('stderr', () => {
  it('that cannot be written stops no deployment', async () => {
    // Where there is no device that is always full, a closed stderr stands for it.
    const { exitCode } = await mhtctl.redirected(
      ['deploy', 'alpha', '--yes'],
      existsSync('/dev/full') ? '2> /dev/full' : '2>&-',
    );
    expect(exitCode).toBe(0);
    expect(await readdir(join(project.root, '.mhtctl', 'environments', 'alpha', 'plans'))).toEqual([]);
  });
});

describe('arguments after --', () => {
  it('reach Terraform as they stand, also repeated ones', async () => {
    const targets = ['-target', 'terraform_data.quick', '-target', 'terraform_data.slow'];
    const { exitCode, stderr } = await mhtctl.run(['terraform', 'alpha', '--', 'plan', ...targets]);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
  });

  it('are asked for where there are none', async () => {
    const { exitCode, stderr } = await mhtctl.run(['terraform', 'alpha']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('mhtctl terraform alpha -- state list');
  });
});
