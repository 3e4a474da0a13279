import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Block, blocksOf } from './blocks.js';
import { type Declarations, declarationsOf } from './declarations.js';

/** Bytes. Nobody writes a larger file, and one that is generated is not read at any cost. */
const LARGEST_FILE = 4 * 1024 * 1024;

/** The files of a module. */
export interface ModuleDirectory {
  /** Without symbolic links, so that a module inside itself is known. */
  readonly path: string;
  readonly declarations: Declarations;
  /** Name of the first file that could not be read; undefined when all could. */
  readonly unread: string | undefined;
}

/**
 * Reads the `*.tf` files of a directory, overrides last; undefined when there is no such directory.
 * Not read are `*.tf.json`, what does not parse, and what is larger than 4 MiB.
 * @param shown the name that locations carry of a file
 */
export async function readModuleDirectory(
  directory: string,
  shown: (path: string) => string,
): Promise<ModuleDirectory | undefined> {
  try {
    const [path, names] = await Promise.all([realpath(directory), readdir(directory)]);
    const files = await Promise.all(
      inOrder(names).map(async (name) => ({ name, blocks: await readBlocks(join(directory, name), shown) })),
    );
    return {
      path,
      declarations: declarationsOf(files.map(({ blocks }) => blocks ?? [])),
      unread: files.find(({ blocks }) => blocks === undefined)?.name,
    };
  } catch {
    return undefined;
  }
}

/**
 * The files that Terraform reads of a directory, in the order in which later ones override.
 * Source: https://developer.hashicorp.com/terraform/language/files and .../files/override
 */
export function inOrder(names: readonly string[]): readonly string[] {
  const files = names.filter((name) => /\.tf(?:\.json)?$/.test(name) && !name.startsWith('.')).sort();
  const isOverride = (name: string) => /(?:^|_)override\.tf(?:\.json)?$/.test(name);
  return [...files.filter((name) => !isOverride(name)), ...files.filter(isOverride)];
}

async function readBlocks(path: string, shown: (path: string) => string): Promise<readonly Block[] | undefined> {
  try {
    const file = await stat(path);
    // Terraform passes directories over, whatever they are called.
    if (file.isDirectory()) return [];
    // Anything but a file, a pipe say, may never end.
    if (!file.isFile() || file.size > LARGEST_FILE || path.endsWith('.json')) return undefined;
    return blocksOf(shown(path), await readFile(path, 'utf8'));
  } catch {
    return undefined;
  }
}
