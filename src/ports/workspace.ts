/** The project's own files on this machine. */
export interface Workspace {
  /** Names of the files in a directory; empty when it does not exist. */
  fileNames(directory: string): Promise<readonly string[]>;
  /** Free bytes on the file system that holds mhtctl's private directory. */
  freeBytes(): Promise<number>;
  /** mhtctl's default environment, or null. */
  currentEnvironment(): Promise<string | null>;
  setCurrentEnvironment(name: string): Promise<void>;
  /** Writes a file that only its owner can read, with its directories, whole or not at all. */
  writePrivate(file: string, content: string | Uint8Array): Promise<void>;
  /** Copies a file so that only its owner can read the copy. Fails (exit 2, `FileMissing`) when it cannot be read. */
  copyPrivate(from: string, to: string): Promise<void>;
  /** Makes a private directory and returns its path. */
  makeDirectory(directory: string): Promise<string>;
  /** Removes a file if it is there. */
  remove(file: string): Promise<void>;
}
