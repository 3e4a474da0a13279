import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Commit } from '../../domain/commit.js';
import { MhtctlError } from '../../domain/errors.js';
import type { ProcessRunner } from '../../ports/process-runner.js';
import type { Repository } from '../../ports/repository.js';

/** The project's work tree by git's command line. */
export class GitRepository implements Repository {
  readonly #processes: ProcessRunner;
  readonly #root: string;

  constructor(processes: ProcessRunner, root: string) {
    this.#processes = processes;
    this.#root = root;
  }

  async describe(): Promise<Commit | null> {
    try {
      // Without the locks, nothing is written, and a commit that is being made beside us does not fail for us.
      const status = await this.#git('--no-optional-locks', 'status', '--porcelain=v2', '--branch', '-z');
      return status.exitCode === 0 ? commitOf(status.stdout) : null;
    } catch {
      // No git at all: the deployment is recorded without a commit, and pre-flight says so.
      return null;
    }
  }

  async checkOut(commit: string, directory: string): Promise<string> {
    await this.removeCheckOut(directory);
    const prefix = await this.#git('rev-parse', '--show-prefix');
    const { exitCode, stderr } = await this.#git('worktree', 'add', '--detach', '--force', directory, commit);
    if (exitCode === 0) return resolve(directory, prefix.stdout.trim());
    throw new MhtctlError({
      code: 'CommitMissing',
      outcome: 'toolFailed',
      message: `commit ${commit} cannot be checked out: ${stderr.trim().split('\n').at(-1)}`,
      nextSteps: ['get all commits: git fetch --all --tags', `see whether it is there: git cat-file -t ${commit}`],
    });
  }

  async removeCheckOut(directory: string): Promise<void> {
    await this.#git('worktree', 'remove', '--force', '--force', directory);
    await rm(directory, { recursive: true, force: true });
    await this.#git('worktree', 'prune');
  }

  #git(...args: readonly string[]) {
    return this.#processes.run('git', ['-C', this.#root, ...args]);
  }
}

/** How many fields, parted by spaces, stand before the path of an entry, by the entry's first. */
const FIELDS_BEFORE_PATH: Readonly<Record<string, number>> = { '1': 8, '2': 9, u: 10, '?': 1 };

/**
 * What `git status --porcelain=v2 --branch -z` says; null before the first commit.
 * Source: https://git-scm.com/docs/git-status#_porcelain_format_version_2
 */
function commitOf(status: string): Commit | null {
  const headers = new Map<string, string>();
  const dirtyFiles: string[] = [];
  const entries = status.split('\0').filter((entry) => entry !== '');
  for (let index = 0; index < entries.length; index += 1) {
    const [kind = '', ...fields] = (entries[index] ?? '').split(' ');
    if (kind === '#') headers.set(fields[0] ?? '', fields.slice(1).join(' '));
    else dirtyFiles.push(fields.slice((FIELDS_BEFORE_PATH[kind] ?? 1) - 1).join(' '));
    // A renamed file is followed by the name it had.
    if (kind === '2') index += 1;
  }
  const hash = headers.get('branch.oid');
  const branch = headers.get('branch.head');
  if (hash === undefined || hash === '(initial)') return null;
  return { hash, branch: branch === '(detached)' ? undefined : branch, dirtyFiles };
}
