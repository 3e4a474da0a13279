import type { Node } from 'web-tree-sitter';
import { written } from '../../domain/binding/invalid-configuration.js';
import type { HclValue } from '../../domain/hcl-value.js';
import { canonicalJson } from '../../domain/plan.js';
import { parseTree } from './grammar.js';
import { literalValue, meaningfulChildren } from './literal.js';
import { parseHcl } from './parse.js';
import { SourceText } from './source-text.js';

const BYTE_ORDER_MARK = '\uFEFF';

/** A part of a text, and what to put in its place. */
interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * The text of a file of literal values with an attribute set to a value: everything else, comments and layout
 * included, is as it was. A new attribute is added at the end. Fails (exit 2) as {@link parseHcl} does.
 * @param file the name that messages carry
 */
export async function withAttribute(file: string, text: string, name: string, value: HclValue): Promise<string> {
  return edited(file, text, name, value, (attribute, source) => {
    const newline = source.text.includes('\r\n') ? '\r\n' : '\n';
    const expression = attribute === undefined ? undefined : meaningfulChildren(attribute)[1];
    if (expression === undefined) return [addition(source.text, `${name} = ${laidOut(value, newline)}`, newline)];
    return (
      entryEdits(expression, value, source) ?? [
        { start: expression.startIndex, end: expression.endIndex, text: laidOut(value, newline) },
      ]
    );
  });
}

/** The text without an attribute and its lines; the same text where it has none. Fails as {@link withAttribute} does. */
export async function withoutAttribute(file: string, text: string, name: string): Promise<string> {
  return edited(file, text, name, undefined, (attribute, source) =>
    attribute === undefined ? [] : [removal(attribute, source.text)],
  );
}

async function edited(
  file: string,
  text: string,
  name: string,
  value: HclValue | undefined,
  editsOf: (attribute: Node | undefined, source: SourceText) => readonly Edit[],
): Promise<string> {
  const before = await parseHcl(file, text);
  const source = new SourceText(file, text);
  const tree = await parseTree(source.text);
  let result = source.text;
  try {
    const edits = [...editsOf(attributeNamed(tree.rootNode, name), source)];
    for (const { start, end, text: replacement } of edits.sort((one, other) => other.start - one.start))
      result = `${result.slice(0, start)}${replacement}${result.slice(end)}`;
  } finally {
    tree.delete();
  }
  const after = await parseHcl(file, result);
  const rest = (body: typeof before) =>
    canonicalJson(body.attributes.flatMap((one) => (one.name === name ? [] : [[one.name, one.value]])));
  const own = after.attributes.find((attribute) => attribute.name === name)?.value;
  if (rest(before) !== rest(after) || canonicalJson(own) !== canonicalJson(value))
    throw new Error(`setting ${name} in ${file} would have changed something else`);
  return text.startsWith(BYTE_ORDER_MARK) ? `${BYTE_ORDER_MARK}${result}` : result;
}

function attributeNamed(root: Node, name: string): Node | undefined {
  const [body] = meaningfulChildren(root);
  return (body === undefined ? [] : meaningfulChildren(body)).find(
    (child) => child.type === 'attribute' && meaningfulChildren(child)[0]?.text === name,
  );
}

/** Edits of the single entries of an object that has the same keys already; undefined when it has not. */
function entryEdits(expression: Node, value: HclValue, source: SourceText): readonly Edit[] | undefined {
  if (!isObject(value) || !isObject(literalValue(expression, source))) return undefined;
  const [collection] = meaningfulChildren(expression);
  const [object] = collection === undefined ? [] : meaningfulChildren(collection);
  const entries = (object === undefined ? [] : meaningfulChildren(object)).flatMap((entry) => {
    const [key, entryValue] = meaningfulChildren(entry);
    return key === undefined || entryValue === undefined ? [] : [{ key: key.text.replaceAll('"', ''), entryValue }];
  });
  const keys = (names: readonly string[]) => [...names].sort().join();
  if (keys(entries.map(({ key }) => key)) !== keys(Object.keys(value))) return undefined;
  return entries.flatMap(({ key, entryValue }) => {
    const wanted = value[key] ?? null;
    if (written(literalValue(entryValue, source)) === written(wanted)) return [];
    return [{ start: entryValue.startIndex, end: entryValue.endIndex, text: written(wanted) }];
  });
}

function addition(text: string, line: string, newline: string): Edit {
  const gap = text === '' ? '' : text.endsWith('\n') ? newline : `${newline}${newline}`;
  return { start: text.length, end: text.length, text: `${gap}${line}${newline}` };
}

/** The attribute's lines, with a comment behind it, and the blank line before it where another follows or none can. */
function removal(attribute: Node, text: string): Edit {
  const lineStart = text.lastIndexOf('\n', attribute.startIndex - 1) + 1;
  const alone = text.slice(lineStart, attribute.startIndex).trim() === '';
  const lineEnd = text.indexOf('\n', attribute.endIndex);
  const end = lineEnd === -1 ? text.length : lineEnd + 1;
  if (!alone) return { start: attribute.startIndex, end: lineEnd === -1 ? text.length : lineEnd, text: '' };
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
