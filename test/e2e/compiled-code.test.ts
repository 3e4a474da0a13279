import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { CommandLine } from './support/command-line.js';
import { REPOSITORY, smallProject, type TemporaryProject } from './support/project.js';

let project: TemporaryProject;

beforeAll(async () => {
  project = await smallProject();
});
afterAll(() => project.dispose());

/** Code that Node does not take is compiled anew, which nobody sees, and which takes as long as all else of a start. */
it('is taken by Node of every file that a command loads, at once or when it first needs it', async () => {
  const told = join(project.root, 'compiled.json');
  const tell = pathToFileURL(join(REPOSITORY, 'test/e2e/support/tell-compiled.mjs')).href;
  const mhtctl = new CommandLine(project);
  const run = await mhtctl.run(['local', 'status'], { NODE_OPTIONS: `--import=${tell}`, MHTCTL_TELL_COMPILED: told });
  expect(run).toMatchObject({ exitCode: 0 });
  const files = JSON.parse(await readFile(told, 'utf8')) as readonly { file: string; taken: boolean }[];
  expect(files.map(({ file }) => file)).toEqual(
    expect.arrayContaining(['main.js', 'commands/local/status.js'].map((file) => join(REPOSITORY, 'dist', file))),
  );
  expect(files.filter(({ taken }) => !taken)).toEqual([]);
});
