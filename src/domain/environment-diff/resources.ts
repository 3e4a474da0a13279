import { declarationOf } from '../resource-address.js';
import type { State, StateInstance } from '../state.js';
import { type ComparedAttribute, compareAttributes } from './attributes.js';
import { type EnvironmentNames, withoutName } from './setting.js';

/** How many resources of a type each environment has. */
export interface TypeCount {
  readonly type: string;
  readonly own: number;
  readonly other: number;
}

/** Instances under one address of the configuration that are not in both environments. */
export interface UnpairedInstances {
  /** Without the instances' keys. */
  readonly address: string;
  /** Whole addresses of the instances that each has, those in both included. */
  readonly own: readonly string[];
  readonly other: readonly string[];
}

/** A resource of both environments whose attributes differ in kind. */
export interface DifferentResource {
  readonly address: string;
  /** Its address in the other environment, where the key is another one. */
  readonly otherAddress: string;
  readonly attributes: readonly ComparedAttribute[];
}

/** The resources of two environments side by side. */
export interface ComparedResources {
  /** How many each state has; null where there is no state. */
  readonly own: number | null;
  readonly other: number | null;
  /** How many are in both. */
  readonly both: number;
  /** Every type, sorted. */
  readonly types: readonly TypeCount[];
  readonly unpaired: readonly UnpairedInstances[];
  readonly different: readonly DifferentResource[];
}

/** Lays two states side by side; null is the state of an environment that was never deployed. */
export function compareResources(own: State | null, other: State | null, names: EnvironmentNames): ComparedResources {
  const [ones, twos] = [byDeclaration(own), byDeclaration(other)];
  const unpaired: UnpairedInstances[] = [];
  const different: DifferentResource[] = [];
  let both = 0;
  for (const address of [...new Set([...ones.keys(), ...twos.keys()])].sort()) {
    const [one, two] = [ones.get(address) ?? [], twos.get(address) ?? []];
    const pairs = pairsOf(one, two, names);
    both += pairs.length;
    if (pairs.length < Math.max(one.length, two.length)) {
      unpaired.push({ address, own: one.map((each) => each.address), other: two.map((each) => each.address) });
    }
    for (const [mine, theirs] of pairs) {
      const attributes = compareAttributes(mine, theirs, names);
      if (attributes.length === 0) continue;
      different.push({ address: mine.address, otherAddress: theirs.address, attributes });
    }
  }
  return {
    own: own?.instances.length ?? null,
    other: other?.instances.length ?? null,
    both,
    types: typeCounts(own, other),
    unpaired,
    different,
  };
}

/**
 * Instances of the same key, but for the environments' names in it; and where one alone is left on either side, these
 * two: keys are often names.
 */
function pairsOf(
  own: readonly StateInstance[],
  other: readonly StateInstance[],
  [ownName, otherName]: EnvironmentNames,
): readonly (readonly [StateInstance, StateInstance])[] {
  const theirs = new Map(other.map((instance) => [withoutName(instance.address, otherName), instance]));
  const pairs: (readonly [StateInstance, StateInstance])[] = [];
  const left: StateInstance[] = [];
  for (const instance of own) {
    const key = withoutName(instance.address, ownName);
    const counterpart = theirs.get(key);
    if (counterpart === undefined) left.push(instance);
    else pairs.push([instance, counterpart]);
    theirs.delete(key);
  }
  const [mine, ...more] = left;
  const [theirOwn, ...others] = theirs.values();
  const lone = mine !== undefined && theirOwn !== undefined && more.length === 0 && others.length === 0;
  return lone ? [...pairs, [mine, theirOwn]] : pairs;
}

function byDeclaration(state: State | null): ReadonlyMap<string, readonly StateInstance[]> {
  const groups = new Map<string, StateInstance[]>();
  for (const instance of state?.instances ?? []) {
    const address = declarationOf(instance.address);
    const group = groups.get(address);
    if (group === undefined) groups.set(address, [instance]);
    else group.push(instance);
  }
  return groups;
}

function typeCounts(own: State | null, other: State | null): readonly TypeCount[] {
  const [ones, twos] = [countsOf(own), countsOf(other)];
  return [...new Set([...ones.keys(), ...twos.keys()])]
    .sort()
    .map((type) => ({ type, own: ones.get(type) ?? 0, other: twos.get(type) ?? 0 }));
}

function countsOf(state: State | null): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { type } of state?.instances ?? []) counts.set(type, (counts.get(type) ?? 0) + 1);
  return counts;
}
