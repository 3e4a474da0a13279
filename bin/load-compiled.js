import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import { Script } from 'node:vm';

/** What the build calls `import()` in the files of dist/: Node's own does not work in code that was compiled ahead. */
export const IMPORT = 'importOutside';

/** Where the compiled code of a file is: beside it, made by the build. */
export function codeFileOf(file) {
  return `${file}.code`;
}

/**
 * A CommonJS file as a script whose value is the function that Node would wrap it in.
 * @param {string} file
 * @param {Buffer} [code] what it was compiled to; not used, and compiled anew, unless it is of this version of Node
 */
export function scriptOf(file, code) {
  // The build writes ASCII, which is quicker to read than UTF-8.
  const source = readFileSync(file, 'latin1');
  return new Script(`(function(exports,require,module,__filename,__dirname,${IMPORT}){${source}\n})`, {
    filename: file,
    cachedData: code,
  });
}

/**
 * Returns a `require`, of paths, for a directory whose files have their compiled code beside them, which Node 20 does not
 * keep between runs. Everything else is loaded by Node.
 */
export function compiledRequire(directory) {
  const modules = new Map();
  const outside = createRequire(join(directory, sep));
  const optimizeAsUsual = optimizerOf(outside);
  function load(path) {
    const known = modules.get(path);
    if (known !== undefined) return known.exports;
    optimizeAsUsual();
    if (!path.startsWith(directory + sep)) return outside(path);
    const module = { exports: {} };
    modules.set(path, module);
    const folder = dirname(path);
    const require = (name) => load(name.startsWith('.') ? join(folder, name) : name);
    const run = scriptOf(path, codeOf(path)).runInThisContext();
    run(module.exports, Object.assign(require, outside), module, path, folder, (url) => import(url));
    return module.exports;
  }
  return load;
}

/**
 * Node 20 optimizes after some milliseconds what most commands have run for the last time by then, and the other cores are
 * better used: it is told to wait thirty times as long. Later versions wait by themselves. But compiled code, that of Node's
 * own modules too, is taken only under the flags that it was made with. Returns what is to be called before something is
 * loaded: V8 then optimizes as it does by itself, until what runs now has ended.
 */
function optimizerOf(require) {
  if (!process.versions.node.startsWith('20.')) return () => undefined;
  const v8 = require('node:v8');
  let waiting = true;
  const wait = () => {
    waiting = true;
    v8.setFlagsFromString('--interrupt-budget=2000000');
  };
  wait();
  return () => {
    if (!waiting) return;
    waiting = false;
    // The figure of Node 20, by `node --v8-options`.
    v8.setFlagsFromString('--interrupt-budget=67584');
    queueMicrotask(wait);
  };
}

function codeOf(file) {
  try {
    return readFileSync(codeFileOf(file));
  } catch {
    return undefined;
  }
}
