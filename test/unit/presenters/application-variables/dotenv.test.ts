import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dotenvLines } from '../../../../src/presenters/application-variables/dotenv.js';
import { failureOf } from '../../../fakes/failure.js';
import { HOSTILE } from '../../../support/hostile-values.js';

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'dotenv-'));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** What a real Node.js has in its variables after it read the file. */
function inNode(lines: string): Readonly<Record<string, string>> {
  const file = join(directory, '.env');
  writeFileSync(file, `${lines}\n`);
  const script = 'process.stdout.write(JSON.stringify(process.env))';
  return JSON.parse(
    execFileSync(process.execPath, [`--env-file=${file}`, '-e', script], { encoding: 'utf8', env: {} }),
  );
}

describe('a dotenv file', () => {
  it.each(HOSTILE)('gives Node.js a value with %s as it is', (_, value) => {
    const read = inNode(dotenvLines({ BEFORE: 'b', VALUE: value, AFTER: 'a' }));
    expect(read).toEqual({ BEFORE: 'b', VALUE: value, AFTER: 'a' });
  });

  it('holds the usual values without quotes, as Docker wants them', () => {
    expect(dotenvLines({ A: 'https://sqs.us-east-1.amazonaws.com/1/q.fifo', B: 'mht-api-staging-table' })).toBe(
      'A=https://sqs.us-east-1.amazonaws.com/1/q.fifo\nB=mht-api-staging-table',
    );
  });

  it('holds quotes of all kinds where they can be spelled', () => {
    const value = 'x\'y"z`';
    expect(inNode(dotenvLines({ VALUE: value }))).toEqual({ VALUE: value });
  });

  it.each([
    ['a carriage return', 'a\r\nb'],
    ['quotes of all kinds over two lines', 'a\'b"c`\nd'],
    ['quotes of all kinds at the beginning', '\'"`'],
    ['quotes of all kinds and what begins a comment', 'a\'b"c` # d'],
  ])('is not written with %s, which the dialect cannot spell', async (_, value) => {
    const failure = await failureOf(() => dotenvLines({ FINE: 'x', VALUE: value }));
    expect(failure).toMatchObject({ code: 'NotInDotenv', exitCode: 2 });
    expect(failure.message).toContain('VALUE');
  });
});
