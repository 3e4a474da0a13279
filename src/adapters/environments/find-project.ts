import { readdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Project } from '../../domain/environment.js';
import { MhtctlError } from '../../domain/errors.js';

const CONFIGURATION_DIR = 'terraform';
const PRIVATE_DIR = '.mhtctl';
const ENVIRONMENT_FILE = /\.tfbackend$|^terraform\.tfvars\./;

/**
 * Finds the project a command works in: the directory that `MHTCTL_ROOT` names, or else the nearest one from `startDir`
 * upwards whose `terraform/` holds an environment's file. Fails (exit 2) when there is none.
 */
export async function findProject(startDir: string, env: NodeJS.ProcessEnv): Promise<Project> {
  const named = env['MHTCTL_ROOT'];
  if (named !== undefined && named !== '') return namedProject(resolve(startDir, named), named);
  const start = resolve(startDir);
  for (let directory = start; ; directory = dirname(directory)) {
    if (await holdsEnvironments(directory)) return projectAt(directory);
    if (dirname(directory) === directory) break;
  }
  throw new MhtctlError({
    code: 'ProjectNotFound',
    outcome: 'usage',
    message: `no project in ${start} or any directory above it; a project has a ${CONFIGURATION_DIR}/ with *.tfbackend or terraform.tfvars.* files`,
    nextSteps: ['cd to the repository', 'or: export MHTCTL_ROOT=/path/to/the/repository'],
  });
}

async function namedProject(root: string, named: string): Promise<Project> {
  if (await holdsEnvironments(root)) return projectAt(root);
  throw new MhtctlError({
    code: 'ProjectNotFound',
    outcome: 'usage',
    message: `MHTCTL_ROOT=${named} is no project; ${join(root, CONFIGURATION_DIR)} has no *.tfbackend or terraform.tfvars.* file`,
    nextSteps: ['unset MHTCTL_ROOT', 'or: export MHTCTL_ROOT=/path/to/the/repository'],
  });
}

async function holdsEnvironments(directory: string): Promise<boolean> {
  try {
    return (await readdir(join(directory, CONFIGURATION_DIR))).some((name) => ENVIRONMENT_FILE.test(name));
  } catch {
    // No such directory, or one that may not be read: either way not a project to work in.
    return false;
  }
}

function projectAt(root: string): Project {
  return { root, configurationDir: join(root, CONFIGURATION_DIR), privateDir: join(root, PRIVATE_DIR) };
}
