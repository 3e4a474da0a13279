import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type HclSourceBlock, parseHclSource } from '../../src/adapters/hcl/parse.js';

/** An input variable of a module. Expressions are as written. */
export interface ModuleInput {
  readonly name: string;
  readonly description: string;
  readonly type: string;
  /** The default as written; undefined when the variable has none and so is required. */
  readonly defaultValue: string | undefined;
}

/** An output of a module. */
export interface ModuleOutput {
  readonly name: string;
  readonly description: string;
}

/** What a module asks for and gives, in the order in which its files declare it. */
export interface ModuleInterface {
  readonly inputs: readonly ModuleInput[];
  readonly outputs: readonly ModuleOutput[];
}

/** Reads the interface of the module in a directory from all of its `.tf` files. `shown` names the directory in errors. */
export async function readModule(directory: string, shown: string): Promise<ModuleInterface> {
  const files = (await readdir(directory)).filter((name) => name.endsWith('.tf')).sort();
  const blocks: HclSourceBlock[] = [];
  for (const file of files) {
    const text = await readFile(join(directory, file), 'utf8');
    blocks.push(...parseHclSource(`${shown}/${file}`, text).blocks);
  }
  return {
    inputs: blocks.filter(({ type }) => type === 'variable').map(input),
    outputs: blocks.filter(({ type }) => type === 'output').map(output),
  };
}

function input(block: HclSourceBlock): ModuleInput {
  return {
    ...output(block),
    type: expression(block, 'type') ?? 'any',
    defaultValue: expression(block, 'default'),
  };
}

function output(block: HclSourceBlock): ModuleOutput {
  const description = block.body.attributes.find(({ name }) => name === 'description');
  const text = typeof description?.value === 'string' ? description.value : (description?.expression ?? '');
  return { name: block.labels[0] ?? '', description: text.trim() };
}

function expression(block: HclSourceBlock, name: string): string | undefined {
  return block.body.attributes.find((attribute) => attribute.name === name)?.expression;
}
