import { join } from 'node:path';
import { MHTCTL } from './sandbox.mjs';

/** What the start of the command line costs, beside that of Node itself. */
export async function startupSubjects({ root, env }) {
  const options = { cwd: root, env };
  const everything = join(import.meta.dirname, 'load-everything.mjs');
  const subjects = [
    { name: 'node -e 0', steps: [[process.execPath, '-e', '0']], options },
    { name: 'mhtctl --version', steps: [[...MHTCTL, '--version']], options },
    { name: 'mhtctl with every library loaded', steps: [[process.execPath, everything, '--version']], options },
    { name: 'mhtctl local status', steps: [[...MHTCTL, 'local', 'status']], options },
    { name: 'mhtctl switch, already there', steps: [[...MHTCTL, 'switch', 'staging']], options },
  ];
  return subjects;
}
