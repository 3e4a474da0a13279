import type { ConfiguredResource } from '../domain/separation/evidence.js';

/** The Terraform configuration as it is written. */
export interface Configuration {
  /**
   * Where each resource is written and what decides how many there are, by address without instance keys, like
   * `module.queues.aws_sqs_queue.this`. Never fails: a module that could not be read whole (a remote one, one with a
   * file that does not parse) stands for what it may hold, by its own address; the root's is the empty text.
   */
  resources(): Promise<ReadonlyMap<string, ConfiguredResource>>;
}
