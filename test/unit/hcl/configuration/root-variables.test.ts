// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the placeholders are those of HCL.
import { describe, expect, it } from '@jest/globals';
import { blocksOf } from '../../../../src/adapters/hcl/configuration/blocks.js';
import { declarationsOf } from '../../../../src/adapters/hcl/configuration/declarations.js';
import { countedBy, type Module, reaching } from '../../../../src/adapters/hcl/configuration/root-variables.js';

/** A module of these files; each call is of the module of that name, or of none that can be read. */
function moduleOf(
  files: string | readonly string[],
  modules: Readonly<Record<string, string>> = {},
  address = '',
  caller?: Module['caller'],
): Module {
  const blocks = [files].flat().map((text, index) => blocksOf(`${index}.tf`, text));
  const declarations = declarationsOf(blocks.map((file) => file ?? []));
  if (blocks.includes(undefined)) throw new Error(`no HCL: ${files}`);
  const children = new Map<string, Module>();
  const module = { address, declarations, caller, children };
  for (const [name, call] of declarations.calls) {
    const text = modules[name];
    if (text === undefined) continue;
    const called = `${address === '' ? '' : `${address}.`}module.${name}`;
    children.set(name, moduleOf(text, modules, called, { module, call }));
  }
  return module;
}

/** What counts `aws_x.this` of a module, the root by default. */
function counting(root: Module, path: readonly string[] = []): string {
  const module = path.reduce<Module | undefined>((around, name) => around?.children.get(name), root);
  const block = module?.declarations.resources.get('aws_x.this');
  if (module === undefined || block === undefined) throw new Error('no aws_x.this there');
  return countedBy(module, block).join(' ');
}

