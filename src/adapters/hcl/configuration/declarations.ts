import type { Block } from './blocks.js';
import type { Expression } from './expression.js';

/** What a module declares, as far as it decides which resources there are. */
export interface Declarations {
  /** By type and name: `aws_sqs_queue.this`. */
  readonly resources: ReadonlyMap<string, Block>;
  /** By type and name. */
  readonly data: ReadonlyMap<string, Block>;
  readonly calls: ReadonlyMap<string, Block>;
  readonly locals: ReadonlyMap<string, Expression>;
  readonly outputs: ReadonlyMap<string, Expression>;
  /** Every configuration of a provider, whatever its alias. */
  readonly providers: readonly Block[];
}

/**
 * What the files of a module declare together.
 * @param files in the order in which they are read, overrides last
 */
export function declarationsOf(files: readonly (readonly Block[])[]): Declarations {
  const resources = new Map<string, Block>();
  const data = new Map<string, Block>();
  const calls = new Map<string, Block>();
  const locals = new Map<string, Expression>();
  const outputs = new Map<string, Expression>();
  const providers: Block[] = [];
  for (const block of files.flat()) {
    const name = block.labels.join('.');
    switch (block.type) {
      case 'resource':
        resources.set(name, overridden(resources.get(name), block));
        break;
      case 'data':
        data.set(name, overridden(data.get(name), block));
        break;
      case 'module':
        calls.set(name, overridden(calls.get(name), block));
        break;
      case 'locals':
        for (const [local, expression] of block.attributes) locals.set(local, expression);
        break;
      case 'output': {
        const value = block.attributes.get('value');
        if (value !== undefined) outputs.set(name, value);
        break;
      }
      case 'provider':
        providers.push(block);
        break;
    }
  }
  return { resources, data, calls, locals, outputs, providers };
}

/**
 * An override replaces attributes by name, and stays where the first block is written. It replaces nested blocks too;
 * here both are kept, since the most they could do is to name a variable too many.
 * Source: https://developer.hashicorp.com/terraform/language/files/override
 */
function overridden(base: Block | undefined, block: Block): Block {
  if (base === undefined) return block;
  return {
    ...base,
    attributes: new Map([...base.attributes, ...block.attributes]),
    blocks: [...base.blocks, ...block.blocks],
  };
}
