import { mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Errors } from '@oclif/core';
import { MhtctlError } from '../../src/domain/errors.js';
import { normaliseError } from '../../src/normalise-error.js';

const systemError = (code: string, parts: object = { path: '/x/file' }) =>
  Object.assign(new Error(`${code}: what Node.js says, open '/x/file'`), {
    code,
    errno: -1,
    syscall: 'open',
    ...parts,
  });

const thrownBy = (call: () => unknown): unknown => {
  try {
    call();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
};

describe('whatever was thrown', () => {
  it('is left as it is when mhtctl understood it', () => {
    const failure = new MhtctlError({ code: 'X', outcome: 'locked', message: 'm' });
    expect(normaliseError(failure)).toBe(failure);
  });

  it('is a usage error when oclif threw it', () => {
    expect(normaliseError(new Errors.CLIError('Nonexistent flag: --x\nSee more help with --help'))).toMatchObject({
      code: 'Usage',
      exitCode: 2,
      message: 'Nonexistent flag: --x',
    });
  });

  it.each([
    ['ENOSPC', 'DiskFull', 'df -h /x/file'],
    ['EDQUOT', 'DiskFull', 'df -h /x/file'],
    ['EACCES', 'FileDenied', 'ls -ld /x/file'],
    ['EPERM', 'FileDenied', 'ls -ld /x/file'],
    ['EROFS', 'FileDenied', 'ls -ld /x/file'],
    ['EISDIR', 'FileFailed', 'ls -ld /x/file'],
    ['ENOENT', 'FileFailed', 'ls -ld /x/file'],
    ['EMFILE', 'FileFailed', 'ls -ld /x/file'],
    ['ENOTDIR', 'FileFailed', 'ls -ld /x/file'],
    ['EIO', 'FileFailed', 'ls -ld /x/file'],
  ])('is no bug when the system failed with %s', (code, name, step) => {
    const error = systemError(code);
    const failure = normaliseError(error);
    expect(failure).toMatchObject({ code: name, exitCode: 5, message: error.message, nextSteps: [step] });
    expect(failure.cause).toBe(error);
  });

  it('is known as Node.js really throws it, both files named and quoted', () => {
    const directory = mkdtempSync(join(tmpdir(), 'a b-'));
    try {
      expect(normaliseError(thrownBy(() => readFileSync(directory)))).toMatchObject({
        code: 'FileFailed',
        exitCode: 5,
      });
      const [from, to] = [join(directory, 'from'), join(directory, 'to')];
      expect(normaliseError(thrownBy(() => renameSync(from, to)))).toMatchObject({
        code: 'FileFailed',
        nextSteps: [`ls -ld '${from}' '${to}'`],
      });
    } finally {
      rmSync(directory, { recursive: true });
    }
  });

  it('names no file where there was none', () => {
    expect(normaliseError(systemError('ECONNRESET', {})).nextSteps).toEqual(['mhtctl doctor']);
  });

  it.each([
    ['a type error', new TypeError('x is not a function')],
    ['an error with a code of its own', Object.assign(new Error('x'), { code: 'ERR_INVALID_ARG_TYPE' })],
    ['a module that is missing', thrownBy(() => createRequire(import.meta.url)('./no-such-module.cjs'))],
    ['a text', 'x'],
    ['null', null],
    ['undefined', undefined],
  ])('is a bug when it is %s', (_, error) => {
    expect(normaliseError(error)).toMatchObject({ code: 'Bug', exitCode: 1 });
  });
});
