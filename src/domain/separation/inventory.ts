/** Tags by their keys. */
export type Tags = Readonly<Record<string, string>>;

/** A resource as the tagging API lists it, with the tags that say whose it is. */
export interface TaggedResource {
  readonly arn: string;
  readonly tags: Tags;
}

/**
 * What the tagging API lists, each resource once: tags by ARN. There may be hundreds of thousands, so this one map is kept
 * from the first page to the judgement, and nothing else of each.
 */
export type Inventory = ReadonlyMap<string, Tags>;

/** The inventory of what is listed, in its order. What is listed twice is as it was listed first. */
export function inventoryOf(listed: Iterable<TaggedResource>): Inventory {
  const inventory = new Map<string, Tags>();
  for (const { arn, tags } of listed) if (!inventory.has(arn)) inventory.set(arn, tags);
  return inventory;
}
