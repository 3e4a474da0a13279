import { readdir } from 'node:fs/promises';
import { relative } from 'node:path';
import type { Project } from '../../domain/environment.js';
import { MhtctlError } from '../../domain/errors.js';
import { nearestName } from '../../domain/nearest-name.js';
import { backendFileName, ENVIRONMENT_NAME, halfOf, variablesFileName } from './file-names.js';

/** Names of the environments whose both files are in the project's configuration directory, sorted. */
export async function discoverEnvironments(project: Project): Promise<readonly string[]> {
  const directory = relative(project.root, project.configurationDir);
  const halves = { variables: new Set<string>(), backend: new Set<string>() };
  for (const fileName of await fileNames(project.configurationDir, directory)) {
    const found = halfOf(fileName);
    if (found === undefined) continue;
    if (!ENVIRONMENT_NAME.test(found.environment)) throw invalidName(found.environment, `${directory}/${fileName}`);
    halves[found.half].add(found.environment);
  }
  const names = [...new Set([...halves.variables, ...halves.backend])].sort();
  if (names.length === 0) throw noEnvironments(directory);
  const complete = names.find((name) => halves.variables.has(name) && halves.backend.has(name));
  for (const name of names) {
    const [variables, backend] = [`${directory}/${variablesFileName(name)}`, `${directory}/${backendFileName(name)}`];
    if (!halves.variables.has(name))
      throw halfAPair(name, backend, variables, variablesStep(directory, name, complete));
    if (!halves.backend.has(name)) throw halfAPair(name, variables, backend, backendStep(directory, name, complete));
  }
  return names;
}

/** Fails (exit 2) unless `name` is one of `known`. */
export function refuseUnknownEnvironment(name: string, known: readonly string[], project: Project): void {
  if (known.includes(name)) return;
  const directory = relative(project.root, project.configurationDir);
  const nearest = nearestName(name, known);
  const suggestion = nearest === undefined ? '' : `; did you mean "${nearest}"?`;
  const create = ENVIRONMENT_NAME.test(name)
    ? [`to add it, create ${directory}/${variablesFileName(name)} and ${directory}/${backendFileName(name)}`]
    : [];
  throw new MhtctlError({
    code: 'UnknownEnvironment',
    outcome: 'usage',
    message: `unknown environment "${name}"; the environments are ${known.join(', ')}${suggestion}`,
    nextSteps: [`use ${nearest ?? `one of ${known.join(', ')}`}`, ...create],
  });
}

async function fileNames(path: string, shown: string): Promise<readonly string[]> {
  try {
    return await readdir(path);
  } catch (cause) {
    const message = `cannot list the Terraform configuration in ${shown}: ${(cause as Error).message}`;
    throw new MhtctlError({ code: 'UnreadableFile', outcome: 'usage', message, nextSteps: [`ls -ld ${path}`], cause });
  }
}

function variablesStep(directory: string, name: string, complete: string | undefined): readonly string[] {
  const file = `${directory}/${variablesFileName(name)}`;
  if (complete === undefined) return [`printf 'environment = "${name}"\\naws_region  = "us-east-1"\\n' > ${file}`];
  return [
    `sed 's/^environment *=.*/environment = "${name}"/' ${directory}/${variablesFileName(complete)} > ${file}`,
    `then set the values of ${name} in ${file}`,
  ];
}

function backendStep(directory: string, name: string, complete: string | undefined): readonly string[] {
  const file = `${directory}/${backendFileName(name)}`;
  if (complete === undefined) {
    const lines = [
      'bucket = "NAME-OF-THE-STATE-BUCKET"',
      `key    = "${name}/terraform.tfstate"`,
      'region = "us-east-1"',
    ];
    return [`printf '${lines.join('\\n')}\\n' > ${file}`, `then set the bucket in ${file}`];
  }
  return [
    `cp ${directory}/${backendFileName(complete)} ${file}`,
    `then give ${name} a bucket, key and dynamodb_table of its own in ${file}`,
  ];
}

function halfAPair(name: string, present: string, missing: string, steps: readonly string[]): MhtctlError {
  return new MhtctlError({
    code: 'IncompleteEnvironment',
    outcome: 'usage',
    message: `environment "${name}" is half there: ${present} exists, ${missing} is missing`,
    nextSteps: [...steps, `or, if ${name} is no environment: rm ${present}`],
  });
}

function invalidName(name: string, file: string): MhtctlError {
  return new MhtctlError({
    code: 'InvalidEnvironmentName',
    outcome: 'usage',
    message: `"${name}" in the name of ${file} is no name for an environment; use lower-case letters, digits and dashes, starting with a letter or digit`,
    nextSteps: [`mv ${file} ${file.replace(name, validName(name))}`],
  });
}

function validName(name: string): string {
  return name.toLowerCase().replaceAll('_', '-').replace(/^-+/, '') || 'NAME';
}

function noEnvironments(directory: string): MhtctlError {
  return new MhtctlError({
    code: 'NoEnvironments',
    outcome: 'usage',
    message: `there is no environment in ${directory}; one exists when it has both a ${variablesFileName('<name>')} and a ${backendFileName('<name>')}`,
    nextSteps: [...variablesStep(directory, 'staging', undefined), ...backendStep(directory, 'staging', undefined)],
  });
}
