import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { unwritableFile } from '../unwritable-file.js';
import type { TerraformPlatform } from './terraform-platform.js';

const PROVIDER = 'registry.terraform.io/hashicorp/aws';

/**
 * Whether Terraform reads a CLI configuration that the user wrote. One that the environment names counts only when it
 * is there: Terraform goes on without it, after a warning.
 */
export async function userHasCliConfiguration(env: NodeJS.ProcessEnv, homeDir: string): Promise<boolean> {
  const appData = env['APPDATA'];
  const files = [
    env['TF_CLI_CONFIG_FILE'],
    env['TERRAFORM_CONFIG'],
    join(homeDir, '.terraformrc'),
    appData === undefined ? undefined : join(appData, 'terraform.rc'),
  ];
  for (const file of files) {
    if (file !== undefined && file !== '' && (await isFile(file))) return true;
  }
  // Terraform reads these only while no file is named by the environment, so naming ours would switch them off.
  const more = await namesIn(join(homeDir, '.terraform.d'));
  return more.some((name) => /\.tfrc(\.json)?$/.test(name) && name !== 'credentials.tfrc.json');
}

/**
 * The first directory that is a filesystem mirror holding the AWS provider for this platform, among the directories in
 * `addOnRoot` (alphabetically) and then `ownMirror`; null when there is none.
 */
export async function findProviderMirror(
  addOnRoot: string,
  ownMirror: string,
  platform: TerraformPlatform,
): Promise<string | null> {
  const addOns = (await namesIn(addOnRoot)).sort().map((name) => join(addOnRoot, name));
  for (const directory of [...addOns, ownMirror]) {
    if (await holdsProvider(join(directory, PROVIDER), platform)) return directory;
  }
  return null;
}

/** The text of a CLI configuration that takes the AWS provider from a mirror and all others from where they come from. */
export function mirrorConfiguration(mirror: string): string {
  return `# Written by mhtctl, which found a mirror of the AWS provider on this machine. Changes here are overwritten:
# for settings of your own write ~/.terraformrc, and mhtctl leaves everything to that.
provider_installation {
  filesystem_mirror {
    path    = ${JSON.stringify(mirror)}
    include = ["${PROVIDER}"]
  }
  direct {
    exclude = ["${PROVIDER}"]
  }
}
`;
}

/** Writes the file whole or not at all, and only when it would change. */
export async function writeIfDifferent(path: string, content: string): Promise<void> {
  if ((await readFile(path, 'utf8').catch(() => null)) === content) return;
  const staged = `${path}.${randomUUID()}`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(staged, content);
    await rename(staged, path);
  } catch (cause) {
    throw unwritableFile(path, cause);
  } finally {
    await rm(staged, { force: true }).catch(() => undefined);
  }
}

/** A mirror holds packages zipped in one directory, or unpacked as `<version>/<platform>/`; both are Terraform's. */
async function holdsProvider(directory: string, { os, arch }: TerraformPlatform): Promise<boolean> {
  for (const name of await namesIn(directory)) {
    if (name.startsWith('terraform-provider-aws_') && name.endsWith(`_${os}_${arch}.zip`)) return true;
    if ((await namesIn(join(directory, name, `${os}_${arch}`))).length > 0) return true;
  }
  return false;
}

async function namesIn(directory: string): Promise<string[]> {
  return readdir(directory).catch(() => []);
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}
