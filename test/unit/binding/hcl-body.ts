import { parseHcl } from '../../../src/adapters/hcl/parse.js';
import type { HclBody } from '../../../src/domain/hcl-value.js';

/** The body of a file with these lines. */
export function bodyOf(file: string, lines: readonly string[]): HclBody {
  return parseHcl(file, `${lines.join('\n')}\n`);
}
