import { MhtctlError } from '../../domain/errors.js';
import type { HclBody, HclValue, SourceLocation } from '../../domain/hcl-value.js';
import { type Attribute, type Body, bodyOf } from './body.js';
import { literalValue } from './literal.js';
import { SourceText } from './source-text.js';
import type { Token } from './tokens.js';

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
export function parseHcl(file: string, text: string): HclBody {
  const source = new SourceText(file, text);
  return withAttributes(bodyOf(source), ({ name, tokens, location }) => ({
    name,
    value: literalValue(tokens, source),
    location,
  }));
}

/**
 * Reads a Terraform configuration without evaluating it: expressions are returned as written, with their value where they
 * are literals. Fails (exit 2) on a syntax error outside of the brackets of other expressions.
 */
export function parseHclSource(file: string, text: string): HclSourceBody {
  const source = new SourceText(file, text);
  return withAttributes(bodyOf(source), ({ name, tokens, location }) => ({
    name,
    expression: source.textOf(tokens),
    value: literalOrUndefined(tokens, source),
    location,
  }));
}

function literalOrUndefined(tokens: readonly Token[], source: SourceText): HclValue | undefined {
  try {
    return literalValue(tokens, source);
  } catch (error) {
    if (error instanceof MhtctlError && error.code === 'HclNotLiteral') return undefined;
    throw error;
  }
}

interface BodyOf<A> {
  readonly attributes: readonly A[];
  readonly blocks: readonly {
    readonly type: string;
    readonly labels: readonly string[];
    readonly body: BodyOf<A>;
    readonly location: SourceLocation;
  }[];
}

function withAttributes<A>({ attributes, blocks }: Body, read: (attribute: Attribute) => A): BodyOf<A> {
  return {
    attributes: [...attributes.values()].map(read),
    blocks: blocks.map(({ type, labels, location, ...body }) => ({
      type,
      labels,
      body: withAttributes(body, read),
      location,
    })),
  };
}
