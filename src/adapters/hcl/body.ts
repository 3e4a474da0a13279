import type { SourceLocation } from '../../domain/hcl-value.js';
import { endOfExpression } from './expression-end.js';
import { isQuoted, quotedValue } from './literal.js';
import type { SourceText } from './source-text.js';
import { isMark, type Token, tokensOf } from './tokens.js';

/** `name = expression`. */
export interface Attribute {
  readonly name: string;
  /** Those of the expression; at least one. */
  readonly tokens: readonly Token[];
  /** Of its name. */
  readonly location: SourceLocation;
  /** Offset of its name. */
  readonly start: number;
}

/** `type "label" { ... }`. */
export interface Block extends Body {
  readonly type: string;
  readonly labels: readonly string[];
  /** Of its type. */
  readonly location: SourceLocation;
}

/** What stands in a file or in the braces of a block. */
export interface Body {
  readonly attributes: ReadonlyMap<string, Attribute>;
  readonly blocks: readonly Block[];
}

/**
 * The attributes and blocks of a file. Fails (exit 2) on a syntax error; what stands in brackets within an expression is
 * looked into when its value is asked for.
 */
export function bodyOf(source: SourceText): Body {
  const tokens = tokensOf(source.text);
  if ('problem' in tokens) {
    throw source.syntaxError(source.atOffset(tokens.offset), tokens.problem, tokens.remedy);
  }
  return new BodyReader(source, tokens, 0).read(true);
}

class BodyReader {
  readonly #source: SourceText;
  readonly #tokens: readonly Token[];
  /** Offset where the text of the tokens begins. */
  readonly #start: number;
  readonly #attributes = new Map<string, Attribute>();
  readonly #blocks: Block[] = [];
  #at = 0;

  constructor(source: SourceText, tokens: readonly Token[], start: number) {
    this.#source = source;
    this.#tokens = tokens;
    this.#start = start;
  }

  /** @param ownLines whether each statement has a line of its own; a block on one line is let be */
  read(ownLines: boolean): Body {
    for (let token = this.#tokens[this.#at]; token !== undefined; token = this.#tokens[this.#at]) {
      if (token.kind === 'line') this.#at += 1;
      else this.#statement(token, ownLines);
    }
    return { attributes: this.#attributes, blocks: this.#blocks };
  }

  #statement(name: Token, ownLines: boolean): void {
    if (name.kind === '{') {
      throw this.#source.syntaxError(name, 'unexpected "{"', 'write name = value lines, not a JSON object');
    }
    if (name.kind !== 'name') throw this.#source.unexpected(name);
    this.#at += 1;
    if (isMark(this.#tokens[this.#at], '=')) this.#attribute(name);
    else this.#block(name);
    const next = this.#tokens[this.#at];
    if (next === undefined || next.kind === 'line') return;
    if (next.kind !== 'name') throw this.#source.unexpected(next);
    if (ownLines) throw this.#source.syntaxError(next, 'a line break is missing before this');
  }

  #attribute(name: Token & { readonly text: string }): void {
    const from = this.#at + 1;
    const end = endOfExpression(this.#source, this.#tokens, from, this.#start);
    this.#at = end;
    const { text, start } = name;
    const earlier = this.#attributes.get(text);
    if (earlier !== undefined) {
      const problem = `"${text}" is already set on line ${earlier.location.line}`;
      throw this.#source.syntaxError(name, problem, 'keep one of the two');
    }
    const tokens = this.#tokens.slice(from, end);
    this.#attributes.set(text, { name: text, tokens, location: this.#source.locationOf(name), start });
  }

  #block(type: Token & { readonly text: string }): void {
    const labels: string[] = [];
    for (;;) {
      const token = this.#tokens[this.#at];
      this.#at += 1;
      if (token?.kind === '{') {
        const body = new BodyReader(this.#source, token.tokens, token.start + 1).read(false);
        this.#blocks.push({ type: type.text, labels, location: this.#source.locationOf(type), ...body });
        return;
      }
      const label = token === undefined ? undefined : labelText(token, this.#source);
      if (label === undefined) throw this.#source.syntaxError(type, 'this is neither name = value nor a block');
      labels.push(label);
    }
  }
}

/** Undefined for what can be no label. */
function labelText(token: Token, source: SourceText): string | undefined {
  if (token.kind === 'name') return token.text;
  const hasParts = 'tokens' in token && token.tokens.some(({ kind }) => kind === '${');
  return isQuoted(token, source) && !hasParts ? quotedValue(token, source) : undefined;
}

/** The text of a string with neither interpolations nor escapes; undefined for anything else. */
export function plainText(tokens: readonly Token[]): string | undefined {
  const [string] = tokens;
  const isString = tokens.length === 1 && string?.kind === 'literal' && string.text.startsWith('"');
  return isString ? string.text.slice(1, -1) : undefined;
}
