import { Command, Flags } from '@oclif/core';
import type { Binding } from './domain/environment.js';
import { failureJson, MhtctlError } from './domain/errors.js';
import { exitCodeOf, type Outcome } from './domain/exit-codes.js';
import { LiveOutput } from './live-output.js';
import { normaliseError } from './normalise-error.js';
import type { Ports } from './ports/index.js';
import { failureText } from './presenters/failure-text.js';
import { type Style, textStyle } from './presenters/style.js';
import { createRuntime } from './runtime.js';

/**
 * What every command shares: the streams, the exit codes and the runtime.
 * @typeParam T the JSON the command returns with `--json`
 */
export abstract class BaseCommand<T> extends Command {
  static override enableJsonFlag = true;
  static override baseFlags = {
    'no-color': Flags.boolean({ description: 'No colour and no animation.', helpGroup: 'GLOBAL' }),
  };

  #ports: Promise<Ports> | undefined;

  abstract override run(): Promise<T>;

  /** The adapters, built on first use. */
  protected ports(): Promise<Ports> {
    this.#ports ??= createRuntime({
      workingDirectory: process.cwd(),
      installation: this.config.root,
      // Handed on to Terraform, which knows the variable and not our flag.
      environment: this.argv.includes('--no-color') ? { ...process.env, NO_COLOR: '1' } : process.env,
      stdin: process.stdin,
      stderr: process.stderr,
      animated: process.stderr.isTTY === true && process.env['TERM'] !== 'dumb' && !isSet('CI') && this.#mayColour(),
    });
    return this.#ports;
  }

  /** The binding of the environment that was named, or of the one last switched to. */
  protected async bind(ports: Ports, name: string | undefined): Promise<Binding> {
    const chosen = name ?? (await ports.workspace.currentEnvironment());
    if (chosen !== null) return ports.catalog.bind(chosen);
    throw new MhtctlError({
      code: 'NoEnvironment',
      outcome: 'usage',
      message: `no environment was named; there are ${(await ports.catalog.names()).join(', ')}`,
      nextSteps: [`mhtctl ${this.id?.replaceAll(':', ' ')} ENV`, 'or choose a default: mhtctl switch ENV'],
    });
  }

  /** The result for a person, on stdout; nothing with `--json`, where the returned value is the result. */
  protected show(present: (style: Style) => string): void {
    if (this.jsonEnabled()) return;
    process.stdout.write(`${present(this.#outputStyle())}\n`);
  }

  /** A text on stdout that is shown again and again: at a terminal drawn over the one before. */
  protected live(): LiveOutput {
    return new LiveOutput(process.stdout, () => this.#outputStyle());
  }

  /** Something to read on the way, on stderr. */
  protected tell(present: (style: Style) => string): void {
    process.stderr.write(`${present(this.#errorStyle())}\n`);
  }

  /** Lets the command return its result and end with the code of an outcome other than `done`. */
  protected endAs(outcome: Outcome): void {
    process.exitCode = exitCodeOf(outcome);
  }

  protected override async catch(error: Error): Promise<void> {
    // --help and --version end by an error with code 0.
    if ((error as { oclif?: { exit?: number } }).oclif?.exit === 0) throw error;
    const failure = normaliseError(error);
    process.exitCode = failure.exitCode;
    if (this.jsonEnabled()) this.logJson(failureJson(failure));
    else process.stderr.write(`${failureText(failure, this.#errorStyle())}\n`);
  }

  #outputStyle(): Style {
    return textStyle(process.stdout.isTTY === true && this.#mayColour(), process.stdout.columns);
  }

  #errorStyle(): Style {
    return textStyle(process.stderr.isTTY === true && this.#mayColour(), process.stderr.columns);
  }

  #mayColour(): boolean {
    return !isSet('NO_COLOR') && !this.argv.includes('--no-color');
  }
}

/** By convention (https://no-color.org) the presence of a value counts, whatever it is. */
function isSet(name: string): boolean {
  return (process.env[name] ?? '') !== '';
}
