// Bundles the command line: one file for each command and shared code in chunks, so that a command loads only what it
// needs; and compiles each ahead. Types are checked by `npm run types`; esbuild only strips them.
import { execFile } from 'node:child_process';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { writeCommonJs } from './build/common-js.mjs';
import { compileAhead } from './build/compile-ahead.mjs';
import { NEVER_USED, quickOclif } from './build/quick-oclif.mjs';

const root = join(import.meta.dirname, '..');
const commands = (await readdir(join(root, 'src/commands'), { recursive: true }))
  .filter((file) => file.endsWith('.ts'))
  .map((file) => join('src/commands', file));

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
const bundle = await build({
  absWorkingDir: root,
  entryPoints: ['src/main.ts', 'src/help.ts', ...commands],
  outbase: 'src',
  outdir: 'dist',
  bundle: true,
  splitting: true,
  minify: true,
  sourcemap: 'inline',
  metafile: true,
  write: false,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  // ESM builds first: they split, CommonJS does not.
  mainFields: ['module', 'main'],
  alias: {
    // What this build of openpgp seldom needs it loads by itself.
    openpgp: './node_modules/openpgp/dist/lightweight/openpgp.mjs',
  },
  // Never used.
  external: ['typescript', ...NEVER_USED],
  plugins: [quickOclif, pureSchemas],
  logLevel: 'warning',
});
await writeCommonJs(bundle);
// The package is of ES modules.
await writeFile(join(root, 'dist/package.json'), '{ "type": "commonjs" }\n');
await compileAhead(join(root, 'dist'));
await promisify(execFile)(process.execPath, [join(root, 'node_modules/oclif/bin/run.js'), 'manifest'], { cwd: root });
