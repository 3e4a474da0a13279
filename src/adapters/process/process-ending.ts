import { MhtctlError } from '../../domain/errors.js';
import type { ProcessResult } from '../../ports/process-runner.js';

/** The part of execa's result that is read here. */
export interface Ending {
  readonly stdout?: unknown;
  readonly stderr?: unknown;
  readonly exitCode?: number;
  readonly signal?: string;
  readonly code?: string;
  readonly isMaxBuffer?: boolean;
  readonly originalMessage?: string;
  readonly cause?: unknown;
}

/** The result of a child that ran; fails for one that could not be started or whose output was cut off. */
export function resultOf(command: string, ending: Ending): ProcessResult {
  if (ending.isMaxBuffer) {
    throw new MhtctlError({
      code: 'ToolOutputTooLarge',
      outcome: 'toolFailed',
      message: `${command} wrote more than mhtctl can hold in memory`,
    });
  }
  if (ending.exitCode === undefined && ending.signal === undefined) throw startFailure(command, ending);
  return {
    stdout: typeof ending.stdout === 'string' ? ending.stdout : '',
    stderr: typeof ending.stderr === 'string' ? ending.stderr : '',
    exitCode: ending.exitCode,
    signal: ending.signal,
  };
}

/** Why a child could not be started. */
export function startFailure(command: string, ending: Ending): MhtctlError {
  const detail = ending.originalMessage ?? 'unknown reason';
  // A working directory that does not exist is reported as ENOENT too, and execa says so in its message.
  if (ending.code === 'ENOENT' && !detail.startsWith('The "cwd" option')) {
    return new MhtctlError({
      code: 'ToolMissing',
      outcome: 'toolFailed',
      message: `${command} is not installed, or not on PATH`,
      nextSteps: [`install ${command}, then check: command -v ${command}`],
      cause: ending.cause,
    });
  }
  return new MhtctlError({
    code: 'ToolNotStarted',
    outcome: 'toolFailed',
    message: `${command} could not be started: ${detail}`,
    nextSteps: [`ls -l "$(command -v ${command})"`],
    cause: ending.cause,
  });
}
