import type { Binding } from '../domain/environment.js';
import type { TaggedResource } from '../domain/separation/inventory.js';
import type { Ports } from '../ports/index.js';

/** Every resource that carries the environment's tag, each once. */
export async function taggedResources(
  { inventory }: Pick<Ports, 'inventory'>,
  { name, region, roleArn }: Binding,
  accountId: string,
): Promise<readonly TaggedResource[]> {
  const found = new Map<string, TaggedResource>();
  for await (const page of inventory.pages({ accountId, region, roleArn }, { tag: 'Environment', values: [name] })) {
    for (const resource of page) if (!found.has(resource.arn)) found.set(resource.arn, resource);
  }
  return [...found.values()];
}
