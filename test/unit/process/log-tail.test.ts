import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { LogTail } from '../../../src/adapters/process/log-tail.js';

describe('the tail of a log', () => {
  let directory: string;
  let file: FileHandle;

  const linesOf = async (text: string, chunkBytes: number, offset = 0): Promise<string[]> => {
    const path = join(directory, 'log');
    writeFileSync(path, text);
    file = await open(path, 'r');
    const lines: string[] = [];
    await new LogTail(file, offset, (line) => lines.push(line), chunkBytes).finish();
    return lines;
  };

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'tail-'));
  });

  afterEach(async () => {
    await file.close();
    rmSync(directory, { recursive: true, force: true });
  });

  it.each([1, 2, 3, 5, 64])('is the same whatever the size of a read: %i bytes', async (chunkBytes) => {
    expect(await linesOf('é\r\n日本\n\n🚀 tail', chunkBytes)).toEqual(['é', '日本', '', '🚀 tail']);
  });

  it('begins where it is told to', async () => {
    expect(await linesOf('old\nnew\n', 64, 4)).toEqual(['new']);
  });

  it('shows a broken character as such instead of losing the line', async () => {
    const path = join(directory, 'log');
    writeFileSync(path, Buffer.from([0x61, 0xc3]));
    file = await open(path, 'r');
    const lines: string[] = [];
    await new LogTail(file, 0, (line) => lines.push(line)).finish();
    expect(lines).toEqual(['a\uFFFD']);
  });
});
