import type { Json } from '../plan.js';
import type { State, StateInstance } from '../state.js';

/** The resource instances of a type. */
export function instancesOf(state: State, type: string): readonly StateInstance[] {
  return state.instances.filter((instance) => instance.type === type);
}

/** An attribute that is a text; empty when it is anything else. */
export function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}
