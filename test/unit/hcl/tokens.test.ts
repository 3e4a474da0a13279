// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the placeholders are those of HCL.
import { describe, expect, it } from '@jest/globals';
import { type Token, tokensOf } from '../../../src/adapters/hcl/tokens.js';

const CLOSERS = { '{': '}', '[': ']', '(': ')', '"': '"', '${': '}' } as const;

/** The tokens of a text that has nothing else in it. */
function tokensIn(text: string): readonly Token[] {
  const tokens = tokensOf(text);
  if ('problem' in tokens) throw new Error(`${tokens.problem}: ${text}`);
  return tokens;
}

/** The tokens written with a space between them; a line end as `;`, a string that is a group as `"< ... >"`. */
function written(tokens: readonly Token[]): string {
  return tokens
    .map((token) => {
      if (token.kind === 'line') return ';';
      if (!('tokens' in token)) return token.text;
      return [token.kind, written(token.tokens), CLOSERS[token.kind]].filter((part) => part !== '').join(' ');
    })
    .join(' ');
}

const spaced = (text: string) => text.replace(/\s+/g, ' ').trim();
const cut = (text: string) => spaced(written(tokensIn(text)));

describe('tokens of HCL', () => {
  it.each([
    ['names with dashes and letters of any language', 'a-b = größe', 'a-b = größe ;'],
    ['operators', 'a==b&&!c?1.5e3:-d', 'a == b && ! c ? 1.5e3 : - d ;'],
    ['an expansion', 'f(x...)', 'f ( x ... ) ;'],
    ['a division', 'a = b / c', 'a = b / c ;'],
    ['comments of every kind', 'a # } {\nb // "\n/* {\n" */ c', 'a ; b ; c ;'],
    ['blank lines as one line end', 'a\n\n  \n# x\n\nb', 'a ; b ;'],
    ['lines in braces, and none in other brackets', '{\na\n}\n[\nb,\nc\n]', '{ ; a ; } ; [ b , c ] ;'],
    ['a plain string as one literal', 'a = "x # {"', 'a = "x # {" ;'],
    ['escapes', String.raw`a = "\"}" + b`, String.raw`a = " \" } " + b ;`],
    ['interpolations', 'a = "x-${var.b}"', 'a = " x- ${ var . b } " ;'],
    [
      'strings with brackets in interpolations',
      'a = "${f("}", {b = "]"})}" + c',
      'a = " ${ f ( "}" , { b = "]" } ) } " + c ;',
    ],
    ['directives', 'a = "%{ if b }c%{ endif }"', 'a = " ${ if b } c ${ endif } " ;'],
    ['markers that are escaped', 'a = "$${b} %%{c} $ % $$"', 'a = " $${ b} %%{ c} $ % $ $ " ;'],
    ['strip markers', 'a = "${~ b ~}"', 'a = " ${ ~ b ~ } " ;'],
    ['CRLF', 'a = 1\r\nb = "x"\r\n', 'a = 1 ; b = "x" ;'],
    ['nothing', '', ';'],
    ['heredocs with quotes and brackets', 'a = <<EOT\n"}\n# x\nEOT\nb', 'a = " "}\n  \n # x\n  \n " ; b ;'],
    ['interpolations in heredocs', 'a = <<-EOT\n  ${var.b}\n  EOT\n', 'a = "    ${ var . b } \n " ;'],
    ['empty heredocs', 'a = <<EOT\nEOT\nb = 1', 'a = " " ; b = 1 ;'],
    ['lines that only begin like the marker', 'a = <<E\nEE\nE x\nE\n', 'a = " EE \n E x \n " ;'],
  ])('cuts %s', (_, text, expected) => {
    expect(cut(text)).toBe(spaced(expected));
  });

  it.each([
    ['a brace that is not closed', 'a {', 2, '"{" is not closed by "}"'],
    ['a brace that closes nothing', 'a }', 2, '"}" closes nothing'],
    ['brackets that cross', '( [ ) ]', 2, '"[" is not closed by "]"'],
    ['a string that is not closed', 'a = "b\n"', 4, 'the string is not closed by a double quote on its line'],
    ['a string that ends in a backslash', 'a = "b\\\n"', 4, 'the string is not closed by a double quote on its line'],
    ['an interpolation that is not closed', 'a = "${b"', 8, 'the string is not closed by a double quote on its line'],
    ['an interpolation in a file that ends', 'a = "${b', 5, '"${" is not closed by "}"'],
    ['a heredoc that is not closed', 'a = <<EOT\nb', 4, 'the heredoc is not closed by a line with EOT alone'],
    ['a heredoc that ends with the file', 'a = <<EOT\nEOT', 4, 'the heredoc is not closed by a line with EOT alone'],
    ['a comment that is not closed', 'a /* b', 2, 'the comment is not closed by */'],
    ['an apostrophe', "a = 'b'", 4, "unexpected '"],
    ['a mark of no operator', 'a = 1 ; # b', 6, 'unexpected ;'],
    [
      'brackets deeper than anybody writes',
      `a = ${'('.repeat(5000)}${')'.repeat(5000)}`,
      260,
      'brackets are nested deeper',
    ],
    ['bytes that are no text', 'a\u0000\u0001', 1, 'unexpected \u0000'],
    ['what follows many blanks and no token can', `a =${' '.repeat(200)}'b'`, 203, "unexpected '"],
    [
      'a comment behind many blanks that is not closed',
      `a${'\t'.repeat(200)}/* b`,
      201,
      'the comment is not closed by */',
    ],
    ['a carriage return within a line', 'a = 1 \rb', 6, 'unexpected \r'],
    ['what follows a comment and no token can', 'a = /* x */\\ /* y */ 1', 11, 'unexpected \\'],
  ])('refuses %s, and says where', (_, text, offset, problem) => {
    expect(tokensOf(text)).toMatchObject({ offset, problem: expect.stringContaining(problem) });
  });

  it('tells where in the text each token is, brackets and quotes included', () => {
    const text = 'a = { b = "x\\n", c = [1] }\n/* d */ e = <<-E\n  ${f}\n  E\n';
    const texts = (tokens: readonly Token[]): readonly string[] =>
      tokens.flatMap((token) => [
        ...(token.kind === 'line' ? [] : [text.slice(token.start, token.end)]),
        ...('tokens' in token && token.kind !== '"' ? texts(token.tokens) : []),
      ]);
    const object = '{ b = "x\\n", c = [1] }';
    const inside = ['b', '=', '"x\\n"', ',', 'c', '=', '[1]', '1'];
    expect(texts(tokensIn(text))).toEqual(['a', '=', object, ...inside, 'e', '=', '<<-E\n  ${f}\n  E']);
  });

  it('places each token by line and column, after comments and heredocs of several lines too', () => {
    const tokens = tokensIn('/* 1\n2 */ a = <<E\n  x\n  E\n\n  b "c" {\n d\n}');
    const placed = tokens.flatMap((token) => (token.kind === 'name' ? [[token.text, token.line, token.column]] : []));
    expect(placed).toEqual([
      ['a', 2, 6],
      ['b', 6, 3],
    ]);
    const block = tokens.find((token) => token.kind === '{');
    expect(block !== undefined && 'tokens' in block ? block.tokens[1] : undefined).toMatchObject({
      line: 7,
      column: 2,
    });
  });

  it.each([
    ['a line', 'a = 1 '],
    ['lines', 'a = 1\n'],
    ['comments', '# {\n'],
    ['heredocs', 'a = <<E\nx\nE\n'],
    ['strings', 'a = "x ${b} $ y"\n'],
  ])('needs twice the time for twice as many %s', (_, piece) => {
    const seconds = (times: number) => {
      const text = piece.repeat(times);
      const start = process.cpuUsage();
      expect(tokensIn(text).length).toBeGreaterThan(0);
      return process.cpuUsage(start).user / 1e6;
    };
    seconds(2_000);
    // The least of several, in turn: other work on the machine, and the collector, only ever add to a time.
    const rounds = [1, 2, 3].map(() => [seconds(5_000), seconds(40_000)] as const);
    const once = Math.min(...rounds.map(([few]) => few));
    const eightTimes = Math.min(...rounds.map(([, many]) => many));
    // Quadratic growth would be 64 times as much.
    expect(eightTimes).toBeLessThan(24 * once + 0.1);
  });
});
