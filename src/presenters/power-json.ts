import type { InstanceState, PoweredInstance } from '../domain/off-hours/instances.js';

/** An instance, before and after. */
export interface PoweredInstanceJson {
  readonly id: string;
  readonly name: string;
  readonly address: string;
  readonly before: InstanceState;
  readonly after: InstanceState;
}

/** The public form of instances that were brought somewhere. */
export function poweredJson(instances: readonly PoweredInstance[]): readonly PoweredInstanceJson[] {
  return instances.map(({ id, name, address, before, state }) => ({ id, name, address, before, after: state }));
}
