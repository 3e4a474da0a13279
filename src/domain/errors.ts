import { exitCodeOf, type Outcome } from './exit-codes.js';

/** What a failure carries: enough for a person to act on, and for a script to branch on. */
export interface FailureDetails {
  /** Stable PascalCase name of the failure; scripts match on it, so it never changes. */
  readonly code: string;
  /** Which row of the exit-code table it ends with. */
  readonly outcome: Outcome;
  /** Lower-case sentence that says what happened and contains the wrong value. */
  readonly message: string;
  /** What to do, each ready to paste into a shell or to follow as it stands. */
  readonly nextSteps?: readonly string[];
  /** The error underneath, kept for `DEBUG=*` and the log. */
  readonly cause?: unknown;
}

/** A failure that mhtctl understands. Anything else that is thrown is a bug in mhtctl (exit 1). */
export class MhtctlError extends Error {
  readonly code: string;
  readonly outcome: Outcome;
  readonly nextSteps: readonly string[];

  constructor(details: FailureDetails) {
    super(details.message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'MhtctlError';
    this.code = details.code;
    this.outcome = details.outcome;
    this.nextSteps = details.nextSteps ?? [];
  }

  /** The exit code the process ends with. */
  get exitCode(): number {
    return exitCodeOf(this.outcome);
  }
}

/** The JSON document that `--json` prints for a failure. */
export interface FailureJson {
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly exitCode: number;
    readonly nextSteps: readonly string[];
  };
}

/** Turns a failure into its public JSON form; only these fields ever leave the process. */
export function failureJson(error: MhtctlError): FailureJson {
  return {
    error: { code: error.code, message: error.message, exitCode: error.exitCode, nextSteps: error.nextSteps },
  };
}

/** The run was stopped by a signal before or while it changed anything. */
export function interrupted(message: string, nextSteps: readonly string[] = []): MhtctlError {
  return new MhtctlError({ code: 'Interrupted', outcome: 'interrupted', message, nextSteps });
}
