/** A template that cannot be read as a literal, with the offset of the offending text inside the template. */
export type TemplateProblem = {
  readonly offset: number;
  readonly kind: 'syntax' | 'not-literal';
  readonly problem: string;
};

/** The text of a template, or why it has none. */
export type TemplateText = { readonly text: string } | { readonly failure: TemplateProblem };

const SIMPLE_ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };

// An escaped marker (`$${`, `%%{`) comes before a marker.
const IN_HEREDOC = /\$\$\{|%%\{|\$\{|%\{/g;
const IN_QUOTES = /\$\$\{|%%\{|\$\{|%\{|\\u[0-9a-fA-F]{4}|\\U[0-9a-fA-F]{8}|\\./g;

/** Reads what stands between the quotes of a quoted string. */
export function quotedText(raw: string): TemplateText {
  return replaceSpecials(raw, IN_QUOTES, (special) => {
    const name = special.slice(1);
    const simple = SIMPLE_ESCAPES[name];
    if (simple !== undefined) return simple;
    const codePoint = name.length > 1 ? Number.parseInt(name.slice(1), 16) : Number.NaN;
    if (Number.isNaN(codePoint) || codePoint > 0x10ffff || (codePoint >= 0xd800 && codePoint <= 0xdfff)) {
      return { problem: `unknown escape ${special}; the escapes are \\n \\r \\t \\" \\\\ \\uNNNN \\UNNNNNNNN` };
    }
    return String.fromCodePoint(codePoint);
  });
}

/**
 * Reads the lines between the markers of a heredoc, each with its line break. Backslashes mean nothing here.
 * With `flush` (`<<-`) the indentation common to the lines goes; like Terraform, lines of white space alone neither
 * count for it nor lose any.
 */
export function heredocText(raw: string, flush: boolean): TemplateText {
  const read = replaceSpecials(raw, IN_HEREDOC, (special) => special);
  return 'failure' in read || !flush ? read : { text: withoutCommonIndentation(read.text) };
}

function replaceSpecials(
  raw: string,
  specials: RegExp,
  replacement: (special: string) => string | { readonly problem: string },
): TemplateText {
  let failure: TemplateProblem | undefined;
  const text = raw.replace(specials, (special, offset: number) => {
    if (special === '$${' || special === '%%{') return special.slice(1);
    if (special === '${' || special === '%{') {
      const what = special === '${' ? 'template interpolation' : 'template directive';
      failure ??= { offset, kind: 'not-literal', problem: what };
      return '';
    }
    const replaced = replacement(special);
    if (typeof replaced === 'string') return replaced;
    failure ??= { offset, kind: 'syntax', problem: replaced.problem };
    return '';
  });
  // Terraform normalises every string, so two spellings of one name are equal there; they have to be here.
  return failure === undefined ? { text: text.normalize('NFC') } : { failure };
}

function withoutCommonIndentation(text: string): string {
  const lines = text.split('\n');
  const indentations = lines.filter((line) => line.trim() !== '').map((line) => /^\s*/.exec(line)?.[0].length ?? 0);
  const common = indentations.reduce((least, each) => Math.min(least, each), Number.POSITIVE_INFINITY);
  return lines.map((line) => (line.trim() === '' ? line : line.slice(common))).join('\n');
}
