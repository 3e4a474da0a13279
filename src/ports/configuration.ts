import type { DeclaredVariable } from '../domain/environment-diff/variables.js';
import type { ConfiguredResource } from '../domain/separation/evidence.js';

/** The Terraform configuration as it is written. */
export interface Configuration {
  /**
   * Where each resource is written and what decides how many there are, by address without instance keys, like
   * `module.queues.aws_sqs_queue.this`. Never fails: a module that could not be read whole (a remote one, one with a
   * file that does not parse) stands for what it may hold, by its own address; the root's is the empty text.
   */
  resources(): Promise<ReadonlyMap<string, ConfiguredResource>>;
  /**
   * The input variables of the root module, by name, in the order in which they are written. Fails (exit 2) on a file
   * that does not parse, with its line.
   */
  variables(): Promise<readonly DeclaredVariable[]>;
}
