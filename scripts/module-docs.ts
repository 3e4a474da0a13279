/**
 * Writes the tables of inputs and outputs into the READMEs of the Terraform configuration and of its modules, from the module's own code.
 * With `--check` it writes nothing and exits 1 when a README is stale.
 */
import { join, relative } from 'node:path';
import { findProject } from '../src/adapters/environments/find-project.js';
import { MhtctlError } from '../src/domain/errors.js';
import { updateReadme, updateReadmes } from './module-docs/update-readmes.js';

/** What a person runs to bring the READMEs up to date. */
const COMMAND = 'npm run module-docs';

async function main(args: readonly string[]): Promise<number> {
  const unknown = args.find((argument) => argument !== '--check');
  if (unknown !== undefined) {
    process.stderr.write(`unknown argument "${unknown}"; usage: module-docs [--check]\n`);
    return 2;
  }
  const check = args.includes('--check');
  const { root, configurationDir } = await findProject(process.cwd(), process.env);
  const modulesDir = join(configurationDir, 'modules');
  const stale = [
    ...(await updateReadme({ directory: configurationDir, shown: relative(root, configurationDir), check })),
    ...(await updateReadmes({ modulesDir, shown: relative(root, modulesDir), check })),
  ];
  if (stale.length === 0) return 0;
  process.stderr.write(`${stale.map((file) => `${file} ${check ? 'is stale' : 'updated'}`).join('\n')}\n`);
  if (!check) return 0;
  process.stderr.write(`run: ${COMMAND}\n`);
  return 1;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof MhtctlError)) throw error;
  process.stderr.write(`${error.message}\n${error.nextSteps.map((step) => `  ${step}\n`).join('')}`);
  process.exitCode = error.exitCode;
}
