// bin/run.js with every library loaded, whether the command needs it or not: each dependency that mhtctl's own code
// imports anywhere, at once or when first needed. What libraries load for themselves in rare cases (the AWS SDK's ways
// to log in, say) stays unloaded until it is needed, as in any program that uses them.
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { compiledRequire } from '../../bin/load-compiled.js';

const repository = join(import.meta.dirname, '../..');
const dist = join(repository, 'dist');

/** What the files of dist/ that src/ is in import when first needed: other files of dist/, or packages outside. */
export async function importedLibraries() {
  const { dependencies } = JSON.parse(await readFile(join(repository, 'package.json'), 'utf8'));
  // By scope where there is one: a package that only passes on what its neighbours export leaves no source of its own.
  const direct = Object.keys(dependencies).map((name) => `/node_modules/${name.split('/')[0]}/`);
  const found = new Set();
  for (const file of await readdir(dist, { recursive: true })) {
    if (!file.endsWith('.js') || !(await sourcesOf(file)).some(isOurs)) continue;
    const text = await readFile(join(dist, file), 'utf8');
    // As the build writes an import() of a library that is loaded when first needed.
    for (const [, specifier] of text.matchAll(/\.then\(\(\)=>require\("([^"]+)"\)\)/g)) {
      if (!specifier.startsWith('.')) {
        if (!specifier.startsWith('node:')) found.add(specifier);
        continue;
      }
      // Where our code and a library share a file, the library's own imports are in it too.
      const target = join(dirname(file), specifier);
      const sources = await sourcesOf(target);
      if (sources.some((source) => isOurs(source) || direct.some((part) => source.includes(part))))
        found.add(join(dist, target));
    }
  }
  return [...found];
}

async function sourcesOf(file) {
  return JSON.parse(await readFile(join(dist, `${file}.map`), 'utf8')).sources;
}

function isOurs(source) {
  return /^(\.\.\/)+src\//.test(source);
}

if (process.env.BENCH_LIBRARIES !== undefined) {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  process.env.OCLIF_DISABLE_ENGINE_WARNING = 'true';
  const load = compiledRequire(dist);
  for (const library of JSON.parse(process.env.BENCH_LIBRARIES)) load(library);
  const { main } = load(join(dist, 'main.js'));
  await main(pathToFileURL(join(repository, 'bin/run.js')).href);
}
