import type { Binding } from '../environment.js';
import type { SourceLocation } from '../hcl-value.js';
import type { Identity } from '../identity.js';
import type { StateObject } from '../state.js';
import type { Facts, Unread } from './facts.js';
import type { Inventory } from './inventory.js';

/** What is known of one environment. */
export interface EnvironmentEvidence {
  readonly binding: Binding;
  /** Who asked AWS; null where nobody was asked. */
  readonly identity: Identity | null;
  /** Its state; null when there is none, or when it could not be read (then it is among the unread). */
  readonly state: StateObject | null;
}

/** Where the configuration writes a resource, and what decides how many there are. */
export interface ConfiguredResource {
  readonly location: SourceLocation;
  /** Names of the root variables that `count` or `for_each` depend on, through locals and module inputs; sorted. */
  readonly countedBy: readonly string[];
}

/** Everything the rules judge. Nothing in it is ever changed. */
export interface Evidence {
  /** By name. */
  readonly environments: readonly EnvironmentEvidence[];
  /** What the tagging API lists: tagged with an environment, or with the project. */
  readonly inventory: Inventory;
  /** From the states and from AWS together. */
  readonly facts: Facts;
  /** From AWS alone. */
  readonly live: Facts;
  readonly unread: readonly Unread[];
  /**
   * By address without instance keys, like `module.queues.aws_sqs_queue.this`. A module that could not be read whole
   * stands for what it may hold, by its own address, like `module.vpc`; the root's is the empty text.
   */
  readonly configuration: ReadonlyMap<string, ConfiguredResource>;
}
