import type { Binding } from '../domain/environment.js';

/** A resource as the tagging API lists it. */
export interface TaggedResource {
  readonly arn: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** What the Resource Groups Tagging API lists. It never lists untagged resources, nor IAM users and roles. */
export interface TagInventory {
  /** All resources whose tag `Environment` is the environment's name, over all pages. */
  taggedWithEnvironment(binding: Binding): Promise<readonly TaggedResource[]>;
}
