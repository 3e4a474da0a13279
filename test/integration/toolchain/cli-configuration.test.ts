import { EventEmitter } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ExecaProcessRunner } from '../../../src/adapters/process/execa-process-runner.js';
import { ProcessInterruption } from '../../../src/adapters/process/interruption.js';
import { LocalToolchain } from '../../../src/adapters/toolchain/local-toolchain.js';
import { terraformPlatform } from '../../../src/adapters/toolchain/terraform-platform.js';

const named = terraformPlatform(process.platform, process.arch);
const here = `${named?.os}_${named?.arch}`;
const provider = ['registry.terraform.io', 'hashicorp', 'aws'];

describe("mhtctl's own CLI configuration of Terraform", () => {
  let directory: string;
  const within = (...names: string[]) => join(directory, ...names);
  const file = (...names: string[]) => {
    mkdirSync(dirname(within(...names)), { recursive: true });
    writeFileSync(within(...names), '');
    return within(...names);
  };

  const configure = (env: NodeJS.ProcessEnv = {}) => {
    const interruption = new ProcessInterruption(new EventEmitter());
    return new LocalToolchain({
      runner: new ExecaProcessRunner(interruption),
      env,
      privateDir: within('private'),
      signal: interruption.signal,
      homeDir: within('home'),
      addOnRoot: within('opt'),
    }).cliConfiguration();
  };

  const written = () => readFileSync(within('private', 'terraform.rc'), 'utf8');

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'mirror-'));
  });

  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  it('names a mirror among the add-on packages, for the AWS provider only', async () => {
    file('opt', 'plugins', ...provider, '5.100.0', here, 'terraform-provider-aws_v5.100.0_x5');
    file('opt', 'another-package', 'README');
    expect(await configure()).toEqual({ TF_CLI_CONFIG_FILE: within('private', 'terraform.rc') });
    expect(written()).toContain(`filesystem_mirror {
    path    = "${within('opt', 'plugins')}"
    include = ["registry.terraform.io/hashicorp/aws"]
  }
  direct {
    exclude = ["registry.terraform.io/hashicorp/aws"]
  }`);
  });

  it('names a mirror of packed providers', async () => {
    file('opt', 'packed', ...provider, `terraform-provider-aws_5.100.0_${here}.zip`);
    await configure();
    expect(written()).toContain(within('opt', 'packed'));
  });

  it("names the project's own mirror where no package has one", async () => {
    file('private', 'cache', 'providers', ...provider, '5.100.0', here, 'terraform-provider-aws_v5.100.0_x5');
    await configure();
    expect(written()).toContain(within('private', 'cache', 'providers'));
  });

  it('passes over mirrors of other providers and other platforms', async () => {
    file('opt', 'a', 'registry.terraform.io', 'hashicorp', 'random', '3.0.0', here, 'x');
    file('opt', 'b', ...provider, '5.100.0', 'plan9_386', 'x');
    file('opt', 'c', ...provider, 'terraform-provider-aws_5.100.0_plan9_386.zip');
    file('opt', 'd', ...provider, 'index.json');
    expect(await configure()).toEqual({});
    file('opt', 'e', ...provider, '5.100.0', here, 'x');
    expect(await configure()).toHaveProperty('TF_CLI_CONFIG_FILE');
    expect(written()).toContain(`path    = "${within('opt', 'e')}"`);
  });

  it('is read by Terraform without a complaint, whatever the name of the directory', async () => {
    file('opt', 'we"ird \\ name', ...provider, '5.100.0', here, 'x');
    const env = { PATH: process.env['PATH'], CHECKPOINT_DISABLE: '1', ...(await configure()) };
    const runner = new ExecaProcessRunner(new ProcessInterruption(new EventEmitter()));
    expect(written()).toContain('we\\"ird \\\\ name"');
    const { stdout, stderr, exitCode } = await runner.run('terraform', ['version'], { env, cwd: directory });
    expect([exitCode, `${stdout}${stderr}`]).toEqual([0, expect.not.stringMatching(/warning|error/i)]);
    writeFileSync(within('private', 'terraform.rc'), 'provider_installation { nonsense }');
    const broken = await runner.run('terraform', ['version'], { env, cwd: directory });
    expect(`${broken.stdout}${broken.stderr}`).toMatch(/warning|error/i);
  });

  it('is written again only when it would change', async () => {
    file('opt', 'plugins', ...provider, '5.100.0', here, 'x');
    await configure();
    const first = statSync(within('private', 'terraform.rc'));
    await configure();
    expect(statSync(within('private', 'terraform.rc')).ino).toBe(first.ino);
    writeFileSync(within('private', 'terraform.rc'), 'changed by hand');
    await configure();
    expect(written()).toContain('filesystem_mirror');
  });

  describe('gives way', () => {
    beforeEach(() => {
      file('opt', 'plugins', ...provider, '5.100.0', here, 'x');
    });

    it.each([
      ['~/.terraformrc', ['home', '.terraformrc'], () => ({})],
      ['a .tfrc file', ['home', '.terraform.d', 'mirror.tfrc'], () => ({})],
      ['TF_CLI_CONFIG_FILE', ['elsewhere', 'rc'], () => ({ TF_CLI_CONFIG_FILE: within('elsewhere', 'rc') })],
      ['%APPDATA%/terraform.rc', ['appdata', 'terraform.rc'], () => ({ APPDATA: within('appdata') })],
    ])("to the user's own: %s", async (_, path, env) => {
      file(...path);
      expect(await configure(env())).toEqual({});
      expect(existsSync(within('private', 'terraform.rc'))).toBe(false);
    });

    it('to no file that is not there, and not to stored credentials', async () => {
      file('home', '.terraform.d', 'credentials.tfrc.json');
      expect(await configure({ TF_CLI_CONFIG_FILE: within('home', '.terraformrc') })).toEqual({
        TF_CLI_CONFIG_FILE: within('private', 'terraform.rc'),
      });
    });
  });

  it('says which file cannot be written', async () => {
    file('opt', 'plugins', ...provider, '5.100.0', here, 'x');
    file('private');
    await expect(configure()).rejects.toMatchObject({
      code: 'PrivateFileUnwritable',
      message: expect.stringContaining(within('private', 'terraform.rc')),
    });
  });

  it('is not needed where there is nothing to name', async () => {
    expect(await configure({ TF_CLI_CONFIG_FILE: within('absent') })).toEqual({});
  });
});
