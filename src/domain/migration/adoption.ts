import type { Import } from './imports.js';
import type { Move } from './moves.js';

/** What makes a configuration take over resources as they are, without changing any. */
export interface Adoption {
  readonly moves: readonly Move[];
  readonly imports: readonly Import[];
}

/** The file of the configuration that mhtctl writes an adoption to. */
export const ADOPTION_FILE = 'migrated.tf';

const HEAD = [
  '# Written by mhtctl migrate: what the resources of the former single environment are called now.',
  '# In a state that has none of them, a moved block does nothing; an import is for its environment alone.',
].join('\n');

/**
 * The text of {@link ADOPTION_FILE} with an adoption, after what it holds already; null when there is nothing to write.
 * An import block would make every environment take over the same resource, so each is for one environment.
 * Sources: https://developer.hashicorp.com/terraform/language/moved,
 * https://developer.hashicorp.com/terraform/language/import#import-multiple-resources-with-for_each
 */
export function adoptionText(adoption: Adoption, environment: string, before: string | null): string | null {
  const known = before ?? '';
  const blocks = [
    ...adoption.moves.map(movedBlock),
    ...adoption.imports.map((each) => importBlock(each, environment)),
  ].filter((block) => !known.includes(block));
  if (blocks.length === 0) return before;
  return `${known.trim() === '' ? HEAD : known.trimEnd()}\n\n${blocks.join('\n\n')}\n`;
}

function movedBlock({ from, to }: Move): string {
  return `moved {\n  from = ${from}\n  to   = ${to}\n}`;
}

function importBlock({ to, id }: Import, environment: string): string {
  return [
    'import {',
    `  for_each = var.environment == ${quoted(environment)} ? toset([${quoted(id)}]) : toset([])`,
    `  to       = ${to}`,
    '  id       = each.value',
    '}',
  ].join('\n');
}

/** A text as HCL quotes it. Source: https://developer.hashicorp.com/terraform/language/expressions/strings#escape-sequences */
function quoted(text: string): string {
  return JSON.stringify(text).replace(/[$%](?=\{)/g, (sign) => sign + sign);
}
