import { isMark, type Token } from '../tokens.js';

/** Something that an expression refers to. */
export interface Reference {
  /** Names without indices: `["aws_subnet", "public", "id"]` for `aws_subnet.public["a"].id`. */
  readonly path: readonly string[];
  /** Whether the whole value matters, or only which keys it has; of what has no keys, the value always matters. */
  readonly by: 'value' | 'keys';
}

/**
 * An expression as it is written. It is looked into when it is asked: most expressions decide no count.
 * No reference that matters is missed, but some that do not may be among them.
 */
export class Expression {
  readonly tokens: readonly Token[];
  #value: readonly Reference[] | undefined;
  #keys: readonly Reference[] | undefined;

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  /** What its value depends on. */
  get value(): readonly Reference[] {
    this.#value ??= [...allOf(this.tokens)];
    return this.#value;
  }

  /**
   * What the keys of the object that it makes depend on, which are what a `for_each` sees of it. So in a map that is
   * written in full, of all that the entries say nothing counts.
   */
  get keys(): readonly Reference[] {
    this.#keys ??= [...keysOf(this.tokens)];
    return this.#keys;
  }
}

/** Functions that look at the keys of their argument only. */
const LOOK_AT_KEYS: ReadonlySet<string> = new Set(['keys', 'length']);
/** Functions whose result has the keys of their arguments. */
const KEEP_KEYS: ReadonlySet<string> = new Set(['keys', 'merge', 'nonsensitive', 'sensitive', 'tomap']);

function* allOf(tokens: readonly Token[]): Generator<Reference> {
  for (const [index, token] of tokens.entries()) {
    const before = tokens[index - 1];
    if (token.kind === 'name') {
      const path = isMark(before, '.') ? [] : pathAt(tokens, index);
      // A single name is a function, a key, a type or a variable of a `for`.
      if (path.length > 1) yield { path, by: 'value' };
    } else if ('tokens' in token) {
      const looksAtKeys = token.kind === '(' && before?.kind === 'name' && LOOK_AT_KEYS.has(before.text);
      yield* looksAtKeys ? keysOf(token.tokens) : allOf(token.tokens);
    }
  }
}

function* keysOf(tokens: readonly Token[]): Generator<Reference> {
  const [first, second] = tokens;
  const question = tokens.findIndex((token) => isMark(token, '?'));
  if (question !== -1) {
    yield* allOf(tokens.slice(0, question));
    const branches = tokens.slice(question + 1);
    const colon = endOfFirstBranch(branches);
    yield* keysOf(branches.slice(0, colon));
    yield* keysOf(branches.slice(colon + 1));
  } else if (tokens.length === 1 && first?.kind === '(') {
    yield* keysOf(first.tokens);
  } else if (tokens.length === 1 && first?.kind === '{') {
    const inside = first.tokens.filter(({ kind }) => kind !== 'line');
    yield* isName(inside[0], 'for') ? keysOfFor(inside) : keysOfObject(first.tokens);
  } else if (tokens.length === 2 && first?.kind === 'name' && KEEP_KEYS.has(first.text) && second?.kind === '(') {
    for (const argument of split(second.tokens, (token) => isMark(token, ','))) yield* keysOf(argument);
  } else if (isPlainPath(tokens)) {
    yield { path: pathAt(tokens, 0), by: 'keys' };
  } else {
    yield* allOf(tokens);
  }
}

/** Of `{ for key, value in source : k => v if condition }`: what k, the condition and as much of the source depend on. */
function* keysOfFor(tokens: readonly Token[]): Generator<Reference> {
  const at = (found: (token: Token, index: number) => boolean) => {
    const index = tokens.findIndex(found);
    return index === -1 ? tokens.length : index;
  };
  const start = at((token) => isName(token, 'in'));
  const colon = at((token, index) => index > start && isMark(token, ':'));
  const arrow = at((token) => isMark(token, '=>'));
  const condition = at((token, index) => index > arrow && isName(token, 'if') && !isMark(tokens[index - 1], '.'));
  const source = tokens.slice(start + 1, colon);
  const deciding = [...tokens.slice(colon + 1, arrow), ...tokens.slice(condition + 1)];
  const element = tokens[start - 1];
  yield* allOf(deciding);
  yield* element?.kind !== 'name' || names(deciding, element.text) ? allOf(source) : keysOf(source);
}

/** Of `{ key = value, ... }`: what the keys depend on. A bare name is the key itself. */
function* keysOfObject(tokens: readonly Token[]): Generator<Reference> {
  for (const entry of split(tokens, (token) => token.kind === 'line' || isMark(token, ','))) {
    const end = entry.findIndex((token) => isMark(token, '=') || isMark(token, ':'));
    const key = entry.slice(0, end);
    if (key.length > 1 || key[0]?.kind !== 'name') yield* allOf(key);
  }
}

/** The names of `a.b["key"].c[*].d` that starts at an index: a, b, c, d. */
function pathAt(tokens: readonly Token[], start: number): readonly string[] {
  const path: string[] = [];
  for (let index = start; ; ) {
    const token = tokens[index];
    if (token?.kind === 'name') path.push(token.text);
    index += 1;
    while (tokens[index]?.kind === '[') index += 1;
    if (!isMark(tokens[index], '.')) return path;
    index += 1;
  }
}

/** Whether it is names and dots and nothing else. */
function isPlainPath(tokens: readonly Token[]): boolean {
  return (
    tokens.length % 2 === 1 &&
    tokens.every((token, index) => (index % 2 === 0 ? token.kind === 'name' : isMark(token, '.')))
  );
}

/** The index of the colon that belongs to the question mark before. */
function endOfFirstBranch(tokens: readonly Token[]): number {
  let questions = 1;
  const colon = tokens.findIndex((token) => {
    if (isMark(token, '?')) questions += 1;
    if (isMark(token, ':')) questions -= 1;
    return questions === 0;
  });
  return colon === -1 ? tokens.length : colon;
}

function names(tokens: readonly Token[], name: string): boolean {
  return tokens.some((token) => ('tokens' in token ? names(token.tokens, name) : isName(token, name)));
}

function isName(token: Token | undefined, text: string): boolean {
  return token?.kind === 'name' && token.text === text;
}

/** The tokens between separators, without the empty parts. */
function split(tokens: readonly Token[], isSeparator: (token: Token) => boolean): readonly (readonly Token[])[] {
  const parts: Token[][] = [[]];
  for (const token of tokens) {
    if (isSeparator(token)) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts.filter((part) => part.length > 0);
}
