import { execFileSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import { shellExports } from '../../../src/presenters/shell-exports.js';

/** What a real POSIX shell has in a variable after it took the lines in. */
function inShell(lines: string, name: string, environment: NodeJS.ProcessEnv = {}): string {
  const script = `eval "$LINES_TO_EVAL"; printf '%s' "\${${name}-unset}"`;
  return execFileSync('/bin/sh', ['-c', script], {
    encoding: 'utf8',
    env: { PATH: '/bin:/usr/bin', LINES_TO_EVAL: lines, ...environment },
  });
}

describe('lines for the shell', () => {
  it.each([
    ['plain', 'http://127.0.0.1:5005'],
    ['empty', ''],
    ['blanks', '  two  words  '],
    ['a single quote', "it's"],
    ['only quotes', `''"'"''`],
    ['double quotes', 'say "hi"'],
    ['dollar signs', `$HOME \${PATH} $(echo pwned) $$`],
    ['backticks', '`echo pwned`'],
    ['backslashes', 'a\\nb\\\\c\\'],
    ['line breaks', 'one\ntwo\n\nthree'],
    ['what ends a command', '; echo pwned #'],
    ['wildcards', '* ? [a-z] ~'],
    ['a leading dash', '-n'],
    ['other letters', 'Zürich 東京'],
  ])('keep a value with %s as it is', (_, value) => {
    expect(inShell(shellExports({ VALUE: value }), 'VALUE')).toBe(value);
  });

  it('export, so that programs see it', () => {
    expect(
      execFileSync('/bin/sh', ['-c', `${shellExports({ A: "x'y" })}\nsh -c 'printf %s "$A"'`], { encoding: 'utf8' }),
    ).toBe("x'y");
  });

  it('set all variables and take others away', () => {
    const lines = shellExports({ A: '1', B: "2'" }, ['GONE', 'OTHER']);
    expect(inShell(lines, 'A')).toBe('1');
    expect(inShell(lines, 'B')).toBe("2'");
    for (const name of ['GONE', 'OTHER']) expect(inShell(lines, name, { GONE: 'x', OTHER: 'y' })).toBe('unset');
  });

  it('set what was also to be taken away', () => {
    expect(inShell(shellExports({ A: 'new' }, ['A']), 'A', { A: 'old' })).toBe('new');
  });

  it('are none for nothing', () => {
    expect(shellExports({})).toBe('');
  });
});
