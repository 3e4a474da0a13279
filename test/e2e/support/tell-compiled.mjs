// Preloaded, it writes for each file that comes with compiled code whether Node took it to the file MHTCTL_TELL_COMPILED.
import { writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import vm from 'node:vm';

const files = [];
vm.Script = class extends vm.Script {
  constructor(source, options) {
    super(source, options);
    files.push({ file: options.filename, taken: this.cachedDataRejected === false });
  }
};
syncBuiltinESMExports();
process.on('exit', () => writeFileSync(process.env.MHTCTL_TELL_COMPILED, JSON.stringify(files)));
