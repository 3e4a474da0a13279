import { describe, expect, it } from '@jest/globals';
import { githubEnvironment, githubMasks } from '../../../../src/presenters/application-variables/github.js';
import { HOSTILE } from '../../../support/hostile-values.js';

/**
 * Reads a `$GITHUB_ENV` file as the runner does.
 * Source: https://github.com/actions/runner/blob/main/src/Runner.Worker/FileCommandManager.cs (EnvFileKeyValuePairs)
 */
function asRunner(text: string): Readonly<Record<string, string>> {
  const read: Record<string, string> = {};
  const lines = text.split('\n');
  while (lines.length > 0) {
    const line = lines.shift() ?? '';
    if (line === '') continue;
    const [name = '', delimiter] = line.split('<<');
    if (delimiter === undefined) throw new Error(`Invalid format '${line}'`);
    const end = lines.indexOf(delimiter);
    if (end < 0) throw new Error(`Matching delimiter not found '${delimiter}'`);
    read[name] = lines.splice(0, end).join('\n');
    lines.shift();
  }
  return read;
}

describe('the file of a GitHub job', () => {
  it.each(HOSTILE)('gives the next step a value with %s as it is', (_, value) => {
    const variables = { BEFORE: 'b', VALUE: value, AFTER: 'a' };
    expect(asRunner(`${githubEnvironment(variables, 'word')}\n`)).toEqual(variables);
  });

  it('lets no value out that guesses at delimiters', () => {
    const variables = { VALUE: 'EOF\nNODE_OPTIONS<<EOF\n--require=/tmp/pwned\nEOF', OTHER: 'word2\nword ' };
    expect(asRunner(githubEnvironment(variables, 'word'))).toEqual(variables);
  });
});

describe('masks', () => {
  it('stand on a line each, with what the runner decodes', () => {
    expect(githubMasks({ A: 'hush', EMPTY: '', B: '50%\r\nnext' })).toBe(
      '::add-mask::hush\n::add-mask::50%25%0D%0Anext',
    );
  });
});
