import { execFileSync } from 'node:child_process';
import { expect, it } from '@jest/globals';
import { shellWord } from '../../../src/domain/shell-word.js';

it.each(['plain-1.2/x:y@z', '', 'two words', "it's", '$(id) `id` "x" \\', 'a\nb', '*', '~', '-n'])(
  'a shell reads %j as that one word',
  (text) => {
    expect(execFileSync('sh', ['-c', `printf '%s|' ${shellWord(text)}`], { encoding: 'utf8' })).toBe(`${text}|`);
  },
);

it('a word without anything special stays as it is', () => {
  expect(shellWord('arn:aws:sqs:us-east-1:1:a.fifo')).toBe('arn:aws:sqs:us-east-1:1:a.fifo');
});
