import type { Binding } from '../environment.js';
import { MhtctlError } from '../errors.js';
import type { State } from '../state.js';

/**
 * What EC2 says an instance does.
 * Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_InstanceState.html
 */
export type InstanceState = 'pending' | 'running' | 'shutting-down' | 'terminated' | 'stopping' | 'stopped';

/** Where instances are brought. */
export type Power = Extract<InstanceState, 'running' | 'stopped'>;

/** An instance as EC2 shows it. */
export interface LiveInstance {
  readonly id: string;
  readonly state: InstanceState;
  /** Why it is in that state, where EC2 says so. */
  readonly reason: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

/** An instance of an environment: in its state, and in EC2 with its tag. */
export interface OwnInstance {
  readonly id: string;
  /** Its `Name` tag; the address where it has none. */
  readonly name: string;
  readonly address: string;
  readonly state: InstanceState;
}

/** An instance that was brought somewhere. */
export interface PoweredInstance extends OwnInstance {
  /** Where it was. {@link OwnInstance.state} is where it is now. */
  readonly before: InstanceState;
}

/** An instance by what a state says of it. */
export type ManagedInstance = Omit<OwnInstance, 'state'>;

/** The instances that a state manages. */
export function managedInstances(state: State | null): readonly ManagedInstance[] {
  return (state?.instances ?? []).flatMap(({ type, address, attributes }) => {
    const { id, tags } = attributes;
    if (type !== 'aws_instance' || typeof id !== 'string' || id === '') return [];
    const name = tags !== null && typeof tags === 'object' && !Array.isArray(tags) ? (tags as Tags)['Name'] : undefined;
    return [{ id, address, name: typeof name === 'string' ? name : address }];
  });
}

type Tags = { readonly [name: string]: unknown };

/**
 * The environment's instances with what EC2 says of each. Only what is in its state and carries its tag is its own.
 * Fails (exit 3) with `ForeignInstance` where the tag says otherwise, and with `InstanceGone` where EC2 has it no more.
 */
export function ownInstances(
  { name: environment }: Pick<Binding, 'name'>,
  managed: readonly ManagedInstance[],
  live: readonly LiveInstance[],
): readonly OwnInstance[] {
  const byId = new Map(live.map((instance) => [instance.id, instance]));
  return managed.map((instance) => {
    const { id, name } = instance;
    const found = byId.get(id);
    if (found === undefined || found.state === 'terminated' || found.state === 'shutting-down')
      throw gone(environment, instance);
    const tag = found.tags['Environment'];
    if (tag !== environment) {
      throw new MhtctlError({
        code: 'ForeignInstance',
        outcome: 'refused',
        message: `${id} (${name}) is in the state of "${environment}", and ${tag === undefined ? 'has no tag Environment' : `its tag says Environment = ${JSON.stringify(tag)}`}; nothing was changed`,
        nextSteps: [`mhtctl verify-separation ${environment}`, `mhtctl plan ${environment}`],
      });
    }
    return { ...instance, state: found.state };
  });
}

function gone(environment: string, { id, name, address }: ManagedInstance): MhtctlError {
  return new MhtctlError({
    code: 'InstanceGone',
    outcome: 'refused',
    message: `${id} (${name}) is in the state of "${environment}" as ${address}, and EC2 has it no more; nothing was changed`,
    nextSteps: [`make it anew: mhtctl deploy ${environment}`],
  });
}

/** How many are in which state: `2 running, 1 stopped`. */
export function countedByState(instances: readonly OwnInstance[]): string {
  const counts = new Map<InstanceState, number>();
  for (const { state } of instances) counts.set(state, (counts.get(state) ?? 0) + 1);
  return [...counts].map(([state, count]) => `${count} ${state}`).join(', ');
}
