// bin/run.js with every library loaded, whether the command needs it or not: every file of dist/ (all commands, all
// adapters and the whole of every dependency that is bundled), and the packages that stay outside of the bundle.
// Importing them has no effect but to define what they export.
import { readdir } from 'node:fs/promises';
import module from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

module.enableCompileCache?.();
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

const repository = join(import.meta.dirname, '../..');
const dist = join(repository, 'dist');
const files = (await readdir(dist, { recursive: true })).filter((file) => file.endsWith('.js'));
await Promise.all([...files.map((file) => import(pathToFileURL(join(dist, file)).href)), import('web-tree-sitter')]);

const { main } = await import(pathToFileURL(join(dist, 'main.js')).href);
await main(pathToFileURL(join(repository, 'bin/run.js')).href);
