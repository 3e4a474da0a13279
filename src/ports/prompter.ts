/** Asks a person. Nothing here waits when {@link interactive} is false: every method then rejects. */
export interface Prompter {
  /** Whether there is a terminal on both ends. */
  readonly interactive: boolean;
  /** A y/N question; Enter is no. */
  confirm(message: string): Promise<boolean>;
  /** A line of text. */
  ask(message: string): Promise<string>;
  /** One of several. */
  choose(message: string, choices: readonly string[]): Promise<string>;
}
