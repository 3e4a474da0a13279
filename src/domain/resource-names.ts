import type { Binding } from './environment.js';
import { judgeName, ownName } from './separation/own-name.js';
import type { StateInstance } from './state.js';

/**
 * Whether a name says whose the resource is: `named` carries the environment's name, `unnamed` does not, `other` carries
 * another environment's, and `nameless` resources have no name that is ours to choose.
 */
export type Naming = 'named' | 'unnamed' | 'other' | 'nameless';

/** A resource of a state by what it is called. */
export interface ResourceName {
  readonly address: string;
  readonly type: string;
  /** Its physical name; null where it has none of ours. */
  readonly name: string | null;
  /** Terraform's id of it; null where the state has none. */
  readonly id: string | null;
  readonly naming: Naming;
  /** The other environment that the name carries; null where it carries none. */
  readonly other: string | null;
}

/** Every resource of an environment's state by its name, in the state's order. */
export function resourceNames(
  instances: readonly StateInstance[],
  environment: string,
  bindings: readonly Binding[],
): readonly ResourceName[] {
  return instances.map((instance) => {
    const { address, type, attributes } = instance;
    const name = ownName(instance) ?? null;
    const fault = name === null ? undefined : judgeName(name, environment, bindings);
    const naming =
      name === null ? 'nameless' : fault === undefined ? 'named' : fault.other === null ? 'unnamed' : 'other';
    const id = typeof attributes['id'] === 'string' ? attributes['id'] : null;
    return { address, type, name, id, naming, other: fault?.other ?? null };
  });
}

/** Whether a name breaks the rule that every name carries its own environment's and no other's. */
export function isMisnamed({ naming }: Pick<ResourceName, 'naming'>): boolean {
  return naming === 'unnamed' || naming === 'other';
}
