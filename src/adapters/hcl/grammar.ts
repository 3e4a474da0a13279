import { createRequire } from 'node:module';
import type { Parser, Tree } from 'web-tree-sitter';

let loading: Promise<() => Parser> | undefined;

/**
 * Parses HCL text into a syntax tree; the caller frees it with `delete()`.
 * The WebAssembly parser is started on the first call and shared by the rest of the process, so that a command that
 * reads no HCL does not pay for it.
 */
export async function parseTree(text: string): Promise<Tree> {
  loading ??= awake(load());
  const newParser = await loading;
  // A parser for each text: the grammar's scanner keeps its open strings and heredocs after a syntax error, and the
  // next text would be read as if it stood inside them.
  const parser = newParser();
  try {
    const tree = parser.parse(text);
    if (tree === null) throw new Error('the HCL parser returned no tree although it has a language');
    return tree;
  } finally {
    parser.delete();
  }
}

/**
 * Waits with something for Node's event loop to wait for. WebAssembly is compiled beside it, and a loop with nothing to do
 * ends: Node then waits for every thread of V8's, also for those that go on to optimize what has been compiled long since.
 * Source: https://github.com/nodejs/node/blob/v20.20.2/src/node_platform.cc (NodePlatform::DrainTasks)
 */
async function awake<T>(work: Promise<T>): Promise<T> {
  const handle = setInterval(() => undefined, 60_000);
  try {
    return await work;
  } finally {
    clearInterval(handle);
  }
}

async function load(): Promise<() => Parser> {
  // Resolved from the packages rather than relative to this file: the bundle in dist/ has no .wasm beside it.
  const { resolve } = createRequire(import.meta.url);
  const { Language, Parser } = await import('./tree-sitter.js');
  await Parser.init({ locateFile: () => resolve('web-tree-sitter/web-tree-sitter.wasm') });
  const language = await Language.load(resolve('@tree-sitter-grammars/tree-sitter-hcl/tree-sitter-hcl.wasm'));
  return () => new Parser().setLanguage(language);
}
