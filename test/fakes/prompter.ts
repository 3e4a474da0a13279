import type { Prompter } from '../../src/ports/prompter.js';

/** A person who was told beforehand what to answer. Without answers there is no terminal. */
export class FakePrompter implements Prompter {
  /** Every question that was asked, in order. */
  readonly asked: string[] = [];
  readonly interactive: boolean;
  readonly #answers: (string | boolean)[];

  constructor(...answers: readonly (string | boolean)[]) {
    this.interactive = answers.length > 0;
    this.#answers = [...answers];
  }

  async confirm(message: string): Promise<boolean> {
    return this.#answer(message) === true;
  }

  async ask(message: string): Promise<string> {
    return String(this.#answer(message));
  }

  async choose(message: string, choices: readonly string[]): Promise<string> {
    return String(this.#answer(`${message} ${choices.join('/')}`));
  }

  #answer(message: string): string | boolean {
    this.asked.push(message);
    const answer = this.#answers.shift();
    if (answer === undefined) throw new Error(`nobody answers: ${message}`);
    return answer;
  }
}
