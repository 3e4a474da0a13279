// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the placeholders are those of HCL.
import { describe, expect, it } from '@jest/globals';
import { Expression, type Reference } from '../../../../src/adapters/hcl/configuration/expression.js';
import { tokensOf } from '../../../../src/adapters/hcl/tokens.js';

/** The expression as an attribute has it: without the line's end. */
function expression(text: string): Expression {
  const tokens = tokensOf(text);
  if ('problem' in tokens) throw new Error(`${tokens.problem}: ${text}`);
  return new Expression(tokens.filter(({ kind }) => kind !== 'line'));
}

/** Like `var.a`, and `keys of var.a` where no more than its keys counts; sorted, each once. */
function written(references: readonly Reference[]): readonly string[] {
  const texts = references.map(({ path, by }) => `${by === 'keys' ? 'keys of ' : ''}${path.join('.')}`);
  return [...new Set(texts)].sort();
}

describe('what the value of an expression refers to', () => {
  it.each<[string, readonly string[]]>([
    ['1', []],
    ['"var.a"', []],
    ['var.a # var.b\n', ['var.a']],
    ['/* var.a */ var.b', ['var.b']],
    ['"${var.a}-${local.b}"', ['local.b', 'var.a']],
    ['"$${var.a}"', []],
    ['"${f("${var.a}")}"', ['var.a']],
    ['<<EOT\n${var.a} var.b\n%{ if var.c }x%{ endif }\nEOT\n', ['var.a', 'var.c']],
    ['data.aws_x.this[0].names["a"]', ['data.aws_x.this.names']],
    ['aws_x.this[var.a].id', ['aws_x.this.id', 'var.a']],
    ['aws_x.this[*].id', ['aws_x.this.id']],
    ['aws_x.this.*.id', ['aws_x.this.id']],
    ['module.m["a.b"].out', ['module.m.out']],
    ['local.list.0.name', ['local.list.name']],
    ['f(var.a, g(-var.b))', ['var.a', 'var.b']],
    ['var.a ? var.b : var.c', ['var.a', 'var.b', 'var.c']],
    ['{ a = var.b, (var.c) = { var = local.d } }', ['local.d', 'var.b', 'var.c']],
    ['[for x in var.a : x.id if x.on == var.b]', ['var.a', 'var.b', 'x.id', 'x.on']],
    ['length(var.a)', ['keys of var.a']],
    ['keys({ a = var.b })', []],
    ['length({ for k, v in var.a : k => v })', ['keys of var.a']],
  ])('%s', (text, expected) => {
    expect(written(expression(text).value)).toEqual(expected);
  });
});

describe('what the keys of an expression refer to', () => {
  it.each<[string, readonly string[]]>([
    ['var.a', ['keys of var.a']],
    ['(local.a)', ['keys of local.a']],
    ['module.m.out', ['keys of module.m.out']],
    ['aws_subnet.public', ['keys of aws_subnet.public']],
    ['{}', []],
    ['{ a = var.b, "c" : var.d }', []],
    ['{\n a = var.b\n\n # c\n d = {\n  e = var.f\n }\n}', []],
    ['{ (var.a) = 1, "${var.b}-x" = 2, (local.c.d) : 3 }', ['local.c.d', 'var.a', 'var.b']],
    ['{ a = var.b ? 1 : 2\n(var.c) = 3 }', ['var.c']],
    ['{ for k, v in var.a : k => v }', ['keys of var.a']],
    ['{ for k, v in var.a : "x-${k}" => { b = v, c = var.d } }', ['keys of var.a']],
    ['{\n for k, v in var.a :\n k => v...\n if var.b }', ['keys of var.a', 'var.b']],
    ['{ for k, v in var.a : v.id => k }', ['v.id', 'var.a']],
    ['{ for k, v in var.a : k => v if v.on }', ['v.on', 'var.a']],
    ['{ for k, v in var.a : k => k if contains(["x"], "${v}") }', ['var.a']],
    ['{ for v in local.a : v => 1 }', ['local.a']],
    ['{ for k, v in merge(var.a, { b = var.c }) : k => v }', ['keys of var.a']],
    ['{ for k, v in var.a ? var.b : var.c : k => v }', ['keys of var.b', 'var.a', 'var.c']],
    ['var.a ? { b = var.c } : {}', ['var.a']],
    ['var.a ? var.b : var.c ? var.d : var.e', ['keys of var.b', 'keys of var.d', 'keys of var.e', 'var.a', 'var.c']],
    ['var.a ? var.b ? var.c : var.d : var.e', ['keys of var.c', 'keys of var.d', 'keys of var.e', 'var.a', 'var.b']],
    ['merge(var.a, { b = var.c }, local.d)', ['keys of local.d', 'keys of var.a']],
    ['merge(local.list...)', ['local.list']],
    ['merge([for x in var.a : { b = x }]...)', ['var.a']],
    ['tomap({ a = var.b })', []],
    ['toset(keys(var.a))', ['keys of var.a']],
    // The elements of a set are its keys.
    ['toset(var.a)', ['var.a']],
    ['toset(["a", var.b])', ['var.b']],
    ['["a", var.b]', ['var.b']],
    ['local.a["b"]', ['local.a']],
    ['local.a[*].b', ['local.a.b']],
    ['f({ a = var.b })', ['var.b']],
    ['zipmap(var.a, var.b)', ['var.a', 'var.b']],
    ['"${var.a}"', ['var.a']],
  ])('%s', (text, expected) => {
    expect(written(expression(text).keys)).toEqual(expected);
  });
});
