import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileEnvironmentCatalog } from '../../../src/adapters/environments/file-catalog.js';
import type { Project } from '../../../src/domain/environment.js';

const made: string[] = [];

/** A project in a temporary directory with the given files under `terraform/`. */
export async function projectWith(files: Readonly<Record<string, string | Uint8Array>>): Promise<Project> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'mhtctl-project-')));
  made.push(root);
  const configurationDir = join(root, 'terraform');
  await mkdir(configurationDir);
  await Promise.all(Object.entries(files).map(([name, text]) => writeFile(join(configurationDir, name), text)));
  return { root, configurationDir, privateDir: join(root, '.mhtctl') };
}

/** The catalog of a project with the given files. */
export async function catalogOf(files: Readonly<Record<string, string | Uint8Array>>): Promise<FileEnvironmentCatalog> {
  return new FileEnvironmentCatalog(await projectWith(files));
}

/** Removes what {@link projectWith} made. */
export async function removeProjects(): Promise<void> {
  await Promise.all(made.splice(0).map((root) => rm(root, { recursive: true, force: true })));
}

/** The two files of an environment; every further line goes to the end of its file. */
export function pair(
  name: string,
  {
    variables = [],
    backend = [],
  }: { readonly variables?: readonly string[]; readonly backend?: readonly string[] } = {},
): Record<string, string> {
  return {
    [`terraform.tfvars.${name}`]: [`environment = "${name}"`, 'aws_region = "eu-west-1"', ...variables, ''].join('\n'),
    [`backend-${name}.tfbackend`]: [
      `bucket = "acme-state-${name}"`,
      `key = "${name}/terraform.tfstate"`,
      'region = "us-east-1"',
      `dynamodb_table = "acme-locks-${name}"`,
      ...backend,
      '',
    ].join('\n'),
  };
}
