import type { Node } from 'web-tree-sitter';
import type { HclValue } from '../../domain/hcl-value.js';
import type { SourceText } from './source-text.js';
import { heredocText, quotedText, type TemplateText } from './template-text.js';

/** Values nested deeper than this are refused: nobody writes them, and recursion has to end somewhere. */
export const DEEPEST_NESTING = 64;

const HCL_NUMBER = /^[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?$/;

const NOT_LITERAL: Readonly<Record<string, string>> = {
  function_call: 'function call',
  variable_expr: 'reference',
  for_expr: 'for expression',
  conditional: 'conditional expression',
  operation: 'operation',
};

/** The value of an expression that is a literal. Fails on anything that would need evaluation. */
export function literalValue(expression: Node, source: SourceText, depth = 0): HclValue {
  if (depth > DEEPEST_NESTING) {
    throw source.syntaxError(
      source.at(expression.startPosition),
      `the value is nested deeper than ${DEEPEST_NESTING} levels`,
      'flatten the value',
    );
  }
  const parts = meaningfulChildren(expression);
  const [first] = parts;
  if (first === undefined) throw source.syntaxError(source.at(expression.startPosition), 'a value is missing');
  // `a.b`, `a[0]`: the grammar puts the term and its accessors side by side. One part more than one is never a literal.
  if (parts.length > 1) throw source.notLiteral(source.at(expression.startPosition), describe(first));
  switch (first.type) {
    case 'expression':
      return literalValue(first, source, depth + 1);
    case 'literal_value':
      return scalar(first, source);
    case 'template_expr':
      return template(only(first), source);
    case 'collection_value': {
      const collection = only(first);
      return collection.type === 'tuple' ? tuple(collection, source, depth) : object(collection, source, depth);
    }
    case 'operation':
      return negativeNumber(first, source);
    default:
      throw source.notLiteral(source.at(first.startPosition), describe(first));
  }
}

function describe(node: Node): string {
  const what = NOT_LITERAL[node.type] ?? 'expression';
  const [line = ''] = node.text.split('\n');
  return `${what} "${line}"`;
}

function scalar(literal: Node, source: SourceText): HclValue {
  const node = only(literal);
  switch (node.type) {
    case 'string_lit':
      return template(node, source);
    case 'numeric_lit':
      return number(node, source);
    case 'bool_lit':
      return node.text === 'true';
    default:
      return null;
  }
}

function number(node: Node, source: SourceText): number {
  const value = HCL_NUMBER.test(node.text) ? Number(node.text) : Number.NaN;
  if (!Number.isFinite(value)) {
    throw source.syntaxError(source.at(node.startPosition), `${node.text} is not a number of HCL`);
  }
  return value;
}

function negativeNumber(operation: Node, source: SourceText): HclValue {
  const unary = only(operation);
  const [operand] = meaningfulChildren(unary);
  const negatable =
    unary.type === 'unary_operation' && unary.child(0)?.type === '-' && operand?.type === 'literal_value';
  const literal = negatable ? only(operand) : undefined;
  if (literal?.type !== 'numeric_lit') {
    throw source.notLiteral(source.at(operation.startPosition), describe(operation));
  }
  const value = number(literal, source);
  // `-0` is plain zero in HCL.
  return value === 0 ? 0 : -value;
}

/** Quoted strings and heredocs, read from the file's text: the grammar drops the white space around template parts. */
function template(node: Node, source: SourceText): string {
  if (node.type === 'heredoc_template') return heredoc(node, source);
  const start = node.startIndex + 1;
  return textOrFail(quotedText(source.text.slice(start, node.endIndex - 1)), start, source);
}

function heredoc(node: Node, source: SourceText): string {
  const raw = source.text.slice(node.startIndex, node.endIndex);
  const firstLineEnd = raw.indexOf('\n') + 1;
  const lastLineStart = raw.lastIndexOf('\n') + 1;
  const start = node.startIndex + firstLineEnd;
  if (!/^<<-?\S+\r?\n$/.test(raw.slice(0, firstLineEnd))) {
    throw source.syntaxError(source.at(node.startPosition), 'white space before or after the marker of a heredoc');
  }
  return textOrFail(heredocText(raw.slice(firstLineEnd, lastLineStart), raw.startsWith('<<-')), start, source);
}

function textOrFail(read: TemplateText, start: number, source: SourceText): string {
  if ('text' in read) return read.text;
  const { kind, offset, problem } = read.failure;
  const location = source.atOffset(start + offset);
  throw kind === 'not-literal' ? source.notLiteral(location, problem) : source.syntaxError(location, problem);
}

function tuple(node: Node, source: SourceText, depth: number): readonly HclValue[] {
  return meaningfulChildren(node)
    .filter((child) => child.type === 'expression')
    .map((child) => literalValue(child, source, depth + 1));
}

function object(node: Node, source: SourceText, depth: number): HclValue {
  const entries: [string, HclValue][] = [];
  let separated = true;
  let previousRow = -1;
  for (const child of node.children) {
    if (child.type === ',') separated = true;
    if (child.type !== 'object_elem') continue;
    if (!separated && child.startPosition.row === previousRow) {
      throw source.syntaxError(source.at(child.startPosition), 'a comma or a line break is missing before this entry');
    }
    const [key, value] = meaningfulChildren(child);
    if (key === undefined || value === undefined) {
      throw source.syntaxError(source.at(child.startPosition), 'an entry needs a key and a value');
    }
    if (value.startPosition.row !== key.endPosition.row) {
      throw source.syntaxError(source.at(key.startPosition), 'the value has to start on the line of its key');
    }
    entries.push([objectKey(key, source), literalValue(value, source, depth + 1)]);
    separated = false;
    previousRow = child.endPosition.row;
  }
  // fromEntries defines own properties, so a key such as `__proto__` is a key like any other.
  return Object.fromEntries(entries);
}

function objectKey(expression: Node, source: SourceText): string {
  const [key, ...rest] = meaningfulChildren(expression);
  // A bare word is the key itself, not a reference. `true = 1` and `null = 1` are bare words too.
  if (rest.length === 0 && key?.type === 'variable_expr') return key.text;
  if (rest.length === 0 && key?.type === 'literal_value') {
    const value = scalar(key, source);
    return typeof value === 'string' ? value : String(value);
  }
  throw source.notLiteral(
    source.at(expression.startPosition),
    `key "${expression.text}" that is neither a name nor a string`,
  );
}

function only(node: Node): Node {
  return meaningfulChildren(node)[0] ?? node;
}

/** The named children that are not comments. */
export function meaningfulChildren(node: Node): readonly Node[] {
  return node.namedChildren.filter((child) => child.type !== 'comment');
}
