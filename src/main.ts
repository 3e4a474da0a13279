import { Config, Errors, flush, run } from '@oclif/core';
import { failureJson, MhtctlError } from './domain/errors.js';
import { exitCodeOf } from './domain/exit-codes.js';
import { nearestName } from './domain/nearest-name.js';
import { isSupportedNode, SUPPORTED_NODE } from './domain/node-version.js';
import { normaliseError } from './normalise-error.js';
import { failureText } from './presenters/failure-text.js';
import { textStyle } from './presenters/style.js';

/** Runs the command line. @param dir URL of the file in `bin/` that was started */
export async function main(dir: string): Promise<void> {
  let finished = false;
  // Should the run dissolve, because what it waits for can no longer happen, it must not look like success.
  process.once('exit', () => {
    if (!finished) process.exitCode = exitCodeOf('bug');
  });
  // Progress that cannot be written, on a full disk or to a closed terminal, stops no apply.
  process.stderr.on('error', () => undefined);
  let lost: NodeJS.ErrnoException | undefined;
  // oclif's own listener would throw, and so end mhtctl wherever it is.
  process.stdout.removeAllListeners('error');
  const broken = new Promise<void>((resolve) => {
    process.stdout.on('error', (error: NodeJS.ErrnoException) => {
      // A reader that has seen enough (`mhtctl status | head`) is no failure; a result that is lost is one.
      if (error.code !== 'EPIPE' && error.code !== 'EIO') lost = error;
      resolve();
    });
  });
  if (!isSupportedNode(process.version)) {
    process.stderr.write(`warning: Node.js ${process.version} is not supported, expected ${SUPPORTED_NODE}\n`);
  }
  const config = await Config.load(dir);
  try {
    await run(process.argv.slice(2), config);
  } catch (error) {
    if ((error as { oclif?: { exit?: number } }).oclif?.exit !== 0) {
      reportOutsideCommand(unknownCommand(error, config) ?? normaliseError(error));
    }
  }
  // What is broken never drains.
  await Promise.race([flush(), broken]);
  if (lost !== undefined) {
    process.exitCode = exitCodeOf('toolFailed');
    process.stderr.write(`error: the result could not be written to stdout: ${lost.message}\n`);
  }
  finished = true;
  // Reads that were abandoned, and connections that are kept open, are not waited for.
  process.exit();
}

/** Failures before there is a command to report them: an unknown command, a broken installation. */
function reportOutsideCommand(failure: MhtctlError): void {
  process.exitCode = failure.exitCode;
  if (process.argv.includes('--json')) process.stdout.write(`${JSON.stringify(failureJson(failure), null, 2)}\n`);
  else process.stderr.write(`${failureText(failure, textStyle(process.stderr.isTTY === true))}\n`);
}

function unknownCommand(error: unknown, config: Config): MhtctlError | undefined {
  if (!(error instanceof Errors.CLIError)) return undefined;
  const id = /^command (.+) not found$/.exec(error.message)?.[1];
  if (id === undefined) return undefined;
  const name = id.replaceAll(':', ' ');
  const nearest = nearestName(id, config.commandIDs)?.replaceAll(':', ' ');
  return new MhtctlError({
    code: 'UnknownCommand',
    outcome: 'usage',
    message: `there is no command "${name}"${nearest === undefined ? '' : `; did you mean "${nearest}"?`}`,
    nextSteps: [nearest === undefined ? 'mhtctl --help' : `mhtctl ${nearest} --help`],
  });
}