describe('root variables that count a resource', () => {
  it.each([
    ['none', 'resource "aws_x" "this" { name = var.a }', ''],
    ['of count', 'resource "aws_x" "this" { count = var.a ? var.b : 0 }', 'a b'],
    ['of for_each, sorted', 'resource "aws_x" "this" { for_each = merge(var.b, var.a) }', 'a b'],
    [
      'through locals',
      'locals {\n a = local.b\n b = toset(["${var.c}"])\n}\nresource "aws_x" "this" { for_each = local.a }',
      'c',
    ],
    [
      'of a map that is written in full: of its keys alone',
      'locals {\n a = {\n one = var.b\n (var.c) = var.d\n }\n}\nresource "aws_x" "this" { for_each = local.a }',
      'c',
    ],
    [
      'of an element of such a map: of all that it says',
      'locals {\n a = { one = var.b }\n}\nresource "aws_x" "this" { for_each = local.a["one"] }',
      'b',
    ],
    [
      'through the resource it iterates over, not through what that one is',
      'resource "aws_x" "this" { for_each = aws_y.this }\nresource "aws_y" "this" {\n for_each = var.a\n name = var.b\n}',
      'a',
    ],
    [
      'through an attribute that is written',
      'resource "aws_x" "this" { for_each = aws_y.this.tags }\nresource "aws_y" "this" {\n tags = var.a\n name = var.b\n}',
      'a',
    ],
    [
      'through an attribute that AWS answers',
      'resource "aws_x" "this" { count = length(aws_y.this.zones) }\nresource "aws_y" "this" {\n a {\n b = var.c\n }\n depends_on = [aws_z.this]\n}\nresource "aws_z" "this" { d = var.d }',
      'c',
    ],
    [
      'through a data source, and where and as whom its provider asks',
      'resource "aws_x" "this" { for_each = toset(data.aws_y.this.names) }\ndata "aws_y" "this" { a = var.a }\nprovider "aws" {\n region = var.b\n default_tags {\n tags = var.c\n }\n dynamic "assume_role" {\n for_each = [var.d]\n content {\n session_name = var.e\n }\n }\n}\nprovider "other" { region = var.f }',
      'a b d',
    ],
    [
      'through the default tags that a data source tells',
      'resource "aws_x" "this" { for_each = data.aws_default_tags.this.tags }\ndata "aws_default_tags" "this" {}\nprovider "aws" {\n default_tags {\n tags = var.a\n }\n}',
      'a',
    ],
    [
      'in circles that end',
      'locals {\n a = local.b\n b = merge(local.a, var.c)\n}\nresource "aws_x" "this" { for_each = merge(local.a, aws_x.this) }',
      'c',
    ],
    ['of what is declared nowhere', 'resource "aws_x" "this" { count = local.a + module.b.c + aws_y.d.e }', ''],
    ['of each, count, path and terraform', 'resource "aws_x" "this" { count = length(fileset(path.root, "*")) }', ''],
    [
      'whose names are those of objects',
      'resource "aws_x" "this" { count = var.constructor + local.__proto__ }',
      'constructor',
    ],
  ])('%s', (_, text, expected) => {
    expect(counting(moduleOf(text))).toBe(expected);
  });

  it.each([
    ['an input', 'module "m" { a = var.b }', 'resource "aws_x" "this" { count = var.a }', 'b'],
    ['an input that is not passed', 'module "m" {}', 'resource "aws_x" "this" { count = var.a }', ''],
    [
      'the keys of an input',
      'module "m" { a = { for key, value in var.b : key => var.c } }',
      'resource "aws_x" "this" { for_each = { for k, v in var.a : "${k}-x" => v } }',
      'b',
    ],
    ['the count of the call', 'module "m" { count = var.c ? 1 : 0 }', 'resource "aws_x" "this" {}', 'c'],
    [
      'each of the call',
      'module "m" {\n for_each = var.b\n a = each.value.c\n}',
      'resource "aws_x" "this" { count = var.a }',
      'b',
    ],
    [
      'the same name in the module alone',
      'locals { a = var.b }\nmodule "m" {}',
      'resource "aws_x" "this" { count = local.a }',
      '',
    ],
    [
      'the provider of the root',
      'provider "aws" { region = var.r }\nmodule "m" {}',
      'data "aws_z" "this" {}\nresource "aws_x" "this" { for_each = data.aws_z.this.zones }',
      'r',
    ],
  ])('in a module, through %s', (_, root, module, expected) => {
    expect(counting(moduleOf(root, { m: module }), ['m'])).toBe(expected);
  });

  it.each([
    ['an output', 'output "o" { value = var.a }', 'module "m" { a = var.b }', 'toset(module.m.o)', 'b'],
    [
      'the keys of an output',
      'output "o" { value = { for k, v in aws_y.this : k => v.id } }\nresource "aws_y" "this" {\n for_each = var.a\n b = var.c\n}',
      'module "m" {\n a = var.b\n c = var.d\n}',
      'module.m.o',
      'b',
    ],
    ['the count of the call', 'output "o" { value = 1 }', 'module "m" { count = var.b }', 'toset(module.m[*].o)', 'b'],
    [
      'every instance',
      'output "o" { value = var.a }',
      'module "m" {\n for_each = var.b\n a = var.c\n}',
      'module.m',
      'b',
    ],
    [
      'all outputs',
      'output "o" { value = var.a }',
      'module "m" {\n a = var.b\n d = var.c\n}',
      'toset(values(module.m))',
      'b',
    ],
  ])('through a module: %s', (_, module, call, expression, expected) => {
    const root = moduleOf(`${call}\nresource "aws_x" "this" { for_each = ${expression} }`, { m: module });
    expect(counting(root)).toBe(expected);
  });

  it('through a module that cannot be read: everything that it is called with', () => {
    const root = moduleOf(
      'module "vpc" {\n source = "remote/vpc/aws"\n count = var.a\n b = { c = var.d }\n providers = { aws = var.e }\n}\nresource "aws_x" "this" { for_each = module.vpc.zones }',
    );
    const call = root.declarations.calls.get('vpc');
    expect(counting(root)).toBe('a d');
    expect(call === undefined ? undefined : reaching(root, call)).toEqual(['a', 'd']);
  });

  it('through modules in modules', () => {
    const root = moduleOf('module "outer" {\n for_each = var.a\n b = var.c\n}', {
      outer: 'module "inner" {\n count = var.b\n d = var.b\n}',
      inner: 'resource "aws_x" "this" { count = var.d }',
    });
    expect(counting(root, ['outer', 'inner'])).toBe('a c');
  });

  it('through a chain of ten thousand locals', () => {
    const chain = Array.from({ length: 10_000 }, (_, index) => ` a${index} = local.a${index + 1}\n`).join('');
    const root = moduleOf(`locals {\n${chain} a10000 = var.end\n}\nresource "aws_x" "this" { count = local.a0 }`);
    expect(counting(root)).toBe('end');
  });

  it('as overrides have it, which come last', () => {
    const root = moduleOf([
      'locals { a = var.b }\nresource "aws_x" "this" {\n count = local.a\n c = 1\n}',
      'locals { a = var.d }\nresource "aws_x" "this" { count = local.a + var.e }',
    ]);
    expect(counting(root)).toBe('d e');
    expect(root.declarations.resources.get('aws_x.this')?.location.file).toBe('0.tf');
  });
});
