import { canonicalJson } from './plan.js';
import type { State, StateInstance } from './state.js';

/** A resource that a state knows. */
export interface KnownResource {
  readonly address: string;
  /** Terraform's id of it; null where the state has none. */
  readonly id: string | null;
}

/** What another state would know otherwise. Nothing of it changes what there is in AWS. */
export interface StateChanges {
  /** What it knows and the present one does not. */
  readonly gained: readonly KnownResource[];
  /** What the present one knows and it does not: these would be nobody's, and go on costing. */
  readonly lost: readonly KnownResource[];
  /** What is something else in AWS by the same address. */
  readonly repointed: readonly { readonly address: string; readonly from: string | null; readonly to: string | null }[];
  /** Addresses of what is the same, known with other values. */
  readonly altered: readonly string[];
  /** Names of outputs that differ. */
  readonly outputs: readonly string[];
}

/** What changes when one state takes the place of another; of none, everything is gained. */
export function stateChanges(from: State | null, to: State): StateChanges {
  const before = byAddress(from);
  const after = byAddress(to);
  const both = [...after.values()].flatMap((instance) => {
    const earlier = before.get(instance.address);
    return earlier === undefined ? [] : [[earlier, instance] as const];
  });
  const outputs = new Set([...Object.keys(from?.outputs ?? {}), ...Object.keys(to.outputs)]);
  return {
    gained: [...after.values()].filter(({ address }) => !before.has(address)).map(known),
    lost: [...before.values()].filter(({ address }) => !after.has(address)).map(known),
    repointed: both
      .filter(([earlier, later]) => idOf(earlier) !== idOf(later))
      .map(([earlier, later]) => ({ address: later.address, from: idOf(earlier), to: idOf(later) })),
    altered: both
      .filter(([earlier, later]) => idOf(earlier) === idOf(later) && !sameValues(earlier, later))
      .map(([{ address }]) => address),
    outputs: [...outputs].filter((name) => !sameOutput(from, to, name)).sort(),
  };
}

function byAddress(state: State | null): ReadonlyMap<string, StateInstance> {
  return new Map((state?.instances ?? []).map((instance) => [instance.address, instance]));
}

function known(instance: StateInstance): KnownResource {
  return { address: instance.address, id: idOf(instance) };
}

function idOf({ attributes: { id } }: StateInstance): string | null {
  return typeof id === 'string' ? id : null;
}

function sameValues({ attributes: one }: StateInstance, { attributes: other }: StateInstance): boolean {
  return canonicalJson(one) === canonicalJson(other);
}

function sameOutput(from: State | null, to: State, name: string): boolean {
  return canonicalJson(from?.outputs[name]?.value) === canonicalJson(to.outputs[name]?.value);
}
