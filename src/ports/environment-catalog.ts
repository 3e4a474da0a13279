import type { Backend, Binding } from '../domain/environment.js';

/** The environments of the project. An environment exists when both of its files exist. */
export interface EnvironmentCatalog {
  /** Names of all environments, sorted. Fails (exit 2) on half a pair of files. */
  names(): Promise<readonly string[]>;
  /**
   * The binding of one environment.
   * Fails (exit 2) on an unknown name, naming the known ones and the nearest match, on a file that does not parse,
   * with its line, on values that contradict the pair, and when another environment shares its backend.
   */
  bind(name: string): Promise<Binding>;
  /** The bindings of all environments, by name. Fails as {@link bind} does. */
  bindAll(): Promise<readonly Binding[]>;
  /**
   * The bindings of the environments named, or of all, also where two share a backend: for who compares them, and
   * deploys none. Fails as {@link bind} does otherwise.
   */
  bindForComparison(wanted: readonly string[]): Promise<readonly Binding[]>;
  /** The backend that a file describes which is no environment's. Fails (exit 2) as {@link bind} does. */
  readBackend(file: string): Promise<Backend>;
  /**
   * The environment as an earlier commit has it: configuration and values are those of the checkout, everything else
   * (backend, policy, private directory) is what it is now. Writes the values into the checkout, where Terraform reads
   * them. Fails (exit 2) as {@link bind} does on values that contradict the environment.
   * @param root the project's root in the checkout
   * @param values the text of the tfvars file
   */
  bindCheckout(binding: Binding, root: string, values: string): Promise<Binding>;
}
