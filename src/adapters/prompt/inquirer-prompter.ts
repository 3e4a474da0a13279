import { interrupted, MhtctlError } from '../../domain/errors.js';
import type { Prompter } from '../../ports/prompter.js';

/** Asks at the terminal, on stderr, so that stdout stays the command's data. */
export class InquirerPrompter implements Prompter {
  readonly interactive: boolean;
  readonly #signal: AbortSignal;

  /**
   * @param interactive whether stdin and stderr are a terminal; an open, silent pipe would be waited for without end
   * @param signal aborted when mhtctl is interrupted
   */
  constructor(interactive: boolean, signal: AbortSignal) {
    this.interactive = interactive;
    this.#signal = signal;
  }

  confirm(message: string): Promise<boolean> {
    return this.#ask(({ confirm }, context) => confirm({ message, default: false }, context));
  }

  ask(message: string): Promise<string> {
    return this.#ask(({ input }, context) => input({ message }, context));
  }

  choose(message: string, choices: readonly string[]): Promise<string> {
    return this.#ask(({ select }, context) => select({ message, choices }, context));
  }

  async #ask<T>(
    question: (
      prompts: typeof import('./questions.js'),
      context: { readonly output: NodeJS.WritableStream; readonly signal: AbortSignal },
    ) => Promise<T>,
  ): Promise<T> {
    if (!this.interactive) {
      throw new MhtctlError({
        code: 'NoTerminal',
        outcome: 'declined',
        message: 'there is no terminal to ask at',
        nextSteps: ['give the answer as a flag; --help lists them'],
      });
    }
    // Ctrl-D, or a terminal that is closed, ends the input; inquirer would wait on and the process dissolve with code 0.
    const inputEnded = new AbortController();
    const end = () => inputEnded.abort();
    const onKey = (_: unknown, key?: { readonly ctrl?: boolean; readonly name?: string }) => {
      if (key?.ctrl === true && key.name === 'd') end();
    };
    process.stdin.on('keypress', onKey).once('end', end);
    try {
      const signal = AbortSignal.any([this.#signal, inputEnded.signal]);
      return await question(await import('./questions.js'), { output: process.stderr, signal });
    } catch (error) {
      if (error instanceof Error && /^(ExitPromptError|AbortPromptError)$/.test(error.name)) {
        throw interrupted('interrupted at the prompt; nothing was changed');
      }
      throw error;
    } finally {
      process.stdin.off('keypress', onKey).off('end', end);
    }
  }
}
