/**
 * Notices page tokens that go round in a circle, so that a list without end is not followed for ever. Remembers one
 * token at a time and notices a circle after at most three times its way (Brent's cycle detection).
 */
export class PageTokens {
  #remembered: string | undefined;
  #steps = 0;
  #reach = 1;

  /** Whether the next token is known to have come before. */
  comesAgain(token: string): boolean {
    if (token === this.#remembered) return true;
    this.#steps += 1;
    if (this.#steps === this.#reach) {
      this.#remembered = token;
      this.#steps = 0;
      this.#reach *= 2;
    }
    return false;
  }
}
