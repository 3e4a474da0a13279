import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { DeclaredVariable } from '../../../domain/environment-diff/variables.js';
import { readText } from '../../environments/read-text.js';
import { type HclSourceBlock, parseHclSource } from '../parse.js';
import { inOrder } from './module-directory.js';

/**
 * The `variable` blocks of a directory's `*.tf` files. What an override file says replaces what it overrides.
 * @param shown the name that messages carry of a file
 */
export async function declaredVariables(
  directory: string,
  shown: (path: string) => string,
): Promise<readonly DeclaredVariable[]> {
  const files = inOrder(await readdir(directory)).filter((name) => name.endsWith('.tf'));
  const variables = new Map<string, DeclaredVariable>();
  for (const name of files) {
    const path = join(directory, name);
    const { blocks } = parseHclSource(shown(path), await readText(path, shown(path)));
    for (const block of blocks) {
      const [variable] = block.labels;
      if (block.type !== 'variable' || variable === undefined) continue;
      variables.set(variable, { ...NOTHING_SAID, ...variables.get(variable), name: variable, ...saidBy(block) });
    }
  }
  return [...variables.values()];
}

const NOTHING_SAID = { default: undefined, sensitive: false, nullable: true };

function saidBy({ body }: HclSourceBlock): Partial<DeclaredVariable> {
  const attribute = (name: string) => body.attributes.find((each) => each.name === name);
  const [written, sensitive, nullable] = ['default', 'sensitive', 'nullable'].map(attribute);
  return {
    ...(written === undefined ? {} : { default: { value: written.value, expression: written.expression } }),
    // What cannot be told to be public is not shown.
    ...(sensitive === undefined ? {} : { sensitive: sensitive.value !== false }),
    ...(nullable === undefined ? {} : { nullable: nullable.value !== false }),
  };
}
