// Bundles the command line: one file for each command and shared code in chunks, so that a command loads only what it
// needs. Types are checked by `npm run types`; esbuild only strips them.
import { execFile } from 'node:child_process';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '..');
const commands = (await readdir(join(root, 'src/commands'), { recursive: true }))
  .filter((file) => file.endsWith('.ts'))
  .map((file) => join('src/commands', file));

await rm(join(root, 'dist'), { recursive: true, force: true });
// A manifest that is left over hides new commands.
await rm(join(root, 'oclif.manifest.json'), { force: true });
await build({
  absWorkingDir: root,
  entryPoints: ['src/main.ts', ...commands],
  outbase: 'src',
  outdir: 'dist',
  bundle: true,
  splitting: true,
  minifySyntax: true,
  sourcemap: 'linked',
  platform: 'node',
  format: 'esm',
  target: 'node20',
  // ESM builds first: they split, CommonJS does not.
  mainFields: ['module', 'main'],
  // Loaded from node_modules: they read files of their own beside their code, or are never used when bundled.
  external: ['typescript', 'web-tree-sitter', '@tree-sitter-grammars/tree-sitter-hcl'],
  // What is CommonJS inside the bundle still calls require().
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
  logLevel: 'warning',
});
await promisify(execFile)(process.execPath, [join(root, 'node_modules/oclif/bin/run.js'), 'manifest'], { cwd: root });
