import { Errors } from '@oclif/core';
import { MhtctlError } from './domain/errors.js';

/** Errors of the file system that a person can mend, by their code. */
const FILE_ERRORS: Readonly<Record<string, string>> = {
  ENOSPC: 'DiskFull',
  EDQUOT: 'DiskFull',
  EACCES: 'FileDenied',
  EPERM: 'FileDenied',
  EROFS: 'FileDenied',
};

/** Turns whatever was thrown into a failure. Called in one place; what it does not know is a bug in mhtctl. */
export function normaliseError(error: unknown): MhtctlError {
  if (error instanceof MhtctlError) return error;
  if (error instanceof Errors.CLIError) {
    return new MhtctlError({
      code: 'Usage',
      outcome: 'usage',
      message: error.message.replace(/\nSee more help with --help$/, ''),
      nextSteps: ['add --help to the command to see its arguments and flags'],
      cause: error,
    });
  }
  const { code, path } = error as NodeJS.ErrnoException;
  const known = code === undefined ? undefined : FILE_ERRORS[code];
  if (known !== undefined) {
    return new MhtctlError({
      code: known,
      outcome: 'toolFailed',
      message: `${(error as Error).message}`,
      nextSteps: [known === 'DiskFull' ? `df -h ${path ?? '.'}` : `ls -ld ${path ?? '.'}`],
      cause: error,
    });
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return new MhtctlError({
    code: 'Bug',
    outcome: 'bug',
    message: `this is a bug in mhtctl: ${stack}`,
    nextSteps: ['report it with the command and this text'],
    cause: error,
  });
}
