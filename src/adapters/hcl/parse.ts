import type { Node } from 'web-tree-sitter';
import { MhtctlError } from '../../domain/errors.js';
import type { HclAttribute, HclBody, HclValue, SourceLocation } from '../../domain/hcl-value.js';
import { parseTree } from './grammar.js';
import { DEEPEST_NESTING, literalValue, meaningfulChildren } from './literal.js';
import { SourceText } from './source-text.js';
import { syntaxErrorOf } from './syntax-error.js';

/** An attribute as it is written: its expression's text, and its value when it is a literal. */
export interface HclSourceAttribute {
  readonly name: string;
  /** The expression as written in the file. */
  readonly expression: string;
  /** The expression's value; undefined when it is not a literal. */
  readonly value: HclValue | undefined;
  readonly location: SourceLocation;
}

/** A block as it is written. */
export interface HclSourceBlock {
  readonly type: string;
  readonly labels: readonly string[];
  readonly body: HclSourceBody;
  readonly location: SourceLocation;
}

/** The content of a file or block as it is written, in order. */
export interface HclSourceBody {
  readonly attributes: readonly HclSourceAttribute[];
  readonly blocks: readonly HclSourceBlock[];
}

/**
 * Reads a file of literal values: tfvars, tfbackend, policy. `file` is the name that locations and messages carry.
 * Fails (exit 2) on a syntax error and on any value that would have to be evaluated, with file, line and column.
 */
export async function parseHcl(file: string, text: string): Promise<HclBody> {
  return readBody(file, text, (name, expression, location, source) => ({
    name,
    value: literalValue(expression, source),
    location,
  }));
}

/**
 * Reads a Terraform configuration without evaluating it: expressions are returned as written.
 * Fails (exit 2) on a syntax error.
 */
export async function parseHclSource(file: string, text: string): Promise<HclSourceBody> {
  return readBody(file, text, (name, expression, location, source) => ({
    name,
    expression: expression.text,
    value: literalOrUndefined(expression, source),
    location,
  }));
}

function literalOrUndefined(expression: Node, source: SourceText): HclValue | undefined {
  try {
    return literalValue(expression, source);
  } catch (error) {
    if (error instanceof MhtctlError && error.code === 'HclNotLiteral') return undefined;
    throw error;
  }
}

type ReadAttribute<A> = (name: string, expression: Node, location: SourceLocation, source: SourceText) => A;

interface Body<A> {
  readonly attributes: readonly A[];
  readonly blocks: readonly {
    readonly type: string;
    readonly labels: readonly string[];
    readonly body: Body<A>;
    readonly location: SourceLocation;
  }[];
}

async function readBody<A extends HclAttribute | HclSourceAttribute>(
  file: string,
  text: string,
  read: ReadAttribute<A>,
): Promise<Body<A>> {
  const source = new SourceText(file, text);
  const tree = await parseTree(source.text);
  try {
    if (tree.rootNode.hasError) throw await syntaxErrorOf(source);
    const [content] = meaningfulChildren(tree.rootNode);
    if (content?.type === 'object') {
      throw source.syntaxError(
        source.at(content.startPosition),
        'unexpected "{"',
        'write name = value lines, not a JSON object',
      );
    }
    return readStatements(content, source, read, 0);
  } finally {
    tree.delete();
  }
}

function readStatements<A extends HclAttribute | HclSourceAttribute>(
  node: Node | undefined,
  source: SourceText,
  read: ReadAttribute<A>,
  depth: number,
): Body<A> {
  const attributes = new Map<string, A>();
  const blocks: Body<A>['blocks'][number][] = [];
  const children = node === undefined ? [] : meaningfulChildren(node);
  if (depth > DEEPEST_NESTING) {
    const start = node?.startPosition ?? { row: 0, column: 0 };
    throw source.syntaxError(source.at(start), `blocks are nested deeper than ${DEEPEST_NESTING} levels`);
  }
  let previousRow = -1;
  for (const child of children) {
    // Terraform wants each on a line of its own; the grammar does not ask. A block written on one line is let be.
    if (depth === 0 && child.startPosition.row === previousRow) {
      throw source.syntaxError(source.at(child.startPosition), 'a line break is missing before this');
    }
    previousRow = child.endPosition.row;
    if (child.type === 'block') {
      blocks.push(block(child, source, read, depth));
      continue;
    }
    const attribute = readAttribute(child, source, read);
    const earlier = attributes.get(attribute.name);
    if (earlier !== undefined) {
      throw source.syntaxError(
        attribute.location,
        `"${attribute.name}" is already set on line ${earlier.location.line}`,
        'keep one of the two',
      );
    }
    attributes.set(attribute.name, attribute);
  }
  return { attributes: [...attributes.values()], blocks };
}

function readAttribute<A>(node: Node, source: SourceText, read: ReadAttribute<A>): A {
  const [name, expression] = meaningfulChildren(node);
  if (name === undefined || expression === undefined)
    throw source.syntaxError(source.at(node.startPosition), 'this is not HCL');
  const location = source.at(name.startPosition);
  if (expression.startPosition.row !== name.startPosition.row) {
    throw source.syntaxError(location, `the value of "${name.text}" has to start on the line of its name`);
  }
  return read(name.text, expression, location, source);
}

function block<A extends HclAttribute | HclSourceAttribute>(
  node: Node,
  source: SourceText,
  read: ReadAttribute<A>,
  depth: number,
): Body<A>['blocks'][number] {
  const children = meaningfulChildren(node);
  const [type, ...rest] = children;
  if (type === undefined) throw source.syntaxError(source.at(node.startPosition), 'this is not HCL');
  const labels = rest.filter((child) => child.type === 'identifier' || child.type === 'string_lit');
  const content = rest.find((child) => child.type === 'body');
  return {
    type: type.text,
    labels: labels.map((label) => (label.type === 'string_lit' ? label.text.slice(1, -1) : label.text)),
    body: readStatements(content, source, read, depth + 1),
    location: source.at(type.startPosition),
  };
}
