import { dirname } from 'node:path';
import { MhtctlError } from '../domain/errors.js';

/** What to report when a file of the project's private directory cannot be written: no space, or no permission. */
export function unwritableFile(path: string, cause: unknown): MhtctlError {
  return new MhtctlError({
    code: 'PrivateFileUnwritable',
    outcome: 'toolFailed',
    message: `cannot write ${path}: ${(cause as Error).message}`,
    nextSteps: [`df -h ${dirname(path)}`, `ls -ld ${dirname(path)}`],
    cause,
  });
}
