/** Any characters, or none. Characters that nobody uses stand for wildcards, so that a literal `*` is just a character. */
const MANY = '\uE000';
/** Exactly one character. */
const ONE = '\uE001';

/**
 * A text with wildcards. Matching never backtracks further than the last wildcard: hostile patterns cost no more than
 * the product of both lengths.
 *
 * In a `Resource` a `*` may run over the colons of an ARN; one in the middle of a segment should not, but no ARN exists
 * for which that makes a difference, so every `*` here does. Where AWS compares ARNs segment by segment, in conditions,
 * `conditions.ts` takes them apart first.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export class Pattern {
  /** Everything before the first wildcard. */
  readonly prefix: string;
  readonly #code: string;

  private constructor(code: string) {
    this.#code = code;
    const wildcard = code.search(/[\uE000\uE001]/);
    this.prefix = wildcard < 0 ? code : code.slice(0, wildcard);
  }

  /** `*` and `?` in the text are wildcards. */
  static wild(text: string): Pattern {
    return new Pattern(text.replaceAll('*', MANY).replaceAll('?', ONE));
  }

  /** The text as it is, whatever it holds. */
  static literal(text: string): Pattern {
    return new Pattern(text);
  }

  /** One pattern after the other. */
  static joined(parts: readonly Pattern[]): Pattern {
    return new Pattern(parts.map((part) => part.#code).join(''));
  }

  /** Every text. */
  static readonly ANYTHING = Pattern.wild('*');

  /** Whether it stands for one text alone. */
  get isLiteral(): boolean {
    return this.prefix.length === this.#code.length;
  }

  lowerCase(): Pattern {
    return new Pattern(this.#code.toLowerCase());
  }

  /** The parts between a separator, at most so many; the last one keeps the rest. */
  split(separator: string, limit: number): readonly Pattern[] {
    const parts = this.#code.split(separator);
    const head = parts.slice(0, limit - 1);
    const rest = parts.slice(limit - 1);
    return [...head, ...(rest.length === 0 ? [] : [rest.join(separator)])].map((part) => new Pattern(part));
  }

  matches(text: string): boolean {
    // Most patterns are a text, or the beginning of one.
    if (this.isLiteral) return this.prefix === text;
    if (this.#code.length === this.prefix.length + 1 && this.#code.endsWith(MANY)) return text.startsWith(this.prefix);
    return consumes(this.#code, text);
  }

  /** Whether a text that starts so could match. */
  mayStartWith(start: string): boolean {
    for (let index = 0; index < start.length; index += 1) {
      const expected = this.#code[index];
      if (expected === MANY) return true;
      if (expected !== ONE && expected !== start[index]) return false;
    }
    return true;
  }

  /**
   * Whether, as a pattern of ARNs, it is meant for the parts of a resource as well: it goes on after the resource's ARN
   * with a separator that it writes out, or with a `*` at its end.
   */
  goesOnAfter(arn: string, separator: string): boolean {
    if (this.#code.endsWith(MANY) && this.matches(arn)) return true;
    const head = this.#code.split(':', 5).join(':').length + 1;
    for (let at = this.#code.indexOf(separator, head); at >= 0; at = this.#code.indexOf(separator, at + 1)) {
      if (consumes(this.#code.slice(0, at), arn)) return true;
    }
    return false;
  }

  /** A text for what follows the first wildcard. */
  get example(): string {
    return this.#code
      .slice(this.prefix.length + 1)
      .replaceAll(MANY, '')
      .replaceAll(ONE, '-');
  }

  /** Whether it matches all that the other matches. May say no where the truth is yes, never the other way round. */
  covers(other: Pattern): boolean {
    return consumes(this.#code, other.#code);
  }

  /** Whether some text matches both. */
  overlaps(other: Pattern): boolean {
    if (other.isLiteral) return this.matches(other.#code);
    if (this.isLiteral) return other.matches(this.#code);
    return overlap(this.#code, other.#code);
  }
}

/** Matches a pattern against a text. A wildcard in the text is a character that only a wildcard takes. */
function consumes(code: string, text: string): boolean {
  let at = 0;
  let read = 0;
  let star = -1;
  let mark = 0;
  while (read < text.length) {
    const expected = code[at];
    const found = text[read];
    if (expected === MANY) {
      star = at;
      mark = read;
      at += 1;
    } else if (expected === found || (expected === ONE && found !== MANY)) {
      at += 1;
      read += 1;
    } else if (star >= 0) {
      at = star + 1;
      mark += 1;
      read = mark;
    } else {
      return false;
    }
  }
  while (code[at] === MANY) at += 1;
  return at === code.length;
}

/** Goes through both patterns at once, row by row: which rests of `right` can still meet the rest of `left`. */
function overlap(left: string, right: string): boolean {
  let row = new Array<boolean>(right.length + 1).fill(false);
  row[right.length] = true;
  for (let at = right.length - 1; at >= 0; at -= 1) row[at] = right[at] === MANY && row[at + 1] === true;
  for (let index = left.length - 1; index >= 0; index -= 1) {
    const mine = left[index];
    const next = new Array<boolean>(right.length + 1).fill(false);
    next[right.length] = mine === MANY && row[right.length] === true;
    for (let at = right.length - 1; at >= 0; at -= 1) {
      const theirs = right[at];
      if (mine === MANY || theirs === MANY) next[at] = row[at] === true || next[at + 1] === true;
      else next[at] = (mine === theirs || mine === ONE || theirs === ONE) && row[at + 1] === true;
    }
    row = next;
  }
  return row[0] === true;
}
