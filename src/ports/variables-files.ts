import type { Binding } from '../domain/environment.js';
import type { HclValue } from '../domain/hcl-value.js';

/** Edits the environments' tfvars files. What is not asked for stays as it is, comments and layout included. */
export interface VariablesFiles {
  /** Sets a variable; at the end of the file where it was not set. Whole or not at all. Returns whether that changed it. */
  set(binding: Binding, name: string, value: HclValue): Promise<boolean>;
  /** Takes a variable out with its lines. Whole or not at all. Returns whether that changed the file. */
  remove(binding: Binding, name: string): Promise<boolean>;
}
