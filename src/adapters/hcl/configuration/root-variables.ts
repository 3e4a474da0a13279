import type { Block } from './blocks.js';
import type { Declarations } from './declarations.js';
import type { Expression, Reference } from './expression.js';

/** A module as it is called in one place. */
export interface Module {
  /** Without instance keys, like `module.a.module.b`; empty for the root. */
  readonly address: string;
  readonly declarations: Declarations;
  /** Undefined for the root. */
  readonly caller: { readonly module: Module; readonly call: Block } | undefined;
  /** By the name of the call; a module that could not be read is missing. */
  readonly children: ReadonlyMap<string, Module>;
}

/** What Terraform itself reads of a block, and what is therefore no part of the resource's value. */
const META_ARGUMENTS: ReadonlySet<string> = new Set([
  'connection',
  'depends_on',
  'lifecycle',
  'provider',
  'providers',
  'provisioner',
]);

/**
 * What of a provider's configuration decides the answers of AWS: where it is asked, and as whom. `for_each` is that of a
 * dynamic block.
 * Source: https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs#argument-reference
 */
const DECIDE_ANSWERS: ReadonlySet<string> = new Set([
  'allowed_account_ids',
  'for_each',
  'profile',
  'region',
  'role_arn',
]);

/** References, and the module in whose files they are written. */
interface Dependency {
  readonly module: Module;
  readonly references: readonly Reference[];
}

/** The root variables that decide how many instances of a module's block there are, and by which keys; sorted. */
export function countedBy(module: Module, block: Block): readonly string[] {
  return rootVariables([{ module, references: counting(block) }, ...callsAround(module)]);
}

/** The root variables that reach a module by its call: no other can decide what it holds; sorted. */
export function reaching(module: Module, call: Block): readonly string[] {
  return rootVariables([{ module, references: everything(call) }, ...callsAround(module)]);
}

function callsAround(module: Module): readonly Dependency[] {
  const found: Dependency[] = [];
  for (let { caller } = module; caller !== undefined; caller = caller.module.caller) {
    found.push({ module: caller.module, references: counting(caller.call) });
  }
  return found;
}

function rootVariables(start: readonly Dependency[]): readonly string[] {
  const found = new Set<string>();
  const seen = new Set<string>();
  const open = [...start];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { module, references } = next;
    for (const reference of references) {
      const [kind, name] = reference.path;
      const id = [module.address, reference.by, ...reference.path].join(' ');
      if (seen.has(id)) continue;
      seen.add(id);
      if (kind === 'var' && name !== undefined && module.caller === undefined) found.add(name);
      else open.push(...dependenciesOf(module, reference));
    }
  }
  return [...found].sort();
}

/** What a reference leads to, one step further; nothing when it is to no block of the module, as `each.key` is. */
function dependenciesOf(module: Module, reference: Reference): readonly Dependency[] {
  const { declarations, caller } = module;
  const [kind, name = '', third = ''] = reference.path;
  switch (kind) {
    case 'var':
      return caller === undefined
        ? []
        : [{ module: caller.module, references: lookedAt(caller.call.attributes.get(name), reference, 2) }];
    case 'local':
      return [{ module, references: lookedAt(declarations.locals.get(name), reference, 2) }];
    case 'module':
      return calledModule(module, reference);
    case 'data':
      return instances(module, declarations.data.get(`${name}.${third}`), {
        ...reference,
        path: reference.path.slice(1),
      });
    default:
      return instances(module, declarations.resources.get(`${kind}.${name}`), reference);
  }
}

/** Of an expression that is referred to by a path of a length: all of it, or its keys alone. */
function lookedAt(expression: Expression | undefined, { path, by }: Reference, length: number): readonly Reference[] {
  if (expression === undefined) return [];
  return by === 'keys' && path.length === length ? expression.keys : expression.value;
}

function calledModule(module: Module, reference: Reference): readonly Dependency[] {
  const [, name = '', output] = reference.path;
  const call = module.declarations.calls.get(name);
  if (call === undefined) return [];
  const child = module.children.get(name);
  if (child === undefined) return [{ module, references: everything(call) }];
  const count = { module, references: counting(call) };
  if (output !== undefined) {
    return [count, { module: child, references: lookedAt(child.declarations.outputs.get(output), reference, 3) }];
  }
  if (reference.by === 'keys') return [count];
  return [
    count,
    ...[...child.declarations.outputs.values()].map(({ value }) => ({ module: child, references: value })),
  ];
}

/** What the instances of a resource or data source depend on, or an attribute of them. */
function instances(module: Module, block: Block | undefined, reference: Reference): readonly Dependency[] {
  if (block === undefined) return [];
  const [, , attribute] = reference.path;
  const count = { module, references: counting(block) };
  if (attribute === undefined && reference.by === 'keys') return [count];
  const written = block.type === 'resource' ? block.attributes.get(attribute ?? '') : undefined;
  if (written !== undefined) return [count, { module, references: lookedAt(written, reference, 3) }];
  // What AWS answers: it may depend on everything it is asked with.
  return [{ module, references: everything(block) }, ...providersOf(module, block)];
}

function counting({ attributes }: Block): readonly Reference[] {
  return [...(attributes.get('count')?.value ?? []), ...(attributes.get('for_each')?.keys ?? [])];
}

function everything(block: Block): readonly Reference[] {
  return [...block.attributes, ...block.blocks.map((nested) => [nested.type, nested] as const)].flatMap(
    ([name, part]) => {
      if (META_ARGUMENTS.has(name)) return [];
      return 'attributes' in part ? everything(part) : part.value;
    },
  );
}

/** What the provider of a block is configured with, here or in a module around, as far as it decides answers. */
function providersOf(module: Module, { labels: [type = ''] }: Block): readonly Dependency[] {
  const [provider] = type.split('_');
  const found: Dependency[] = [];
  for (let around: Module | undefined = module; around !== undefined; around = around.caller?.module) {
    for (const block of around.declarations.providers) {
      if (block.labels[0] !== provider) continue;
      // One data source tells of the provider itself.
      const references = type === 'aws_default_tags' ? everything(block) : decidingAnswers(block);
      found.push({ module: around, references });
    }
  }
  return found;
}

function decidingAnswers({ attributes, blocks }: Block): readonly Reference[] {
  return [
    ...[...attributes].flatMap(([name, expression]) => (DECIDE_ANSWERS.has(name) ? expression.value : [])),
    ...blocks.flatMap(decidingAnswers),
  ];
}
