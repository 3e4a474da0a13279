import type { Commit } from '../domain/commit.js';

/** The git work tree of the project. */
export interface Repository {
  /** The commit and what differs from it; null outside a work tree or without git. */
  describe(): Promise<Commit | null>;
  /**
   * Checks a commit out into a work tree of its own, in a directory that is made for it; the project's own work tree is
   * not touched. Returns where the project's root is in there. Fails (exit 5) with `CommitMissing` where git has no
   * such commit.
   */
  checkOut(commit: string, directory: string): Promise<string>;
  /** Removes such a work tree, whatever is in it; nothing when it is not there. */
  removeCheckOut(directory: string): Promise<void>;
}
