/** The project's own files on this machine. */
export interface Workspace {
  /** Names of the files in a directory; empty when it does not exist. */
  fileNames(directory: string): Promise<readonly string[]>;
  /** Free bytes on the file system that holds mhtctl's private directory. */
  freeBytes(): Promise<number>;
  /** mhtctl's default environment, or null. */
  currentEnvironment(): Promise<string | null>;
  setCurrentEnvironment(name: string): Promise<void>;
  /**
   * Writes a file that only its owner can read, with its directories, whole or not at all. Fails (exit 5) with
   * `FileDenied`, or `DiskFull`.
   */
  writePrivate(file: string, content: string | Uint8Array): Promise<void>;
  /**
   * Copies a file so that only its owner can read the copy. Fails (exit 2) with `FileMissing` when it cannot be read,
   * and with `DirectoryMissing` when there is no directory for the copy: a path somebody gives is not made up.
   */
  copyPrivate(from: string, to: string): Promise<void>;
  /**
   * Writes a file that somebody asked for by its path, whole or not at all. Fails (exit 2) with `DirectoryMissing`, and
   * (exit 5) with `FileDenied` or `DiskFull`.
   */
  writeResult(file: string, content: string): Promise<void>;
  /**
   * Writes a file of the project anew, whole or not at all; who may read it and where a link leads stay as they are.
   * Fails (exit 2) with `FileMissing`, and (exit 5) with `FileDenied` or `DiskFull`.
   */
  rewrite(file: string, content: string): Promise<void>;
  /** As {@link writeResult}, so that only its owner can read it. */
  writePrivateResult(file: string, content: string | Uint8Array): Promise<void>;
  /** Adds to a file that others write to as well. Fails as {@link writeResult} does. */
  appendTo(file: string, content: string): Promise<void>;
  /** The text of a file that somebody named. Fails (exit 2) with `FileMissing`. */
  readGiven(file: string): Promise<string>;
  /** The text of a file, or null when it is not there. Fails (exit 5) with `FileDenied` when it cannot be read. */
  readIfThere(file: string): Promise<string | null>;
  /** Makes a private directory and returns its path. Fails (exit 5) with `FileDenied`. */
  makeDirectory(directory: string): Promise<string>;
  /**
   * Removes the files of a directory that were last written before that moment. Saved plans hold secrets in the clear,
   * and a Terraform whose mhtctl was killed finishes writing its plan all the same: nobody else would remove it.
   */
  removeOlder(directory: string, before: Date): Promise<void>;
  /** Removes a file if it is there. */
  remove(file: string): Promise<void>;
}
