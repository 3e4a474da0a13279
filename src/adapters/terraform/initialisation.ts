import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Backend, Binding } from '../../domain/environment.js';
import { MhtctlError } from '../../domain/errors.js';

/** Lines of a configuration that decide what `terraform init` installs. */
const INIT_LINE =
  /^\s*(module\s|source\s*=|version\s*=|backend\s|required_providers|required_version|[\w-]+\s*=\s*\{.*\bsource\b)/;
const FINGERPRINT_FILE = 'mhtctl-initialised';

async function configurationFiles(directory: string): Promise<readonly string[]> {
  const entries = await readdir(directory, { withFileTypes: true });
  const found = await Promise.all(
    entries.map(async (entry) => {
      const path = join(directory, entry.name);
      if (entry.isDirectory())
        return entry.name.startsWith('.') || entry.name === 'tests' ? [] : configurationFiles(path);
      return entry.name.endsWith('.tf') || entry.name.endsWith('.tf.json') ? [path] : [];
    }),
  );
  return found.flat().sort();
}

async function textIfThere(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
}

/**
 * A digest over everything `terraform init` depends on: backend file, lock file, module and provider sources,
 * and the version of Terraform. While it holds, init would change nothing.
 */
export async function initFingerprint(binding: Binding, terraformVersion: string): Promise<string> {
  const hash = createHash('sha256').update(`${terraformVersion}\0`);
  const files = await configurationFiles(binding.configurationDir);
  const contents = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  for (const [index, file] of files.entries()) {
    const content = contents[index] ?? '';
    // JSON has no lines to go by: such a file counts whole.
    const lines = file.endsWith('.json') ? [content] : content.split('\n').filter((line) => INIT_LINE.test(line));
    if (lines.length > 0) hash.update(`${relative(binding.configurationDir, file)}\0${lines.join('\n')}\0`);
  }
  hash.update(await textIfThere(join(binding.configurationDir, '.terraform.lock.hcl')));
  hash.update(`\0${await textIfThere(binding.backendFile)}`);
  return hash.digest('hex');
}

/** The backend a data directory was initialised for, or null when it was not. */
export async function initialisedBackend(dataDir: string): Promise<Pick<Backend, 'bucket' | 'key' | 'region'> | null> {
  const text = await textIfThere(join(dataDir, 'terraform.tfstate'));
  if (text === '') return null;
  try {
    const { backend } = JSON.parse(text) as { backend?: { config?: Record<string, unknown> } };
    if (backend === undefined || backend === null) return null;
    const config = backend.config ?? {};
    return { bucket: String(config['bucket']), key: String(config['key']), region: String(config['region']) };
  } catch {
    // An init that was killed while it wrote. Terraform would refuse the rest; all it held is where the state is.
    await rm(join(dataDir, 'terraform.tfstate'));
    return null;
  }
}

/** Whether two backends are the same state. */
export function sameState(
  left: Pick<Backend, 'bucket' | 'key' | 'region'>,
  right: Pick<Backend, 'bucket' | 'key' | 'region'>,
): boolean {
  return left.bucket === right.bucket && left.key === right.key && left.region === right.region;
}

/** Whether a data directory is ready for the binding: same fingerprint, same state, providers in their place. */
export async function isInitialised(
  dataDir: string,
  { backend, configurationDir }: Pick<Binding, 'backend' | 'configurationDir'>,
  fingerprint: string,
): Promise<boolean> {
  const [known, initialised, lockFile, providers] = await Promise.all([
    textIfThere(join(dataDir, FINGERPRINT_FILE)),
    initialisedBackend(dataDir),
    textIfThere(join(configurationDir, '.terraform.lock.hcl')),
    stat(join(dataDir, 'providers')).then(
      () => true,
      () => false,
    ),
  ]);
  const complete = providers || !lockFile.includes('provider "');
  return known === fingerprint && complete && initialised !== null && sameState(initialised, backend);
}

/** Remembers that a data directory was initialised at this fingerprint. */
export async function rememberInitialised(dataDir: string, fingerprint: string): Promise<void> {
  await mkdir(dataDir, { recursive: true });
  await writeFile(join(dataDir, FINGERPRINT_FILE), fingerprint);
}

/**
 * Refuses a data directory whose environment has moved to another state: init would take up the new, perhaps empty,
 * state in silence, and the next plan would create everything a second time.
 */
export function refuseMovedBackend(binding: Binding, known: Pick<Backend, 'bucket' | 'key' | 'region'> | null): void {
  if (known === null || sameState(known, binding.backend)) return;
  const { bucket, key } = binding.backend;
  throw new MhtctlError({
    code: 'BackendMoved',
    outcome: 'usage',
    message:
      `the state of "${binding.name}" was s3://${known.bucket}/${known.key} (${known.region}) until now; ` +
      `${binding.backendFile} says s3://${bucket}/${key} (${binding.backend.region})`,
    nextSteps: [
      `if the file is wrong: git checkout -- ${binding.backendFile}`,
      `if the state has been moved there: rm -r ${binding.dataDir}`,
    ],
  });
}
