import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  initFingerprint,
  initialisedBackend,
  isInitialised,
  refuseMovedBackend,
  rememberInitialised,
} from '../../../../src/adapters/terraform/initialisation.js';
import type { Backend, Binding } from '../../../../src/domain/environment.js';
import { bindingOf, STAGING } from '../../../fakes/bindings.js';
import { failureOf } from '../../../fakes/failure.js';

let directory: string;
let binding: Binding;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'mhtctl-init-'));
  binding = bindingOf('staging', {
    configurationDir: directory,
    backendFile: join(directory, 'backend-staging.tfbackend'),
    dataDir: join(directory, '.data'),
  });
  await write({
    'main.tf': [
      'terraform {',
      '  required_version = ">= 1.11"',
      '  required_providers {',
      '    aws = {',
      '      source  = "hashicorp/aws"',
      '      version = "~> 5.100"',
      '    }',
      '    other = { version = "~> 1.0", source = "acme/other" }',
      '  }',
      '  backend "s3" {}',
      '}',
      'module "queues" {',
      '  source = "./modules/queues"',
      '  name   = "mht-api"',
      '}',
    ].join('\n'),
    'modules/queues/main.tf': 'resource "aws_sqs_queue" "this" {\n  name = "q"\n}\n',
    'extra.tf.json': '{\n  "module": {\n    "more": {\n      "source": "./modules/more"\n    }\n  }\n}\n',
    '.terraform.lock.hcl': 'provider "registry.terraform.io/hashicorp/aws" { version = "5.100.0" }',
    'backend-staging.tfbackend': 'bucket = "b"\n',
    'terraform.tfvars.staging': 'instance_count = 1\n',
    'tests/unit.tftest.hcl': 'run "x" {}\n',
    '.hidden/main.tf': 'module "x" { source = "./x" }\n',
  });
});

afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

async function write(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(directory, name)), { recursive: true });
    await writeFile(join(directory, name), text);
  }
}

const fingerprint = (version = '1.11.4') => initFingerprint(binding, version);
const BACKEND_STATE = JSON.stringify({
  version: 3,
  backend: { type: 's3', config: { bucket: 'b', key: 'k', region: 'us-east-1', encrypt: null }, hash: 1 },
});

