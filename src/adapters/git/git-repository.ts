import type { Commit } from '../../domain/commit.js';
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
    const git = (...args: readonly string[]) => this.#processes.run('git', ['-C', this.#root, ...args]);
    try {
      const [head, branch, status] = await Promise.all([
        git('rev-parse', '--verify', 'HEAD'),
        git('symbolic-ref', '--quiet', '--short', 'HEAD'),
        git('status', '--porcelain=v1', '-z'),
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
