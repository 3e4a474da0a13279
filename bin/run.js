#!/usr/bin/env node
import { join } from 'node:path';
import { compiledRequire } from './load-compiled.js';

// The AWS SDK would warn on stderr of every command run with Node 20.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
// mhtctl judges the version of Node itself; oclif would load a library for it.
process.env.OCLIF_DISABLE_ENGINE_WARNING = 'true';

const dist = join(import.meta.dirname, '../dist');
const { main } = compiledRequire(dist)(join(dist, 'main.js'));
await main(import.meta.url);
