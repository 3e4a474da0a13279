// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the placeholders are those of HCL.
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual, promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { parseHcl, parseHclSource } from '../../../src/adapters/hcl/parse.js';
import { MhtctlError } from '../../../src/domain/errors.js';
import type { HclValue } from '../../../src/domain/hcl-value.js';
import { picksFrom } from '../../support/picks.js';

const run = promisify(execFile);
const CONFIGURATION = join(import.meta.dirname, '../../../terraform');

let random = picksFrom(0);
const pick = <T>(choices: readonly T[]): T => choices[random(choices.length)] as T;
const several = (most: number, make: () => string) => Array.from({ length: random(most + 1) }, make);

const NAMES = ['a', 'b-c', 'größe', '_d', 'for', 'true', 'null', 'in'];
const LITERALS = [
  ...['7', '007', '-5', '- 1', '-0', '1.50', '1.5e3', '2E-2', 'true', 'false', 'null'],
  ...['""', '"text"', '" # { "', String.raw`"a\"b\\c\nd\te\rf"`, String.raw`"\u00e9\U0001F600"`, String.raw`"e\u0301"`],
  ...['"😀"', '"$${x} %%{if}"', '"$ 50% $$ %"', '"$$"', '"%"', '"100%"', '"a$"', '"//"', '"/* x */"'],
];
const NOT_LITERALS = [
  ...[
    'var.a',
    'a.b["c"].*.d',
    'a[0][*].b',
    'f(1, "x"...)',
    'f()',
    'a.0',
    'provider::aws::x("y")',
    '!true',
    '-(1)',
    '!!a',
  ],
  ...[
    '1 + 2 * -3',
    'a ? 1 : 2',
    'a ? b ? 1 : 2 : c ? 3 : 4',
    'a == b && c != d || e <= f',
    '"${a}"',
    '"x ${f("}")} y"',
  ],
  ...[
    '"%{ if a }b%{ endif }"',
    '[for x in y : x]',
    '[for i, x in y : x if i > 0]',
    '{ for k, v in y : k => v... }',
    '(a)',
  ],
];

function expression(depth: number): string {
  switch (random(depth > 2 ? 4 : 9)) {
    case 4:
      return `[${several(3, () => expression(depth + 1)).join(pick([', ', ',\n  ', ' , ']))}${pick(['', '', ',', ' # x\n'])}]`;
    case 5:
      return `{ ${several(3, () => entry(depth)).join(', ')} }`;
    case 6:
      return `{\n${several(3, () => entry(depth)).join(pick(['\n', ',\n', ' # x\n', '\n\n']))}\n}`;
    case 7:
      return `(${expression(depth + 1)})`;
    case 8:
      return pick(NOT_LITERALS);
    default:
      return pick(LITERALS);
  }
}

function entry(depth: number): string {
  const key = pick([...NAMES, '"e f"', '3', '"\\u00e9"', '""']);
  return `${key}${pick([' = ', ' : ', '='])}${expression(depth + 1)}`;
}

function heredoc(): string {
  const lines = several(4, () =>
    pick(['  x', '', '    "y" # {', '\t$${z}', 'EOTX', ' EOT x', 'C:\\n %%{', '   ', '%{ if a }', '${b}']),
  );
  return [pick(['<<EOT', '<<-EOT', '<<-EOT']), ...lines, pick(['EOT', '  EOT', '\tEOT'])].join('\n');
}

function statement(): string {
  switch (random(8)) {
    case 0:
      return pick(['# comment {', '// "', '/* over\n lines */', '', '  ']);
    case 1:
      return `${pick(['health', 'environment "x"', 'a "b" c'])} {${pick(['', ` a = ${expression(1)} `, `\n  b = ${expression(1)}\n`])}}`;
    case 2:
      return `h${random(1000)} = ${heredoc()}`;
    default:
      return `${pick(NAMES)}${random(10_000)} ${pick(['=', ' = ', '= /* x */'])} ${expression(0)}${pick(['', '', ' # x', ' // {', '\r'])}`;
  }
}

const PIECES = [
  ...[
    'a',
    ' = ',
    '"',
    '${',
    '%{',
    '}',
    '{',
    '[',
    ']',
    '(',
    ')',
    '\n',
    '<<EOT\n',
    'EOT',
    '#',
    '//',
    '/*',
    '*/',
    '\\',
    '-',
    '1',
  ],
  ...['.', ',', ':', '?', '=>', '...', '\r\n', "'", ';', '@', '&&', '!', ' b ', '\\q', '\\u12', '0x1F', '=='],
];

