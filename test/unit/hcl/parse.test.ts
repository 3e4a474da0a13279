// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the placeholders are those of HCL.
import { describe, expect, it } from '@jest/globals';
import { parseHcl, parseHclSource } from '../../../src/adapters/hcl/parse.js';
import type { HclValue } from '../../../src/domain/hcl-value.js';
import { failureOf } from '../../fakes/failure.js';
import { picksFrom } from '../../support/picks.js';

async function values(text: string): Promise<Record<string, HclValue>> {
  const { attributes } = parseHcl('x.tfvars', text);
  return Object.fromEntries(attributes.map(({ name, value }) => [name, value]));
}

async function value(expression: string): Promise<HclValue | undefined> {
  return (await values(`v = ${expression}\n`))['v'];
}

describe('literal values', () => {
  it.each<[string, HclValue]>([
    ['"text"', 'text'],
    ['""', ''],
    ['" padded # not a comment "', ' padded # not a comment '],
    ['"http://host/*path*/"', 'http://host/*path*/'],
    [String.raw`"a\"b\\c\nd\te\rf"`, 'a"b\\c\nd\te\rf'],
    [String.raw`"\u00e9 \U0001F600"`, 'é 😀'],
    [String.raw`"e\u0301"`, 'é'],
    ['"😀"', '😀'],
    ['"$${name} and %%{if}"', '${name} and %{if}'],
    ['"$ 50% $$"', '$ 50% $$'],
    ['7', 7],
    ['007', 7],
    ['-5', -5],
    ['-0', 0],
    ['1.50', 1.5],
    ['1.5e3', 1500],
    ['(3)', 3],
    ['true', true],
    ['false', false],
    ['null', null],
    ['[]', []],
    ['[1, "two", [true],]', [1, 'two', [true]]],
    ['{}', {}],
    ['{ a = 1, "b c" : 2, 3 = "x", null = 4, }', { a: 1, 'b c': 2, '3': 'x', null: 4 }],
    ['{ a = 1, a = 2 }', { a: 2 }],
  ])('reads %s', async (expression, expected) => {
    expect(await value(expression)).toEqual(expected);
  });

  it('reads objects and lists over several lines with comments of every kind', async () => {
    const text = [
      '# head',
      '/* over',
      '   lines */ queues = { // first',
      '  feedback = {',
      '    depth = 50 # fewer',
      '    names = [ /* none */ "a",',
      '      "b" ]',
      '  }',
      '  other : {}',
      '}',
      '',
    ].join('\n');
    expect(await values(text)).toEqual({ queues: { feedback: { depth: 50, names: ['a', 'b'] }, other: {} } });
  });

  it('keeps __proto__ a key like any other', async () => {
    const read = (await value('{ __proto__ = { polluted = true }, b = 1 }')) as Record<string, HclValue>;
    expect(Object.keys(read)).toEqual(['__proto__', 'b']);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  // Expectations of this group are what `terraform console` 1.11 prints for the same text.
  describe('heredocs', () => {
    it.each([
      ['keeps indentation with <<', '<<EOT\n  x\n  EOT', '  x\n'],
      ['strips the common indentation with <<-', '<<-EOT\n    hi\n      there\n    EOT', 'hi\n  there\n'],
      ['counts tabs and spaces alike', '<<-EOT\n\tx\n\t  y\n  z\n\tEOT', 'x\n  y\n z\n'],
      ['leaves lines of white space alone', '<<-EOT\n  a\n  \n\n  b\n  EOT', 'a\n  \n\nb\n'],
      ['is empty without lines', '<<EOT\nEOT', ''],
      ['reads no escapes but the doubled markers', '<<EOT\na\\n$${x}"q\nEOT', 'a\\n${x}"q\n'],
      ['ends only at the marker alone', '<<EOT\nEOTX\n EOT x\n# y\nEOT', 'EOTX\n EOT x\n# y\n'],
      ['keeps CRLF', '<<EOT\r\nhi\r\nyo\r\nEOT\r', 'hi\r\nyo\r\n'],
    ])('%s', async (_, expression, expected) => {
      expect(await value(expression)).toBe(expected);
    });
  });

  it('reads a byte order mark and CRLF line ends away', async () => {
    const { attributes } = parseHcl('x.tfvars', '\uFEFFa = "x"\r\nb = 2\r\n');
    expect(attributes).toEqual([
      { name: 'a', value: 'x', location: { file: 'x.tfvars', line: 1, column: 1 } },
      { name: 'b', value: 2, location: { file: 'x.tfvars', line: 2, column: 1 } },
    ]);
  });

  it.each(['', '\n\n', '# only a comment', '/* a */ // b\n'])('finds nothing in %j', async (text) => {
    expect(parseHcl('x.tfvars', text)).toEqual({ attributes: [], blocks: [] });
  });
});

describe('blocks', () => {
  it('reads labels, attributes and nested blocks with their places', async () => {
    const text = 'environment "staging" {\n  protected = true\n\n  health { path = "/up"  interval_seconds = 5 }\n}\n';
    expect(parseHcl('policy.hcl', text)).toEqual({
      attributes: [],
      blocks: [
        {
          type: 'environment',
          labels: ['staging'],
          location: { file: 'policy.hcl', line: 1, column: 1 },
          body: {
            attributes: [{ name: 'protected', value: true, location: { file: 'policy.hcl', line: 2, column: 3 } }],
            blocks: [
              {
                type: 'health',
                labels: [],
                location: { file: 'policy.hcl', line: 4, column: 3 },
                body: {
                  attributes: [
                    { name: 'path', value: '/up', location: { file: 'policy.hcl', line: 4, column: 12 } },
                    { name: 'interval_seconds', value: 5, location: { file: 'policy.hcl', line: 4, column: 26 } },
                  ],
                  blocks: [],
                },
              },
            ],
          },
        },
      ],
    });
  });
});

describe('the label of a block', () => {
  it.each([
    ['name', ['name']],
    ['"a" b', ['a', 'b']],
    [String.raw`"this[\"a\"]"`, ['this["a"]']],
    ['"$${x}"', ['${x}']],
  ])('is read of %s', (written, labels) => {
    expect(parseHcl('x', `b ${written} {}\n`).blocks).toMatchObject([{ labels }]);
  });

  it.each([['"${x}"'], ['1'], ['<<EOT\nx\nEOT\n'], ['a.b']])('is not read of %s', async (written) => {
    expect(await failureOf(() => parseHcl('x', `b ${written} {}\n`))).toMatchObject({ code: 'HclSyntax' });
  });
});

describe('a value that needs evaluation', () => {
  it.each([
    ['"a ${var.b}"', 'template interpolation', 9],
    ['"a %{ if true }b%{ endif }"', 'template directive', 9],
    ['<<EOT\nx ${b}\nEOT', 'template interpolation', undefined],
    ['file("x")', 'function call "file("x")"', 6],
    ['var.region', 'reference "var"', 6],
    ['region', 'reference "region"', 6],
    ['1 + 2', 'operation "1 + 2"', 6],
    ['!true', 'operation "!true"', 6],
    ['-"5"', 'operation "-"5""', 6],
    ['true ? 1 : 2', 'conditional expression "true ? 1 : 2"', 6],
    ['[for x in [1] : x]', 'for expression "[for x in [1] : x]"', 6],
    ['{ (a) = 1 }', 'key "(a)" that is neither a name nor a string', 8],
    ['{ 1e21 = 1 }', 'key "1e21" that is neither a name nor a string', 8],
    ['eu-central-1', 'reference "eu-central-1"', 6],
  ])('is refused: %s', async (expression, found, column) => {
    const error = await failureOf(() => parseHcl('terraform/x.tfvars', `a = 1\nvv = ${expression}\n`));
    expect(error).toMatchObject({ code: 'HclNotLiteral', outcome: 'usage', exitCode: 2 });
    const place = column === undefined ? '3:3' : `2:${column}`;
    expect(error.message).toContain(`${found} at terraform/x.tfvars:${place}: this file holds literal values only`);
    expect(error.nextSteps).toEqual([
      `edit line ${place.split(':')[0]} of terraform/x.tfvars: replace it by the value itself, in double quotes when it is text`,
    ]);
  });
});

describe('a syntax error', () => {
  it.each([
    [
      'an unclosed string',
      'a = 1\nb = "x\nc = "y"\n',
      '2:5',
      'the string is not closed by a double quote on its line',
      'b = "x',
    ],
    [
      'a string over two lines',
      'a = "x\nb = y"\n',
      '1:5',
      'the string is not closed by a double quote on its line',
      'a = "x',
    ],
    ['an unclosed list', 'a = {\n c = [1, 2\n}\nd = 3\n', '2:6', '"[" is not closed by "]"', 'c = [1, 2'],
    ['an unclosed object', 'a = 1\nb = {\n c = 1\nd = 3\n', '2:5', '"{" is not closed by "}"', 'b = {'],
    ['a closer too many', 'a = 1\n}\nb = 2\n', '2:1', '"}" closes nothing', '}'],
    [
      'an unclosed heredoc',
      'a = 1\nb = <<EOT\nx\n',
      '2:5',
      'the heredoc is not closed by a line with EOT alone',
      'b = <<EOT',
    ],
    ['single quotes', "a = 1\nb = 'x'\n", '2:5', "unexpected '", "b = 'x'"],
    ['an unknown escape', 'a = "\\\\n"\nb = "x\\q"\nc = "y"\n', '2:7', 'unknown escape \\q', 'b = "x\\q"'],
    ['no equals sign', 'a = 1\nb 3\nc = 4\n', '2:1', 'this is neither name = value nor a block', 'b 3'],
    ['no value', 'a = 1\nb = \nc = 4\n', '2:4', 'something is missing here', 'b ='],
    ['a value on the next line', 'a =\n 2\n', '1:4', 'something is missing here', 'a ='],
    ['list items side by side', 'a = 1\nb = [1\n2]\n', '3:1', 'a comma is missing before this', '2]'],
    ['half of a surrogate pair', 'a = "\\ud83d"\n', '1:6', 'unknown escape \\ud83d', 'a = "\\ud83d"'],
    ['typographic quotes', 'a = “x”\n', '1:5', 'unexpected “', 'a = “x”'],
    ['a no-break space', 'a = 1\n\u00a0b = 2\n', '2:1', 'unexpected \u00a0', 'b = 2'],
    ['an empty list item', 'a = 1\nb = [1,,2]\n', '2:8', 'unexpected ","', 'b = [1,,2]'],
    [
      'entries side by side',
      'a = { x = 1 y = 2 }\n',
      '1:13',
      'a comma or a line break is missing',
      'a = { x = 1 y = 2 }',
    ],
    ['attributes side by side', 'a = 1 b = 2\n', '1:7', 'a line break is missing', 'a = 1 b = 2'],
    ['an attribute set twice', 'a = 1\nb = 2\na = 3\n', '3:1', '"a" is already set on line 1', 'a = 3'],
    ['a hexadecimal number', 'a = 0x1F\n', '1:5', '0x1F is not a number of HCL', 'a = 0x1F'],
    ['JSON', '{"a": 1}\n', '1:1', 'unexpected "{"', '{"a": 1}'],
    ['an error inside a nested block', 'e "x" {\n h {\n  a = 1\n  b 3\n }\n}\n', '4:3', 'this is neither', 'b 3'],
  ])('is shown where it is: %s', async (_, text, place, problem, line) => {
    const error = await failureOf(() => parseHcl('terraform/x.tfvars', text));
    expect(error).toMatchObject({ code: 'HclSyntax', outcome: 'usage', exitCode: 2 });
    expect(error.message).toContain(`syntax error at terraform/x.tfvars:${place}: ${problem}`);
    expect(error.message).toContain(`, in the line: ${line}`);
    expect(error.nextSteps[0]).toMatch(new RegExp(`^edit line ${place.split(':')[0]} of terraform/x\\.tfvars`));
  });

  it('does not confuse the next file', async () => {
    await failureOf(() => parseHcl('x', 'a = <<EOT\nnever closed\n'));
    await failureOf(() => parseHcl('x', 'a = "never closed\n'));
    expect(await values('b = <<EOT\nx\nEOT\n')).toEqual({ b: 'x\n' });
  });

  it.each([['"X" y'], ['1 "X"'], ['f("X")'], ['{ (X) = 1 }']])('cuts a long line: %s', async (expression) => {
    const error = await failureOf(() => parseHcl('x', `a = ${expression.replace('X', 'x'.repeat(5000))}\n`));
    expect(error.message.length).toBeLessThan(400);
  });

  it('is found on the broken line, whichever it is', async () => {
    const lines = ['a = 1', 'b = "two"', 'c = [1, 2]', 'd = { e = 1, f = "g" }', '# comment', 'h = true', 'i = -1.5'];
    const breakages: ((line: string) => string)[] = [
      (line) => line.replace('=', ''),
      (line) => `${line} ]`,
      (line) => `${line} "`,
      (line) => line.replace(/= .*/, '='),
      (line) => line.replace('= ', '= @'),
      (line) => `${line}}`,
    ];
    for (const [index, line] of lines.entries()) {
      if (line.startsWith('#')) continue;
      for (const breakage of breakages) {
        const text = lines.with(index, breakage(line)).join('\n');
        const error = await failureOf(() => parseHcl('x', `${text}\n`));
        expect({ text, message: error.message }).toEqual({ text, message: expect.stringContaining(`x:${index + 1}:`) });
      }
    }
  });
});

describe('hostile text', () => {
  it.each([
    ['lists', 'v = ', '[', ']', 5000],
    ['objects', 'v = ', '{ a = ', '}', 5000],
    ['parentheses', 'v = ', '(', ')', 5000],
    ['blocks', '', 'b {\n', '}\n', 5000],
  ])('refuses %s nested without end', async (_, head, open, close, depth) => {
    const text = `${head}${open.repeat(depth)}${head === '' ? '' : '1'}${close.repeat(depth)}\n`;
    expect(await failureOf(() => parseHcl('x', text))).toMatchObject({ code: 'HclSyntax', outcome: 'usage' });
  });

  it.each([
    ['attributes that are no literals', '  name = "x-${var.a}"\n', 'locals {\n', '}\n'],
    ['blocks', 'b "c" {\n  d = e.f\n}\n', '', ''],
  ])('needs twice the time for twice as many %s', (_, line, head, tail) => {
    const seconds = (times: number) => {
      const lines = Array.from({ length: times }, (_each, index) => line.replace('name', `name${index}`));
      const text = `${head}${lines.join('')}${tail}`;
      const start = process.cpuUsage();
      expect(parseHclSource('x', text).blocks.length).toBeGreaterThan(0);
      return process.cpuUsage(start).user / 1e6;
    };
    seconds(1_000);
    // The least of several, in turn: other work on the machine, and the collector, only ever add to a time.
    const rounds = [1, 2, 3].map(() => [seconds(1_000), seconds(8_000)] as const);
    const once = Math.min(...rounds.map(([few]) => few));
    // Quadratic growth would be 64 times as much.
    expect(Math.min(...rounds.map(([, many]) => many))).toBeLessThan(24 * once + 0.1);
  });

  it('reads or refuses any text, and never fails otherwise', async () => {
    const pieces = [
      'a',
      ' = ',
      '"',
      '${',
      '}',
      '{',
      '[',
      ']',
      '\n',
      '<<EOT\n',
      'EOT',
      '#',
      '/*',
      '*/',
      '\\',
      '-',
      '1',
      ',',
      '%{',
      '\r\n',
      '\0',
      'é',
      ':',
      '(',
      ')',
      "'",
    ];
    const random = picksFrom(42);
    for (let round = 0; round < 1500; round += 1) {
      const text = Array.from({ length: 1 + random(14) }, () => pieces[random(pieces.length)]).join('');
      try {
        parseHcl('x', text);
      } catch (error) {
        expect({ text, error }).toEqual({
          text,
          error: expect.objectContaining({ name: 'MhtctlError', outcome: 'usage' }),
        });
      }
    }
  });

  it('reads back any value it could have been given', async () => {
    const random = picksFrom(7);
    const letters = ['a', ' ', '"', '\\', '\n', '\t', '$', '{', '%', '}', '#', '/', 'é', '😀', "'"];
    const string = () => Array.from({ length: random(8) }, () => letters[random(letters.length)]).join('');
    const any = (depth: number): HclValue => {
      switch (random(depth > 2 ? 4 : 6)) {
        case 0:
          return string();
        case 1:
          return random(20000) / 8 - 1000;
        case 2:
          return random(2) === 0;
        case 3:
          return null;
        case 4:
          return Array.from({ length: random(4) }, () => any(depth + 1));
        default:
          return Object.fromEntries(Array.from({ length: random(4) }, () => [`k${string()}`, any(depth + 1)]));
      }
    };
    const quoted = (text: string) => JSON.stringify(text).replace(/[$%](?=\{)/g, (sign) => sign + sign);
    const hcl = (value: HclValue): string => {
      if (typeof value === 'string') return quoted(value);
      if (Array.isArray(value)) return `[${value.map(hcl).join(',\n ')}]`;
      if (typeof value === 'object' && value !== null) {
        return `{\n${Object.entries(value)
          .map(([key, entry]) => `${quoted(key)} = ${hcl(entry)}`)
          .join('\n')}\n}`;
      }
      return String(value);
    };
    for (let round = 0; round < 300; round += 1) {
      const wanted = any(0);
      const text = hcl(wanted);
      expect({ text, read: await value(text).catch(String) }).toEqual({ text, read: wanted });
    }
  });
});

describe('parseHclSource', () => {
  it('returns expressions as written, and values where they are literal', async () => {
    const text =
      'variable "queues" {\n  description = "The queues."\n  type = map(object({\n    depth = number\n  }))\n  default = {}\n}\n';
    const { blocks } = parseHclSource('variables.tf', text);
    expect(blocks[0]?.labels).toEqual(['queues']);
    expect(blocks[0]?.body.attributes.map(({ name, expression, value }) => ({ name, expression, value }))).toEqual([
      { name: 'description', expression: '"The queues."', value: 'The queues.' },
      { name: 'type', expression: 'map(object({\n    depth = number\n  }))', value: undefined },
      { name: 'default', expression: '{}', value: {} },
    ]);
  });

  it('fails on a syntax error with its line', async () => {
    const error = await failureOf(() => parseHclSource('main.tf', 'locals {\n  a = \n}\n'));
    expect(error.message).toContain('syntax error at main.tf:2:');
  });
});
