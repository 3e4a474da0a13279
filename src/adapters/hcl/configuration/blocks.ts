import { MhtctlError } from '../../../domain/errors.js';
import type { SourceLocation } from '../../../domain/hcl-value.js';
import { bodyOf, type Block as WrittenBlock } from '../body.js';
import { SourceText } from '../source-text.js';
import { Expression } from './expression.js';

/** A block whose expressions can be asked what they refer to; `location` is that of its type. */
export interface Block {
  readonly type: string;
  readonly labels: readonly string[];
  readonly location: SourceLocation;
  readonly attributes: ReadonlyMap<string, Expression>;
  readonly blocks: readonly Block[];
}

/**
 * The outermost blocks of a file; undefined when the file cannot be cut into blocks and attributes.
 * @param file the name that locations carry
 */
export function blocksOf(file: string, text: string): readonly Block[] | undefined {
  try {
    return bodyOf(new SourceText(file, text)).blocks.map(withExpressions);
  } catch (error) {
    if (error instanceof MhtctlError && error.code === 'HclSyntax') return undefined;
    throw error;
  }
}

function withExpressions({ type, labels, location, attributes, blocks }: WrittenBlock): Block {
  return {
    type,
    labels,
    location,
    attributes: new Map([...attributes].map(([name, { tokens }]) => [name, new Expression(tokens)])),
    blocks: blocks.map(withExpressions),
  };
}
