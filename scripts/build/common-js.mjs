import { mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { transform } from 'esbuild';
import { IMPORT } from '../../bin/load-compiled.js';

/**
 * Writes the ES modules of a bundle as CommonJS. Only ES modules can be split into files that share code, and only
 * CommonJS can be compiled ahead on Node 20.
 * @param {import('esbuild').BuildResult} bundle made with `write: false` and `sourcemap: 'inline'`
 */
export async function writeCommonJs({ outputFiles }) {
  await Promise.all(
    outputFiles.map(async ({ path, text }) => {
      const { code, map } = await transform(withoutImports(text), {
        format: 'cjs',
        platform: 'node',
        target: 'node20',
        minify: true,
        sourcemap: 'external',
        sourcefile: basename(path),
        // Good for createRequire(), which is all it is used for.
        define: { 'import.meta.url': '__filename' },
      });
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, `${code}//# sourceMappingURL=${basename(path)}.map\n`);
      await writeFile(`${path}.map`, map);
    }),
  );
}

/** The `import()` of a literal is what `require` gives, later; that of an expression is left to Node, by another name. */
function withoutImports(text) {
  return text
    .replaceAll(/\bimport\(("[^"]+")\)/g, 'Promise.resolve().then(()=>require($1))')
    .replaceAll(/\bimport\((?!\))/g, `${IMPORT}(`);
}
