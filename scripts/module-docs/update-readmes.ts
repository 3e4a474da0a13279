import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MhtctlError } from '../../src/domain/errors.js';
import { BEGIN, END, withGeneratedSection } from './generated-section.js';
import { readModule } from './read-module.js';
import { renderInterface } from './render.js';

/** What to bring up to date, and how. */
export interface UpdateReadmes {
  /** Directory whose subdirectories are the modules. */
  readonly modulesDir: string;
  /** How messages call that directory. */
  readonly shown: string;
  /** Only find what is stale; write nothing. */
  readonly check: boolean;
}

/** Writes the generated section of every module's README. Returns the READMEs that differed. */
export async function updateReadmes({ modulesDir, shown, check }: UpdateReadmes): Promise<readonly string[]> {
  const entries = await readdir(modulesDir, { withFileTypes: true });
  const modules = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const stale: string[] = [];
  for (const name of modules.sort()) {
    stale.push(...(await updateReadme({ directory: join(modulesDir, name), shown: `${shown}/${name}`, check })));
  }
  return stale;
}

/** Writes the generated section of one configuration's README. Returns it when it differed. */
export async function updateReadme(options: {
  readonly directory: string;
  /** How messages call that directory. */
  readonly shown: string;
  readonly check: boolean;
}): Promise<readonly string[]> {
  const { directory, shown, check } = options;
  const readme = `${shown}/README.md`;
  const path = join(directory, 'README.md');
  const current = await readReadme(path, readme);
  const wanted = withGeneratedSection(current, renderInterface(await readModule(directory, shown)));
  if (wanted === undefined) throw unusable(readme, 'has not the two markers, once each and in order');
  if (wanted === current) return [];
  if (!check) await writeFile(path, wanted);
  return [readme];
}

async function readReadme(path: string, shown: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw unusable(shown, 'is missing');
    throw error;
  }
}

function unusable(readme: string, problem: string): MhtctlError {
  return new MhtctlError({
    code: 'ModuleReadme',
    outcome: 'usage',
    message: `${readme} ${problem}`,
    nextSteps: [`write these lines into ${readme}: ${BEGIN} and ${END}`],
  });
}
