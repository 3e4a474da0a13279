// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the placeholders are those of HCL.
import { describe, expect, it } from '@jest/globals';
import { endOfExpression } from '../../../src/adapters/hcl/expression-end.js';
import { SourceText } from '../../../src/adapters/hcl/source-text.js';
import { tokensOf } from '../../../src/adapters/hcl/tokens.js';
import { failureOf } from '../../fakes/failure.js';

/** What is left of a line behind the expression that it starts with. */
function left(text: string): string {
  const tokens = tokensOf(text);
  if ('problem' in tokens) throw new Error(tokens.problem);
  return text.slice(tokens[endOfExpression(new SourceText('x', text), tokens, 0, 0)]?.start).trim();
}

describe('an expression', () => {
  it.each([
    '1',
    '-1.5e3',
    '"text"',
    '"a ${b} c"',
    'true',
    'var.a',
    'var.a["b"].c[0][*].d',
    'aws_x.y.*.id',
    'a.0.b',
    'f(x...)',
    'f(x).y[0]',
    'provider::aws::arn_parse("x").region',
    '[1, 2][0]',
    '{ a = 1 }.a',
    '[for a in b : a]',
    '{ for a, b in c : a => b... if d }',
    '(1 + 2) * 3',
    '!a && -b < c || d != e',
    '!!a',
    'a - -b % c / d',
    'a ? b : c',
    'a ? b ? c : d : e ? f : g',
    'a == b ? -1 : "x"',
    'a ? provider::x::y(1) : z',
    '<<-EOT\n  x ${y}\n  EOT\n',
  ])('is all of %s', (text) => {
    expect(left(text)).toBe('');
  });

  it.each([
    ['a name behind it', '1 b', 'b'],
    ['a comma', 'f(x), y', ', y'],
    ['an equals sign', 'a = 1', '= 1'],
    ['a colon of no question', 'a : b', ': b'],
    ['a second colon', 'a ? b : c : d', ': d'],
    ['an arrow', 'a => b', '=> b'],
    ['a brace behind a value', 'a { }', '{ }'],
    ['dots', 'a...', '...'],
    ['a string behind a number', '1 "x"', '"x"'],
  ])('ends before %s', (_, text, rest) => {
    expect(left(text)).toBe(rest);
  });

  it.each([
    ['', 1, 'something is missing here'],
    ['-', 2, 'something is missing here'],
    ['1 +', 4, 'something is missing here'],
    ['1 + * 2', 5, 'unexpected "*"'],
    ['* 2', 1, 'unexpected "*"'],
    ['a.', 3, 'something is missing here'],
    ['a.[0]', 3, 'unexpected "["'],
    ['a ? b', 6, 'something is missing here'],
    ['a ? : c', 5, 'unexpected ":"'],
    ['a ? b :', 8, 'something is missing here'],
    ['a ? b, c', 6, 'unexpected ","'],
    ['=', 1, 'unexpected "="'],
  ])('is not complete: %j', async (text, column, problem) => {
    const failure = await failureOf(() => left(text));
    expect(failure).toMatchObject({ code: 'HclSyntax' });
    expect(failure.message).toContain(`syntax error at x:1:${column}: ${problem}`);
  });
});
