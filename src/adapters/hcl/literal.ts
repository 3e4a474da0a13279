import type { HclValue } from '../../domain/hcl-value.js';
import { endOfExpression } from './expression-end.js';
import type { SourceText } from './source-text.js';
import { heredocText, quotedText, type TemplateText } from './template-text.js';
import { type Group, isMark, type Token } from './tokens.js';

const HCL_NUMBER = /^\d+(\.\d+)?([eE][-+]?\d+)?$/;

const NAMED_VALUES: ReadonlyMap<string, HclValue> = new Map<string, HclValue>([
  ['true', true],
  ['false', false],
  ['null', null],
]);

/**
 * The value of an expression that is a literal. Fails (exit 2) on anything that would need evaluation.
 * @param tokens those of a whole expression
 */
export function literalValue(tokens: readonly Token[], source: SourceText): HclValue {
  const [first, second, third] = tokens;
  if (first === undefined) throw new Error('an expression has at least one token');
  if (isMark(first, '-') && second?.kind === 'literal' && !isQuoted(second, source) && third === undefined) {
    const value = number(second, source);
    // `-0` is plain zero in HCL.
    return value === 0 ? 0 : -value;
  }
  if (second !== undefined) throw source.notLiteral(first, described(tokens, source));
  switch (first.kind) {
    case 'literal':
      return isQuoted(first, source) ? quotedValue(first, source) : number(first, source);
    case '"':
      return isQuoted(first, source) ? quotedValue(first, source) : heredoc(first, source);
    case '(':
      return literalValue(only(first, source), source);
    case '[':
      if (isFor(first)) break;
      return elements(first, source).map((element) => literalValue(element, source));
    case '{':
      if (isFor(first)) break;
      // fromEntries defines own properties, so a key such as `__proto__` is a key like any other.
      return Object.fromEntries(
        literalEntries(first, source).map(({ key, tokens: value }) => [key, literalValue(value, source)]),
      );
    case 'name': {
      const value = NAMED_VALUES.get(first.text);
      if (value !== undefined) return value;
    }
  }
  throw source.notLiteral(first, described(tokens, source));
}

/** An entry of an object, and the tokens of its value. */
export interface LiteralEntry {
  readonly key: string;
  readonly tokens: readonly Token[];
}

/** The entries of an object, in the order in which they are written. Fails (exit 2) when a key would need evaluation. */
export function literalEntries(object: Group, source: SourceText): readonly LiteralEntry[] {
  const { tokens } = object;
  const entries: LiteralEntry[] = [];
  for (let at = 0; at < tokens.length; ) {
    if (tokens[at]?.kind === 'line') {
      at += 1;
      continue;
    }
    const equals = endOfExpression(source, tokens, at, object.start + 1);
    const key = tokens.slice(at, equals);
    if (!isMark(tokens[equals], '=') && !isMark(tokens[equals], ':')) {
      throw source.unexpected(tokens[equals], tokens[equals - 1]?.end);
    }
    const from = equals + 1;
    const end = endOfExpression(source, tokens, from, object.start + 1);
    entries.push({ key: keyText(key, source), tokens: tokens.slice(from, end) });
    const next = tokens[end];
    if (next?.kind === 'name' || next?.kind === 'literal' || next?.kind === '"') {
      throw source.syntaxError(next, 'a comma or a line break is missing before this entry');
    }
    if (next !== undefined && next.kind !== 'line' && !isMark(next, ',')) throw source.unexpected(next);
    at = end + 1;
  }
  return entries;
}

function keyText(key: readonly Token[], source: SourceText): string {
  const [first] = key as readonly [Token, ...Token[]];
  // A bare word is the key itself, not a reference. `true = 1` and `null = 1` are bare words too.
  if (key.length === 1 && first.kind === 'name') return first.text.normalize('NFC');
  if (key.length === 1 && (first.kind === 'literal' || first.kind === '"')) {
    const text = String(literalValue(key, source));
    // A number that Terraform would write in full, and JavaScript does not.
    if (isQuoted(first, source) || /^\d{1,15}(\.\d+)?$/.test(text)) return text;
  }
  throw source.notLiteral(first, `key ${source.quote(key)} that is neither a name nor a string`);
}

/** The elements of a tuple. */
function elements(tuple: Group, source: SourceText): readonly (readonly Token[])[] {
  const { tokens } = tuple;
  const found: (readonly Token[])[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const end = endOfExpression(source, tokens, at, tuple.start + 1);
    const next = tokens[end];
    if (next?.kind === 'name' || next?.kind === 'literal' || next?.kind === '"') {
      throw source.syntaxError(next, 'a comma is missing before this');
    }
    if (next !== undefined && !isMark(next, ',')) throw source.unexpected(next);
    found.push(tokens.slice(at, end));
    at = end;
  }
  return found;
}

/** The expression in parentheses. */
function only({ tokens, start }: Group, source: SourceText): readonly Token[] {
  const next = tokens[endOfExpression(source, tokens, 0, start + 1)];
  if (next !== undefined) throw source.unexpected(next);
  return tokens;
}

function isFor({ tokens }: Group): boolean {
  const first = tokens.find(({ kind }) => kind !== 'line');
  return first?.kind === 'name' && first.text === 'for';
}

function number(token: Token & { readonly text: string }, source: SourceText): number {
  const value = HCL_NUMBER.test(token.text) ? Number(token.text) : Number.NaN;
  if (!Number.isFinite(value)) throw source.syntaxError(token, `${token.text} is not a number of HCL`);
  return value;
}

/** Whether a token is a string in quotes. */
export function isQuoted({ start }: Token, source: SourceText): boolean {
  return source.text.startsWith('"', start);
}

/** The text of a string in quotes, read from the file: what a piece of it means depends on what stands before. */
export function quotedValue({ start, end }: Token, source: SourceText): string {
  return textOrFail(quotedText(source.text.slice(start + 1, end - 1)), start + 1, source);
}

function heredoc(token: Token, source: SourceText): string {
  const raw = source.text.slice(token.start, token.end);
  const firstLineEnd = raw.indexOf('\n') + 1;
  const lastLineStart = raw.lastIndexOf('\n') + 1;
  if (!/^<<-?\S+\r?\n$/.test(raw.slice(0, firstLineEnd))) {
    throw source.syntaxError(token, 'white space after the marker of a heredoc');
  }
  const lines = raw.slice(firstLineEnd, lastLineStart);
  return textOrFail(heredocText(lines, raw.startsWith('<<-')), token.start + firstLineEnd, source);
}

function textOrFail(read: TemplateText, start: number, source: SourceText): string {
  if ('text' in read) return read.text;
  const { kind, offset, problem } = read.failure;
  const location = source.atOffset(start + offset);
  throw kind === 'not-literal' ? source.notLiteral(location, problem) : source.syntaxError(location, problem);
}

/** What an expression is that is no literal, for a message. */
function described(tokens: readonly Token[], source: SourceText): string {
  const [first, second, ...rest] = tokens;
  const quoted = source.quote(tokens);
  if (tokens.some((token) => isMark(token, '?'))) return `conditional expression ${quoted}`;
  if (first?.kind === '[' || first?.kind === '{') {
    return `${second === undefined ? 'for expression' : 'expression'} ${quoted}`;
  }
  if (tokens.some((token) => token.kind === 'mark' && token.text !== '.')) return `operation ${quoted}`;
  if (first?.kind !== 'name') return `expression ${quoted}`;
  return second?.kind === '(' && rest.length === 0 ? `function call ${quoted}` : `reference ${source.quote([first])}`;
}
