import { join } from 'node:path';
import { importedLibraries } from './load-everything.mjs';
import { MHTCTL } from './sandbox.mjs';

/** What the start of the command line costs, beside that of Node itself. */
export async function startupSubjects({ root, env }) {
  const options = { cwd: root, env };
  const everything = [process.execPath, join(import.meta.dirname, 'load-everything.mjs'), '--version'];
  // Looked up here, so that the search is not measured.
  const libraries = JSON.stringify(await importedLibraries());
  return [
    { name: 'node -e 0', steps: [[process.execPath, '-e', '0']], options },
    { name: 'mhtctl --version', steps: [[...MHTCTL, '--version']], options },
    {
      name: 'mhtctl with every library loaded',
      steps: [everything],
      options: { cwd: root, env: { ...env, BENCH_LIBRARIES: libraries } },
    },
    { name: 'mhtctl local status', steps: [[...MHTCTL, 'local', 'status']], options },
    { name: 'mhtctl switch, already there', steps: [[...MHTCTL, 'switch', 'staging']], options },
  ];
}
