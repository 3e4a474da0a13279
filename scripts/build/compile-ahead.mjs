import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import v8 from 'node:v8';
import { codeFileOf, scriptOf } from '../../bin/load-compiled.js';

/**
 * Keeps beside each file of a directory the code that this version of Node compiles it to, with all its functions: which
 * of them a command will need, nobody knows yet.
 */
export async function compileAhead(directory) {
  const files = (await readdir(directory, { recursive: true })).filter((file) => file.endsWith('.js'));
  v8.setFlagsFromString('--no-lazy');
  const scripts = files.map((file) => join(directory, file)).map((file) => ({ file, script: scriptOf(file) }));
  // Compiled code is taken only by a Node that runs with the same flags.
  v8.setFlagsFromString('--lazy');
  for (const { file, script } of scripts) await writeFile(codeFileOf(file), script.createCachedData());
}
