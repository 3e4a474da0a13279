import type { SourceLocation } from '../../../domain/hcl-value.js';
import { Expression } from './expression.js';
import { split, type Token, tokensOf } from './tokens.js';

/** A block as it is written; `location` is that of its type. */
export interface Block extends Body {
  readonly type: string;
  readonly labels: readonly string[];
  readonly location: SourceLocation;
}

interface Body {
  readonly attributes: ReadonlyMap<string, Expression>;
  readonly blocks: readonly Block[];
}

/**
 * The outermost blocks of a file; undefined when the file cannot be cut into blocks and attributes.
 * @param file the name that locations carry
 */
export function blocksOf(file: string, text: string): readonly Block[] | undefined {
  const tokens = tokensOf(text);
  return tokens === undefined ? undefined : bodyOf(file, tokens)?.blocks;
}

/** The text of a string with neither interpolations nor escapes; undefined for anything else. */
export function plainText(tokens: readonly Token[]): string | undefined {
  const [string] = tokens;
  const isString = tokens.length === 1 && string?.kind === 'literal' && string.text.startsWith('"');
  return isString ? string.text.slice(1, -1) : undefined;
}

function bodyOf(file: string, tokens: readonly Token[]): Body | undefined {
  const attributes = new Map<string, Expression>();
  const blocks: Block[] = [];
  // A statement ends with its line; what is in brackets has lines of its own.
  for (const statement of split(tokens, ({ kind }) => kind === 'line')) {
    const [name, equals, ...expression] = statement;
    if (name?.kind !== 'name') return undefined;
    if (equals?.kind === 'mark' && equals.text === '=' && expression.length > 0) {
      attributes.set(name.text, new Expression(expression));
      continue;
    }
    const block = blockOf(file, statement);
    if (block === undefined) return undefined;
    blocks.push(block);
  }
  return { attributes, blocks };
}

function blockOf(file: string, statement: readonly Token[]): Block | undefined {
  const [type, ...rest] = statement;
  const content = rest.pop();
  if (type?.kind !== 'name' || content?.kind !== '{') return undefined;
  const body = bodyOf(file, content.tokens);
  const labels = rest.flatMap((label) => (label.kind === 'name' ? label.text : (plainText([label]) ?? [])));
  if (body === undefined || labels.length < rest.length) return undefined;
  return { type: type.text, labels, location: { file, line: type.line, column: type.column }, ...body };
}