describe('the fingerprint of what init depends on', () => {
  it('is the same as long as nothing changes', async () => {
    expect(await fingerprint()).toBe(await fingerprint());
    expect(await fingerprint()).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each<[string, Record<string, string>]>([
    ['the backend file', { 'backend-staging.tfbackend': 'bucket = "c"\n' }],
    [
      'the lock file',
      { '.terraform.lock.hcl': 'provider "registry.terraform.io/hashicorp/aws" { version = "5.101.0" }' },
    ],
    ['a new module', { 'more.tf': 'module "more" {\n  source = "./modules/queues"\n}\n' }],
    [
      'a provider of a nested module',
      {
        'modules/queues/versions.tf': 'terraform {\n required_providers {\n aws = { source = "hashicorp/aws" }\n}\n}\n',
      },
    ],
    ['a module source', { 'main.tf': 'module "queues" {\n  source = "./modules/other"\n}\n' }],
    [
      'a module source in JSON',
      { 'extra.tf.json': '{\n  "module": {\n    "more": {\n      "source": "./modules/other"\n    }\n  }\n}\n' },
    ],
  ])('depends on %s', async (_, files) => {
    const before = await fingerprint();
    await write(files);
    expect(await fingerprint()).not.toBe(before);
  });

  it.each([
    ['>= 1.11', '>= 1.12'],
    ['~> 5.100', '~> 6.0'],
    ['hashicorp/aws', 'acme/aws'],
    ['backend "s3"', 'backend "local"'],
    ['"~> 1.0", source', '"~> 2.0", source'],
    ['module "queues"', 'module "other"'],
  ])('depends on the configuration saying %s', async (from, to) => {
    const before = await fingerprint();
    await write({ 'main.tf': (await readFile(join(directory, 'main.tf'), 'utf8')).replace(from, to) });
    expect(await fingerprint()).not.toBe(before);
  });

  it('depends on the version of Terraform', async () => {
    expect(await fingerprint('1.12.0')).not.toBe(await fingerprint());
  });

  it.each<[string, Record<string, string>]>([
    ['a resource', { 'modules/queues/main.tf': 'resource "aws_sqs_queue" "this" {\n  name = "other"\n}\n' }],
    ['a value', { 'terraform.tfvars.staging': 'instance_count = 2\n' }],
    [
      'a test',
      { 'tests/unit.tftest.hcl': 'run "y" {}\n', 'tests/fixture/main.tf': 'module "x" {\n source = "./x"\n}\n' },
    ],
    ['a hidden directory', { '.hidden/main.tf': 'module "y" { source = "./y" }\n' }],
    ['another file', { 'README.md': 'source = "x"\n' }],
  ])('does not depend on %s', async (_, files) => {
    const before = await fingerprint();
    await write(files);
    expect(await fingerprint()).toBe(before);
  });

  it('may do without a lock file', async () => {
    const before = await fingerprint();
    await rm(join(directory, '.terraform.lock.hcl'));
    expect(await fingerprint()).not.toBe(before);
  });
});

describe('a data directory', () => {
  const backend = { ...STAGING.backend, bucket: 'b', key: 'k', region: 'us-east-1' };
  const data = (name: string) => join(binding.dataDir, name);
  const of = (its: Backend) => ({ backend: its, configurationDir: directory });

  async function initialised(): Promise<void> {
    await write({ '.data/terraform.tfstate': BACKEND_STATE, '.data/providers/x': '' });
    await rememberInitialised(binding.dataDir, 'print');
  }

  it('is ready with its fingerprint, its backend and its providers', async () => {
    await initialised();
    expect(await isInitialised(binding.dataDir, of(backend), 'print')).toBe(true);
  });

  it.each([
    ['was never made', () => rm(binding.dataDir, { recursive: true })],
    ['has lost its providers', () => rm(data('providers'), { recursive: true })],
    ['has lost its backend', () => rm(data('terraform.tfstate'))],
    ['was not remembered', () => rm(data('mhtctl-initialised'))],
    ['has a backend cut off', () => writeFile(data('terraform.tfstate'), BACKEND_STATE.slice(0, 40))],
  ])('is not ready when it %s', async (_, spoil) => {
    await initialised();
    await spoil();
    expect(await isInitialised(binding.dataDir, of(backend), 'print')).toBe(false);
  });

  it.each([
    ['fingerprint', {}, 'other'],
    ['bucket', { bucket: 'c' }, 'print'],
    ['key', { key: 'l' }, 'print'],
    ['region', { region: 'eu-west-1' }, 'print'],
  ])('is not ready for another %s', async (_, parts, print) => {
    await initialised();
    expect(await isInitialised(binding.dataDir, of({ ...backend, ...parts }), print)).toBe(false);
  });

  it('needs no providers when the lock file names none', async () => {
    await initialised();
    await rm(data('providers'), { recursive: true });
    await write({ '.terraform.lock.hcl': '# none\n' });
    expect(await isInitialised(binding.dataDir, of(backend), 'print')).toBe(true);
  });

  it('is made when it is remembered', async () => {
    await rememberInitialised(data('deep/er'), 'print');
    expect(await readdir(data('deep/er'))).toEqual(['mhtctl-initialised']);
  });

  it('tells the backend it was initialised for', async () => {
    await write({ '.data/terraform.tfstate': BACKEND_STATE });
    expect(await initialisedBackend(binding.dataDir)).toEqual({ bucket: 'b', key: 'k', region: 'us-east-1' });
  });

  it.each([
    ['there is no file', undefined],
    ['the file is empty', ''],
    ['the file is cut off', BACKEND_STATE.slice(0, -1)],
    ['the file is null', 'null'],
    ['the file names no backend', '{"version":3}'],
  ])('tells no backend when %s', async (_, text) => {
    if (text !== undefined) await write({ '.data/terraform.tfstate': text });
    expect(await initialisedBackend(binding.dataDir)).toBeNull();
  });
});

describe('a backend that moved', () => {
  it.each([
    ['bucket', { bucket: 'old' }],
    ['key', { key: 'old' }],
    ['region', { region: 'eu-west-1' }],
  ])('to another %s is refused, both named', async (_, parts) => {
    const known = { ...STAGING.backend, ...parts };
    const failure = await failureOf(() => refuseMovedBackend(STAGING, known));
    expect(failure).toMatchObject({ code: 'BackendMoved', exitCode: 2 });
    expect(failure.message).toContain(`s3://${known.bucket}/${known.key} (${known.region}) until now`);
    expect(failure.message).toContain('s3://mht-api-terraform-state-staging/staging/terraform.tfstate (us-east-1)');
    expect(failure.nextSteps.join('\n')).toContain(STAGING.dataDir);
  });

  it.each([null, STAGING.backend])('is none when it was %j', (known) => {
    expect(() => refuseMovedBackend(STAGING, known)).not.toThrow();
  });
});
