#!/usr/bin/env node
import module from 'node:module';

// Node >= 22.8 keeps compiled code between runs.
module.enableCompileCache?.();
// The AWS SDK would warn on stderr of every command run with Node 20.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
// mhtctl judges the version of Node itself; oclif would load a library for it.
process.env.OCLIF_DISABLE_ENGINE_WARNING = 'true';

const { main } = await import('../dist/main.js');
await main(import.meta.url);
