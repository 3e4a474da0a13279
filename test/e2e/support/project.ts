import { execFileSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

/** The repository whose built command line is tested. */
export const REPOSITORY = join(import.meta.dirname, '..', '..', '..');

/** A repository of its own in a temporary directory, for a test to deploy from and to break. */
export interface TemporaryProject {
  readonly root: string;
  readonly configurationDir: string;
  read(file: string): Promise<string>;
  write(file: string, content: string): Promise<void>;
  /** Changes a file for the time of an action, then puts it back. Fails where the change changes nothing. */
  withFile(file: string, change: (text: string) => string, action: () => Promise<void>): Promise<void>;
  /** Commits everything; returns the commit's hash. */
  commit(message: string): string;
  dispose(): Promise<void>;
}

async function temporaryProject(fill: (configurationDir: string) => Promise<void>): Promise<TemporaryProject> {
  const root = await mkdtemp(join(tmpdir(), 'mhtctl-e2e-'));
  const configurationDir = join(root, 'terraform');
  await mkdir(configurationDir);
  await fill(configurationDir);
  await writeFile(join(root, '.gitignore'), '.mhtctl/\n.terraform/\nwait\nstarted\n');
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-C', root, '-c', 'user.name=test', '-c', 'user.email=test@example.com', ...args], {
      encoding: 'utf8',
      stdio: 'pipe',
    });
  const commit = (message: string): string => {
    git('add', '--all');
    git('commit', '--quiet', '--message', message);
    return git('rev-parse', 'HEAD').trim();
  };
  const read = (file: string) => readFile(join(configurationDir, file), 'utf8');
  const write = (file: string, content: string) => writeFile(join(configurationDir, file), content);
  git('init', '--quiet');
  commit('start');
  return {
    root,
    configurationDir,
    read,
    write,
    withFile: async (file, change, action) => {
      const before = await read(file);
      const after = change(before);
      if (after === before) throw new Error(`the change did not fit ${file}`);
      await write(file, after);
      try {
        await action();
      } finally {
        await write(file, before);
      }
    },
    commit,
    dispose: () => rm(root, { recursive: true, force: true }),
  };
}

/** The project's own infrastructure. */
export function wholeProject(): Promise<TemporaryProject> {
  return temporaryProject((directory) =>
    cp(join(REPOSITORY, 'terraform'), directory, {
      recursive: true,
      filter: (source) => basename(source) !== '.terraform',
    }),
  );
}

/**
 * A stack of one environment before it is migrated, and after: see the fixture's README. Before, its backend and values
 * are production's in the words of mhtctl, so that it is deployed with the same provider.
 */
export function singleEnvironment(stage: 'before' | 'after'): Promise<TemporaryProject> {
  return temporaryProject(async (directory) => {
    await cp(join(REPOSITORY, 'test', 'fixtures', 'single-environment', stage), directory, { recursive: true });
    await cp(join(REPOSITORY, 'terraform', '.terraform.lock.hcl'), join(directory, '.terraform.lock.hcl'));
    if (stage === 'after') return;
    await rename(join(directory, 'terraform.tfvars'), join(directory, 'terraform.tfvars.production'));
    await rename(join(directory, 'backend.tfbackend'), join(directory, 'backend-production.tfbackend'));
  });
}

/**
 * The smallest configuration that behaves like the real one: two environments with backends of their own, and one
 * resource of Terraform's own, so that no provider is started. It waits while a file called `wait` is there.
 */
export function smallProject(): Promise<TemporaryProject> {
  return temporaryProject(async (directory) => {
    const files: Record<string, string> = {
      'main.tf': MAIN,
      'policy.hcl': 'environment "alpha" {\n  protected = false\n}\nenvironment "omega" {\n  protected = true\n}\n',
    };
    for (const name of ['alpha', 'omega']) {
      files[`terraform.tfvars.${name}`] = variablesOf(name);
      files[`backend-${name}.tfbackend`] = backendOf(name);
    }
    for (const [file, content] of Object.entries(files)) await writeFile(join(directory, file), content);
  });
}

/**
 * The smallest configuration with something in AWS: two environments, alpha and the protected omega, each with a table that
 * may be protected from deletion and a bucket of which Terraform deletes no objects.
 */
export function storageProject(): Promise<TemporaryProject> {
  return temporaryProject(async (directory) => {
    const files: Record<string, string> = {
      'main.tf': STORAGE,
      'policy.hcl': 'environment "omega" {\n  protected = true\n}\n',
      '.terraform.lock.hcl': await readFile(join(REPOSITORY, 'terraform', '.terraform.lock.hcl'), 'utf8'),
    };
    for (const name of ['alpha', 'omega']) {
      files[`terraform.tfvars.${name}`] = variablesOf(name);
      files[`backend-${name}.tfbackend`] = backendOf(name);
    }
    for (const [file, content] of Object.entries(files)) await writeFile(join(directory, file), content);
  });
}

/** A tfvars file of the small project. */
export function variablesOf(name: string, more = ''): string {
  return `environment = "${name}"\naws_region = "us-east-1"\n${more}`;
}

/** A tfbackend file of the small project. */
export function backendOf(name: string, more = ''): string {
  return [
    `bucket         = "small-state-${name}"`,
    `key            = "${name}/terraform.tfstate"`,
    'region         = "us-east-1"',
    `dynamodb_table = "small-locks-${name}"`,
    'use_lockfile   = true',
    `encrypt        = true\n${more}`,
  ].join('\n');
}

const MAIN = `
terraform {
  required_version = ">= 1.11.0"
  backend "s3" {}
}
variable "environment" { type = string }
variable "aws_region" { type = string }
variable "aws_account_id" {
  type    = string
  default = null
}
variable "content" {
  type    = string
  default = "first"
}
resource "terraform_data" "quick" {
  input = "\${var.environment} \${var.content}"
}
resource "terraform_data" "slow" {
  triggers_replace = var.content
  depends_on       = [terraform_data.quick]
  provisioner "local-exec" {
    command = "touch started; while [ -e wait ]; do sleep 0.05; done; rm -f started"
  }
}
output "environment" { value = var.environment }
output "hidden" {
  value     = "only-for-those-who-may"
  sensitive = true
}
`;

const STORAGE = `
terraform {
  required_version = ">= 1.11.0"
  backend "s3" {}
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.100"
    }
  }
}
variable "environment" { type = string }
variable "aws_region" { type = string }
variable "deletion_protection" {
  type    = bool
  default = false
}
variable "second_bucket" {
  type    = bool
  default = false
}
provider "aws" {
  region = var.aws_region
  default_tags {
    tags = { Environment = var.environment }
  }
}
resource "aws_dynamodb_table" "items" {
  name                        = "small-\${var.environment}-items"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "id"
  deletion_protection_enabled = var.deletion_protection
  attribute {
    name = "id"
    type = "S"
  }
}
resource "aws_s3_bucket" "data" {
  bucket = "small-\${var.environment}-data"
}
resource "aws_s3_bucket" "by_hand" {
  count  = var.second_bucket ? 1 : 0
  bucket = "small-\${var.environment}-by-hand"
}
`;
