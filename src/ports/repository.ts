import type { Commit } from '../domain/commit.js';

/** The git work tree of the project. */
export interface Repository {
  /** The commit and what differs from it; null outside a work tree or without git. */
  describe(): Promise<Commit | null>;
}
