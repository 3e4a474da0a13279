import { mkdir, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Binding } from '../../domain/environment.js';
import type { Rehearsal, Rehearsals } from '../../ports/rehearsals.js';

/** What belongs to a work tree and not to the configuration. */
const OWN = /^(\.terraform|\.git|\.mhtctl|errored\.tfstate|.*\.tfstate(\..*)?|.*\.tfplan)$/;

/** Read after all other files, and so the last word on the backend. */
const OVERRIDE_FILE = 'zz_mhtctl_rehearsal_override.tf';
const LOCAL_BACKEND = 'terraform {\n  backend "local" {}\n}\n';

/**
 * Rehearsals in a private directory: each file of the configuration is a symbolic link to the original, and so is what
 * stands beside the configuration, for modules called by `../`. An override file makes the backend a local one.
 * Source: https://developer.hashicorp.com/terraform/language/files/override#merging-terraform-blocks
 */
export class LinkedRehearsals implements Rehearsals {
  async open(binding: Binding, state: string): Promise<Rehearsal> {
    const root = join(binding.workDir, 'rehearsal');
    const close = () => rm(root, { recursive: true, force: true });
    await close();
    const configurationDir = join(root, basename(binding.configurationDir));
    const dataDir = join(root, '.terraform');
    for (const directory of [root, configurationDir, dataDir]) await mkdir(directory, { recursive: true, mode: 0o700 });
    await linkAll(dirname(binding.configurationDir), root, basename(binding.configurationDir));
    await linkAll(binding.configurationDir, configurationDir);
    await linkProviders(binding.dataDir, dataDir);

    const [stateFile, backendFile] = [join(dataDir, 'rehearsed.tfstate'), join(dataDir, 'rehearsal.tfbackend')];
    await writeFile(stateFile, state, { mode: 0o600 });
    await writeFile(backendFile, `path = ${JSON.stringify(stateFile)}\n`);
    await writeFile(join(configurationDir, OVERRIDE_FILE), LOCAL_BACKEND);
    return {
      binding: { ...binding, configurationDir, dataDir, backendFile },
      write: async (file, text) => {
        const path = join(configurationDir, file);
        await rm(path, { force: true });
        await writeFile(path, text);
      },
      close,
    };
  }
}

async function linkAll(from: string, to: string, except = ''): Promise<void> {
  const names = (await readdir(from)).filter((name) => name !== except && !OWN.test(name));
  await Promise.all(names.map((name) => symlink(join(from, name), join(to, name))));
}

/** Installed once for the environment: hundreds of megabytes that need not be fetched again. */
async function linkProviders(from: string, to: string): Promise<void> {
  const providers = join(from, 'providers');
  const found = await stat(providers).catch(() => undefined);
  if (found !== undefined) await symlink(providers, join(to, 'providers'));
}
