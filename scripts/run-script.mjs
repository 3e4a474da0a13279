// Runs one of the scripts written in TypeScript: node scripts/run-script.mjs scripts/NAME.ts ARGUMENTS
import { mkdir } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const [script, ...rest] = process.argv.slice(2);
const root = join(import.meta.dirname, '..');
// Inside the project, so that what it imports is found in the project's node_modules.
const directory = join(root, 'node_modules', '.cache', 'mhtctl');
await mkdir(directory, { recursive: true });
const outfile = join(directory, `${basename(script, '.ts')}.mjs`);
await build({
  entryPoints: [resolve(script)],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  packages: 'external',
  logLevel: 'warning',
});
process.argv.splice(1, process.argv.length - 1, outfile, ...rest);
await import(pathToFileURL(outfile).href);
