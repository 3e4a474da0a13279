/** The state of the git work tree that an operation is carried out from. */
export interface Commit {
  /** Full hash. */
  readonly hash: string;
  readonly branch: string | undefined;
  /** Files that differ from the commit; empty when the work tree is clean. */
  readonly dirtyFiles: readonly string[];
}
