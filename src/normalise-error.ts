import { Errors } from '@oclif/core';
import { MhtctlError } from './domain/errors.js';
import { shellWord } from './domain/shell-word.js';

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
  const { code, syscall, path, dest } = (error ?? {}) as NodeJS.ErrnoException & { readonly dest?: string };
  // The system refused a call: the machine is at fault, not the code, even where nobody foresaw it.
  const otherwise = syscall === undefined ? undefined : 'FileFailed';
  const known = code === undefined ? undefined : (FILE_ERRORS[code] ?? otherwise);
  if (known !== undefined) {
    return new MhtctlError({
      code: known,
      outcome: 'toolFailed',
      message: `${(error as Error).message}`,
      nextSteps: [lookAt(known === 'DiskFull' ? 'df -h' : 'ls -ld', [path, dest])],
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

/** The command that shows what is amiss with the files, ready to paste. */
function lookAt(command: string, files: readonly (string | undefined)[]): string {
  const named = files.filter((file): file is string => typeof file === 'string');
  if (named.length === 0) return command === 'df -h' ? 'df -h .' : 'mhtctl doctor';
  return [command, ...named.map(shellWord)].join(' ');
}
