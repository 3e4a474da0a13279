import type { Statement } from './document.js';
import { Pattern } from './pattern.js';
import type { Request } from './request.js';

/** A text of a policy with its variables filled in. */
export interface Resolved {
  readonly pattern: Pattern;
  /** False when a variable's value is not known: then the pattern matches whatever the text might stand for. */
  readonly certain: boolean;
}

const VARIABLE = /\$\{([^},]*)(?:,\s*'([^']*)')?\s*\}/g;

/**
 * Fills in the variables of a text: `${*}`, `${?}` and `${$}` are these characters, a key whose value is known is its
 * value, letter for letter, and one without a value its default. Undefined when a variable has no value at all: AWS then
 * takes the statement for one that does not apply.
 *
 * A variable that nobody can tell stands for anything, for the value may be what the other environment is called; where
 * that must not count, as in a Deny, {@link Resolved.certain} says so.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 * @param wildcards whether `*` and `?` outside variables are wildcards
 */
export function resolveText(
  text: string,
  { variables }: Pick<Statement, 'variables'>,
  request: Request,
  wildcards: boolean,
): Resolved | undefined {
  const plain = (part: string): Pattern => (wildcards ? Pattern.wild(part) : Pattern.literal(part));
  if (!variables || !text.includes('${')) return { pattern: plain(text), certain: true };
  const parts: Pattern[] = [];
  let certain = true;
  let read = 0;
  for (const match of text.matchAll(VARIABLE)) {
    const [whole, key = '', fallback] = match;
    parts.push(plain(text.slice(read, match.index)));
    read = match.index + whole.length;
    if (key === '*' || key === '?' || key === '$') {
      parts.push(Pattern.literal(key));
      continue;
    }
    const known = request(key.trim());
    if (known === undefined || known.length !== 1) {
      parts.push(Pattern.ANYTHING);
      certain = false;
      continue;
    }
    const value = known[0] ?? fallback;
    if (value === undefined) return undefined;
    parts.push(Pattern.literal(value));
  }
  parts.push(plain(text.slice(read)));
  return { pattern: Pattern.joined(parts), certain };
}