/** A file as somebody may write it, and every second time one with a slip of the keyboard in it. */
function file(): string {
  const text = `${Array.from({ length: 1 + random(4) }, statement).join('\n')}\n`;
  if (random(2) === 0) return text;
  const at = random(text.length);
  return `${text.slice(0, at)}${pick([...PIECES, ''])}${text.slice(at + random(3))}`;
}

/** A file of values has no blocks; those of `policy.hcl` are not Terraform's. */
const LINES_IN_A_BLOCK =
  /A single-line block definition|single-argument block definition|^Error: Missing newline after argument\n.*line \d+, in /s;

function verdictOf(read: () => unknown): 'read' | 'HclSyntax' | 'HclNotLiteral' {
  try {
    read();
    return 'read';
  } catch (error) {
    if (error instanceof MhtctlError && (error.code === 'HclSyntax' || error.code === 'HclNotLiteral'))
      return error.code;
    throw error;
  }
}

/** The value of an expression; undefined when it is refused. */
function literal(text: string): HclValue | undefined {
  const file = `v = ${text}\n`;
  return verdictOf(() => parseHcl('x', file)) === 'read' ? parseHcl('x', file).attributes[0]?.value : undefined;
}

describe('HCL, beside the real Terraform', () => {
  let directory: string;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'mhtctl-hcl-'));
  });

  // The same whatever the order of the tests.
  beforeEach(() => {
    random = picksFrom(20_261_126);
  });

  afterAll(async () => {
    await rm(directory, { recursive: true, force: true });
  });

  /** Which of the texts Terraform refuses for their syntax, with what it says of the first. */
  async function refusedByTerraform(name: string, texts: readonly string[]): Promise<ReadonlyMap<number, string>> {
    const files = join(directory, name);
    await mkdir(files);
    await Promise.all(texts.map((text, index) => writeFile(join(files, `${index}.tfvars`), text)));
    const { stderr } = await run('terraform', ['fmt', '-check', '-recursive', '-no-color', '-list=false', '.'], {
      cwd: files,
      maxBuffer: 1e8,
    }).catch((error: { readonly stderr: string; readonly code: number }) => error);
    const refused = new Map<number, string>();
    for (const message of stderr.split(/\n(?=Error: )/)) {
      const index = /on (\d+)\.tfvars line/.exec(message)?.[1];
      if (index !== undefined) refused.set(Number(index), message);
    }
    return refused;
  }

  it('is refused for its syntax when Terraform refuses it, and only then', async () => {
    const texts = Array.from({ length: 3000 }, file);
    const refused = await refusedByTerraform('syntax', texts);
    // Neither side of the comparison is empty.
    expect(refused.size).toBeGreaterThan(500);
    expect(texts.length - refused.size).toBeGreaterThan(500);
    const differences = texts.flatMap((text, index) => {
      const ours = verdictOf(() => parseHcl('x', text));
      const theirs = refused.get(index);
      // What needs evaluation is refused without a look at all of it; and lines within a block are let be.
      if (ours === 'HclNotLiteral' || LINES_IN_A_BLOCK.test(theirs ?? '')) return [];
      return (ours === 'HclSyntax') === (theirs !== undefined) ? [] : [{ text, ours, theirs }];
    });
    expect(differences).toEqual([]);
  });

  it('has the values that Terraform gives it', async () => {
    const written = Array.from({ length: 600 }, () => (random(3) === 0 ? heredoc() : expression(0)));
    const read = written.flatMap((text) => {
      const value = literal(text);
      return value === undefined ? [] : [{ text, value }];
    });
    expect(read.length).toBeGreaterThan(200);
    // In a list, because an output that is null is none.
    const outputs = read.map(({ text }, index) => `output "o${index}" {\n  value = [\n${text}\n]\n}\n`);
    await writeFile(join(directory, 'main.tf'), outputs.join(''));
    const options = { cwd: directory, maxBuffer: 1e8 };
    await run('terraform', ['apply', '-auto-approve', '-no-color', '-input=false'], options);
    const { stdout } = await run('terraform', ['output', '-json'], options);
    const given = JSON.parse(stdout) as Readonly<Record<string, { readonly value: readonly [HclValue] }>>;
    const differences = read.flatMap(({ text, value }, index) => {
      const theirs = given[`o${index}`]?.value;
      return isDeepStrictEqual(theirs, [value]) ? [] : [{ text, value, theirs }];
    });
    expect(differences).toEqual([]);
  });

  it('is read as it is written in the whole configuration of this project', async () => {
    const files = (await readdir(CONFIGURATION, { recursive: true })).filter((name) => name.endsWith('.tf'));
    expect(files.length).toBeGreaterThan(20);
    for (const name of files) {
      const { attributes, blocks } = parseHclSource(name, await readFile(join(CONFIGURATION, name), 'utf8'));
      expect(attributes.length + blocks.length).toBeGreaterThan(0);
    }
  });
});
