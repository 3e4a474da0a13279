import type { SourceText } from './source-text.js';
import { isMark, type Token } from './tokens.js';

const INFIXES: ReadonlySet<string> = new Set(['+', '-', '*', '/', '%', '==', '!=', '<', '>', '<=', '>=', '&&', '||']);

/**
 * Index of the first token that is no part of the expression which starts at an index. What stands in brackets is not
 * looked into. Fails (exit 2) where a part of it is missing.
 * Source: https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md#expressions
 * @param before offset where the text of the tokens begins
 */
export function endOfExpression(source: SourceText, tokens: readonly Token[], start: number, before: number): number {
  const { end, complete } = reach(tokens, start);
  if (!complete) throw source.unexpected(tokens[end], tokens[end - 1]?.end ?? before);
  return end;
}

interface Reach {
  /** Index of the first token that is no part of it. */
  readonly end: number;
  /** Whether it may end there; if not, the token at `end` stands where a part of it is missing. */
  readonly complete: boolean;
}

function reach(tokens: readonly Token[], start: number): Reach {
  // Of `a ? b : c`, both marks are taken for infixes, as long as there are no more colons than question marks.
  let questions = 0;
  for (let at = start; ; at += 1) {
    const operand = reachOfOperand(tokens, at);
    if (!operand.complete) return operand;
    at = operand.end;
    const infix = tokens[at];
    if (isMark(infix, '?')) questions += 1;
    else if (isMark(infix, ':') && questions > 0) questions -= 1;
    else if (infix?.kind !== 'mark' || !INFIXES.has(infix.text)) return { end: at, complete: questions === 0 };
  }
}

/** Of `-a.b["c"].*.d(e)` and the like. */
function reachOfOperand(tokens: readonly Token[], start: number): Reach {
  let at = start;
  while (isMark(tokens[at], '-') || isMark(tokens[at], '!')) at += 1;
  const term = tokens[at];
  if (term === undefined || term.kind === 'mark' || term.kind === 'line' || term.kind === '${')
    return { end: at, complete: false };
  at += 1;
  if (term.kind === 'name') {
    // A function of a provider: `provider::aws::arn_parse(...)`.
    while (isMark(tokens[at], ':') && isMark(tokens[at + 1], ':') && tokens[at + 2]?.kind === 'name') at += 3;
    if (tokens[at]?.kind === '(') at += 1;
  }
  for (;;) {
    if (tokens[at]?.kind === '[') at += 1;
    else if (isMark(tokens[at], '.')) {
      const accessor = tokens[at + 1];
      if (accessor?.kind !== 'name' && accessor?.kind !== 'literal' && !isMark(accessor, '*'))
        return { end: at + 1, complete: false };
      at += 2;
    } else return { end: at, complete: true };
  }
}
