// Bundles the command line: one file for each command and shared code in chunks, so that a command loads only what it
// needs. Types are checked by `npm run types`; esbuild only strips them.
import { execFile } from 'node:child_process';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '..');
const commands = (await readdir(join(root, 'src/commands'), { recursive: true }))
  .filter((file) => file.endsWith('.ts'))
  .map((file) => join('src/commands', file));

/**
 * oclif loads these for projects without a manifest, and semver to judge the version of Node, which we do. They are left
 * outside and loaded when a line first uses them, which is never, and every command starts that much earlier.
 */
const NEVER_USED = ['lilconfig', 'semver', 'tinyglobby'];
/** Bundled, since each plugin needs it, but loaded with the first. */
const LAZY = new RegExp(`^const (\\w+) = require\\("(?:minimatch|${NEVER_USED.join('|')})"\\);$`, 'gm');
const lazyRequires = {
  name: 'lazy-requires',
  setup({ onLoad }) {
    onLoad({ filter: /@oclif[\\/]core[\\/]lib[\\/].*\.js$/ }, async ({ path }) => ({
      contents: (await readFile(path, 'utf8')).replace(
        LAZY,
        (line, name) =>
          `const ${name} = new Proxy({}, { get: (_, key) => ${line.slice(line.indexOf('require'), -1)}[key] });`,
      ),
    }));
  },
};

/**
 * A client of the AWS SDK describes every shape of its service in one file, and esbuild cannot tell that making a
 * description has no effect. Said so for each, those of what is not called are left out: of EC2's, five in six. Should the
 * file be written otherwise one day, the bundle only grows.
 */
const SCHEMA = /^((?:export )?(?:var|const) \w+\$? = )(\[[^;]*?\]);$/gm;
const pureSchemas = {
  name: 'pure-schemas',
  setup({ onLoad }) {
    onLoad({ filter: /@aws-sdk[\\/].*[\\/]schemas[\\/]schemas_0\.js$/ }, async ({ path }) => ({
      contents: (await readFile(path, 'utf8')).replace(SCHEMA, '$1/* @__PURE__ */ (() => $2)();'),
    }));
  },
};

await rm(join(root, 'dist'), { recursive: true, force: true });
// A manifest that is left over hides new commands.
await rm(join(root, 'oclif.manifest.json'), { force: true });
await build({
  absWorkingDir: root,
  entryPoints: ['src/main.ts', 'src/help.ts', ...commands],
  outbase: 'src',
  outdir: 'dist',
  bundle: true,
  splitting: true,
  minify: true,
  sourcemap: 'linked',
  platform: 'node',
  format: 'esm',
  target: 'node20',
  // ESM builds first: they split, CommonJS does not.
  mainFields: ['module', 'main'],
  // Loaded from node_modules: they read files of their own beside their code, or are never used.
  external: ['typescript', 'web-tree-sitter', '@tree-sitter-grammars/tree-sitter-hcl', ...NEVER_USED],
  // What is CommonJS inside the bundle still calls require().
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
  plugins: [lazyRequires, pureSchemas],
  logLevel: 'warning',
});
await promisify(execFile)(process.execPath, [join(root, 'node_modules/oclif/bin/run.js'), 'manifest'], { cwd: root });
