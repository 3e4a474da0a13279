import { written } from '../../domain/binding/invalid-configuration.js';
import type { HclValue } from '../../domain/hcl-value.js';
import { canonicalJson } from '../../domain/plan.js';
import { type Attribute, bodyOf } from './body.js';
import { literalEntries, literalValue } from './literal.js';
import { parseHcl } from './parse.js';
import { SourceText } from './source-text.js';
import type { Token } from './tokens.js';

/** Comments behind an attribute, which may end on a later line. */
const BEHIND = /(?:[ \t]|\/\*(?:[^*]|\*(?!\/))*\*\/)*/y;

const BYTE_ORDER_MARK = '\uFEFF';

/** A part of a text, and what to put in its place. */
interface Edit extends Span {
  readonly text: string;
}

/** Offsets into a text. */
interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * The text of a file of literal values with an attribute set to a value: everything else, comments and layout
 * included, is as it was. A new attribute is added at the end. Fails (exit 2) as {@link parseHcl} does.
 * @param file the name that messages carry
 */
export function withAttribute(file: string, text: string, name: string, value: HclValue): string {
  return edited(file, text, name, value, (attribute, source) => {
    const newline = source.text.includes('\r\n') ? '\r\n' : '\n';
    if (attribute === undefined) return [addition(source.text, `${name} = ${laidOut(value, newline)}`, newline)];
    return (
      entryEdits(attribute.tokens, value, source) ?? [{ ...spanOf(attribute.tokens), text: laidOut(value, newline) }]
    );
  });
}

/** The text without an attribute and its lines; the same text where it has none. Fails as {@link withAttribute} does. */
export function withoutAttribute(file: string, text: string, name: string): string {
  return edited(file, text, name, undefined, (attribute, source) =>
    attribute === undefined
      ? []
      : [removal({ start: attribute.start, end: spanOf(attribute.tokens).end }, source.text)],
  );
}

function edited(
  file: string,
  text: string,
  name: string,
  value: HclValue | undefined,
  editsOf: (attribute: Attribute | undefined, source: SourceText) => readonly Edit[],
): string {
  const before = parseHcl(file, text);
  const source = new SourceText(file, text);
  const edits = [...editsOf(bodyOf(source).attributes.get(name), source)];
  let result = source.text;
  for (const { start, end, text: replacement } of edits.sort((one, other) => other.start - one.start))
    result = `${result.slice(0, start)}${replacement}${result.slice(end)}`;
  const after = parseHcl(file, result);
  const rest = (body: typeof before) =>
    canonicalJson(body.attributes.flatMap((one) => (one.name === name ? [] : [[one.name, one.value]])));
  const own = after.attributes.find((attribute) => attribute.name === name)?.value;
  if (rest(before) !== rest(after) || canonicalJson(own) !== canonicalJson(value))
    throw new Error(`setting ${name} in ${file} would have changed something else`);
  return text.startsWith(BYTE_ORDER_MARK) ? `${BYTE_ORDER_MARK}${result}` : result;
}

function spanOf(tokens: readonly Token[]): Span {
  const [first, last] = [tokens.at(0), tokens.at(-1)];
  if (first === undefined || last === undefined) throw new Error('an expression has at least one token');
  return { start: first.start, end: last.end };
}

/** Edits of the single entries of an object that has the same keys already; undefined when it has not. */
function entryEdits(expression: readonly Token[], value: HclValue, source: SourceText): readonly Edit[] | undefined {
  const [object] = expression;
  if (!isObject(value) || object?.kind !== '{') return undefined;
  const entries = literalEntries(object, source);
  const keys = (names: readonly string[]) => [...names].sort().join();
  if (keys(entries.map(({ key }) => key)) !== keys(Object.keys(value))) return undefined;
  return entries.flatMap(({ key, tokens }) => {
    const wanted = value[key] ?? null;
    if (written(literalValue(tokens, source)) === written(wanted)) return [];
    return [{ ...spanOf(tokens), text: written(wanted) }];
  });
}

function addition(text: string, line: string, newline: string): Edit {
  const gap = text === '' ? '' : text.endsWith('\n') ? newline : `${newline}${newline}`;
  return { start: text.length, end: text.length, text: `${gap}${line}${newline}` };
}

/** The attribute's lines, with a comment behind it, and the blank line before it where another follows or none can. */
function removal(attribute: Span, text: string): Edit {
  const lineStart = text.lastIndexOf('\n', attribute.start - 1) + 1;
  const alone = text.slice(lineStart, attribute.start).trim() === '';
  const behind = new RegExp(BEHIND);
  behind.lastIndex = attribute.end;
  behind.exec(text);
  const lineEnd = text.indexOf('\n', behind.lastIndex);
  const end = lineEnd === -1 ? text.length : lineEnd + 1;
  if (!alone) return { start: attribute.start, end: lineEnd === -1 ? text.length : lineEnd, text: '' };
  const [blankBefore = ''] = /(?:^|(?<=\n))[ \t]*\r?\n$/.exec(text.slice(0, lineStart)) ?? [];
  const followed = /^[ \t]*[^\s]/.test(text.slice(end));
  return { start: followed ? lineStart : lineStart - blankBefore.length, end, text: '' };
}

/** A value as `terraform fmt` lays it out: the entries of an object on lines of their own, aligned. */
function laidOut(value: HclValue, newline: string): string {
  if (!isObject(value)) return written(value);
  const width = Math.max(...Object.keys(value).map((key) => key.length));
  const lines = Object.entries(value).map(([key, entry]) => `  ${key.padEnd(width)} = ${written(entry)}`);
  return ['{', ...lines, '}'].join(newline);
}

function isObject(value: HclValue): value is { readonly [key: string]: HclValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
