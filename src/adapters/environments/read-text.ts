import { readFile } from 'node:fs/promises';
import { MhtctlError } from '../../domain/errors.js';

/** Reads a configuration file, which has to be UTF-8. `shown` is the path that messages name. */
export async function readText(path: string, shown: string): Promise<string> {
  const text = await readTextIfThere(path, shown);
  if (text !== undefined) return text;
  throw unreadable(`${shown} is missing`, `ls -l ${shown}`);
}

/** As {@link readText}; undefined when there is no such file. */
export async function readTextIfThere(path: string, shown: string): Promise<string | undefined> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw unreadable(`cannot read ${shown}: ${message}`, `ls -l ${shown}`, error);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    throw unreadable(`${shown} is not UTF-8 text`, `file ${shown}`, error);
  }
}

function unreadable(message: string, nextStep: string, cause?: unknown): MhtctlError {
  return new MhtctlError({ code: 'UnreadableFile', outcome: 'usage', message, nextSteps: [nextStep], cause });
}
