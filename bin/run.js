#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { codeFileOf, compiledRequire } from './load-compiled.js';

// The AWS SDK would warn on stderr of every command run with Node 20.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
// mhtctl judges the version of Node itself; oclif would load a library for it.
process.env.OCLIF_DISABLE_ENGINE_WARNING = 'true';

const dist = join(import.meta.dirname, '../dist');
const file = join(dist, 'main.js');
// What was built before builds compiled is of ES modules; it runs until the next build.
const { main } = existsSync(codeFileOf(file)) ? compiledRequire(dist)(file) : await import(pathToFileURL(file).href);
await main(import.meta.url);
