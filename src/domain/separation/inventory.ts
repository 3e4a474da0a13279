import { canonicalId } from './identifiers.js';

/** A resource as the tagging API lists it, with the tags that say whose it is. */
export interface TaggedResource {
  readonly arn: string;
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * What the tagging API lists, each resource once, by its canonical identifier. There may be hundreds of thousands, so this
 * one map is kept from the first page to the judgement.
 */
export type Inventory = ReadonlyMap<string, TaggedResource>;

/** The inventory of what is listed, in its order. */
export function inventoryOf(listed: Iterable<TaggedResource>): Inventory {
  const inventory = new Map<string, TaggedResource>();
  for (const resource of listed) addListed(inventory, resource);
  return inventory;
}

/** Adds a resource, unless it is there: very many are listed by several queries. A whole goes before its parts. */
export function addListed(inventory: Map<string, TaggedResource>, resource: TaggedResource): void {
  const id = canonicalId(resource.arn);
  const known = inventory.get(id);
  if (known === undefined || (known.arn !== id && resource.arn === id)) inventory.set(id, resource);
}
