/** A program mhtctl depends on, as found. */
export interface Tool {
  /** Absolute path of the executable. */
  readonly path: string;
  /** Its version, like `1.11.4`. */
  readonly version: string;
  /** Where it comes from: the user's PATH, or mhtctl's own cache. */
  readonly source: 'path' | 'cache';
}

/** Finds, and where missing installs, the programs mhtctl needs. */
export interface Toolchain {
  /** Terraform as {@link terraform} would take it; null where it would have to be installed. Installs nothing. */
  findTerraform(): Promise<Tool | null>;
  /**
   * Terraform: the one on PATH when its version is in range, else the project's cached one, else it is downloaded
   * from its publisher (checksum and signature verified), after saying so by `announce`.
   * Fails (exit 5) when it can be had in no way, saying what to install.
   */
  terraform(announce: (message: string) => void): Promise<Tool>;
  /**
   * Environment variables that point Terraform at a CLI configuration of the project's own naming a provider mirror
   * found on this machine; empty when the user has a configuration of his own, or no mirror beyond Terraform's implied ones is found.
   */
  cliConfiguration(): Promise<Readonly<Record<string, string>>>;
}
