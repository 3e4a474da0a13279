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
      const [head, branch, status] = await Promise.all([
        this.#git('rev-parse', '--verify', 'HEAD'),
        this.#git('symbolic-ref', '--quiet', '--short', 'HEAD'),
        this.#git('status', '--porcelain=v1', '-z'),
      ]);
      if (head.exitCode !== 0 || status.exitCode !== 0) return null;
      return {
        hash: head.stdout.trim(),
        branch: branch.exitCode === 0 ? branch.stdout.trim() : undefined,
        dirtyFiles: changedFiles(status.stdout),
      };
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

/** Files of `git status --porcelain=v1 -z`: a renamed one is followed by the name it had. */
function changedFiles(status: string): readonly string[] {
  const entries = status.split('\0').filter((entry) => entry !== '');
  const files: string[] = [];
  for (let index = 0; index < entries.length; index += 1) {
    const entry = entries[index] ?? '';
    files.push(entry.slice(3));
    if (/^.?[RC]/.test(entry)) index += 1;
  }
  return files;
}
