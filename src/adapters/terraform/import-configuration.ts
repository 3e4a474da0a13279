import { cp, mkdir, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Binding } from '../../domain/environment.js';
import { type ImportTarget, importBlock } from '../../domain/import-target.js';

/** Name of the file with the import block, one that nobody else gives. */
const IMPORT_FILE = 'mhtctl_import.tf';

/** A copy this old belongs to a run that was killed: nothing but a plan is made from it. */
const LEFT_BEHIND_MS = 60 * 60 * 1000;

/** What Terraform and mhtctl write beside a configuration; no part of it. */
const NO_CONFIGURATION: ReadonlySet<string> = new Set(['.terraform', 'errored.tfstate', '.git']);

/**
 * Makes a copy of the configuration with an import block in it, calls `use` with its directory and removes it again. An
 * import block in the configuration itself would be part of every run, of another environment's too, while it is there.
 * What stands beside the configuration is linked, so that paths that lead out of it lead to the same.
 */
export async function withImportConfiguration<T>(
  { configurationDir, workDir }: Pick<Binding, 'configurationDir' | 'workDir'>,
  target: ImportTarget,
  use: (directory: string) => Promise<T>,
): Promise<T> {
  const imports = join(workDir, 'imports');
  await removeLeftBehind(imports);
  const parent = join(imports, String(process.pid));
  const directory = join(parent, basename(configurationDir));
  try {
    await mkdir(parent, { recursive: true, mode: 0o700 });
    await cp(configurationDir, directory, {
      recursive: true,
      filter: (source) => !NO_CONFIGURATION.has(basename(source)),
    });
    await linkSiblings(configurationDir, parent);
    await writeFile(join(directory, IMPORT_FILE), importBlock(target));
    return await use(directory);
  } finally {
    await rm(parent, { recursive: true, force: true });
  }
}

async function linkSiblings(configurationDir: string, into: string): Promise<void> {
  const root = dirname(configurationDir);
  const entries = await readdir(root, { withFileTypes: true });
  for (const entry of entries) {
    if (entry.name === basename(configurationDir) || NO_CONFIGURATION.has(entry.name)) continue;
    // A junction needs no permission on Windows, and is a plain link elsewhere. Most configurations need none of them.
    await symlink(join(root, entry.name), join(into, entry.name), entry.isDirectory() ? 'junction' : 'file').catch(
      () => undefined,
    );
  }
}

async function removeLeftBehind(imports: string): Promise<void> {
  const names = await readdir(imports).catch(() => []);
  for (const name of names) {
    const path = join(imports, name);
    const found = await stat(path).catch(() => undefined);
    if (found !== undefined && Date.now() - found.mtimeMs > LEFT_BEHIND_MS)
      await rm(path, { recursive: true, force: true });
  }
}
