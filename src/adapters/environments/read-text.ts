import { readFile } from 'node:fs/promises';
import { MhtctlError } from '../../domain/errors.js';

/** Reads a configuration file, which has to be UTF-8. `shown` is the path that messages name. */
export async function readText(path: string, shown: string): Promise<string> {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await readFile(path));
  } catch (cause) {
    const undecodable = cause instanceof TypeError;
    throw new MhtctlError({
      code: 'UnreadableFile',
      outcome: 'usage',
      message: undecodable ? `${shown} is not UTF-8 text` : `cannot read ${shown}: ${(cause as Error).message}`,
      nextSteps: [undecodable ? `file ${shown}` : `ls -l ${shown}`],
      cause,
    });
  }
}

/** As {@link readText}; undefined when there is no such file. */
export async function readTextIfThere(path: string, shown: string): Promise<string | undefined> {
  try {
    return await readText(path, shown);
  } catch (error) {
    const { cause } = error as Error;
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined;
    throw error;
  }
}
