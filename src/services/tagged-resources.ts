import type { Binding } from '../domain/environment.js';
import type { Ports } from '../ports/index.js';
import type { TaggedResource } from '../ports/tag-inventory.js';

/** Every resource that carries the environment's tag. */
export function taggedResources(
  { inventory }: Pick<Ports, 'inventory'>,
  binding: Binding,
): Promise<readonly TaggedResource[]> {
  return inventory.taggedWithEnvironment(binding);
}
