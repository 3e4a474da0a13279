// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the placeholders are those of HCL.
import { describe, expect, it } from '@jest/globals';
import { type Token, tokensOf } from '../../../../src/adapters/hcl/configuration/tokens.js';

const CLOSERS = { '{': '}', '[': ']', '(': ')', '"': '"', '${': '}' } as const;

/** The tokens written with a space between them; a line end as `;`, a string that is a group as `"< ... >"`. */
function written(tokens: readonly Token[] | undefined): string | undefined {
  return tokens
    ?.map((token) => {
      if (token.kind === 'line') return ';';
      if (!('tokens' in token)) return token.text;
      return [token.kind, written(token.tokens), CLOSERS[token.kind]].filter((part) => part !== '').join(' ');
    })
    .join(' ');
}

const spaced = (text: string | undefined) => text?.replace(/\s+/g, ' ').trim();
const cut = (text: string) => spaced(written(tokensOf(text)));

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
    ['a byte order mark away', '\uFEFFa', 'a ;'],
    ['nothing', '', ';'],
    ['heredocs with quotes and brackets', 'a = <<EOT\n"}\n# x\nEOT\nb', 'a = " "}\n  \n # x\n  \n " ; b ;'],
    ['interpolations in heredocs', 'a = <<-EOT\n  ${var.b}\n  EOT\n', 'a = "    ${ var . b } \n " ;'],
    ['empty heredocs', 'a = <<EOT\nEOT\nb = 1', 'a = " " ; b = 1 ;'],
    ['lines that only begin like the marker', 'a = <<E\nEE\nE x\nE\n', 'a = " EE \n E x \n " ;'],
  ])('cuts %s', (_, text, expected) => {
    expect(cut(text)).toBe(spaced(expected));
  });

  it.each([
    ['a brace that is not closed', 'a {'],
    ['a brace that closes nothing', 'a }'],
    ['brackets that cross', '( [ ) ]'],
    ['a string that is not closed', 'a = "b\n"'],
    ['an interpolation that is not closed', 'a = "${b"'],
    ['a heredoc that is not closed', 'a = <<EOT\nb'],
    ['a comment that is not closed', 'a /* b'],
    ['an apostrophe', "a = 'b'"],
    ['brackets deeper than anybody writes', `a = ${'('.repeat(5000)}${')'.repeat(5000)}`],
    ['bytes that are no text', '\u0000\u0001'],
  ])('refuses %s', (_, text) => {
    expect(tokensOf(text)).toBeUndefined();
  });

  it('places each token by line and column, after comments and heredocs of several lines too', () => {
    const tokens = tokensOf('/* 1\n2 */ a = <<E\n  x\n  E\n\n  b "c" {\n d\n}') ?? [];
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
      expect(tokensOf(text)).toBeDefined();
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
