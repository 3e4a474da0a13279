import type { Binding } from '../../domain/environment.js';
import type { TaggedResource, TagInventory } from '../../ports/tag-inventory.js';
import { awsFailure } from './aws-failure.js';
import { clientConfiguration } from './client-configuration.js';

/** The inventory by the Resource Groups Tagging API. */
export class TaggingInventory implements TagInventory {
  async taggedWithEnvironment(binding: Binding): Promise<readonly TaggedResource[]> {
    const { ResourceGroupsTaggingAPIClient, paginateGetResources } = await import('./sdk/resource-groups-tagging.js');
    const client = new ResourceGroupsTaggingAPIClient(await clientConfiguration(binding));
    const TagFilters = [{ Key: 'Environment', Values: [binding.name] }];
    const found: TaggedResource[] = [];
    try {
      for await (const page of paginateGetResources({ client }, { TagFilters, ResourcesPerPage: 100 })) {
        for (const { ResourceARN, Tags } of page.ResourceTagMappingList ?? []) {
          if (ResourceARN === undefined) continue;
          const tags = Object.fromEntries((Tags ?? []).map(({ Key, Value }) => [Key ?? '', Value ?? '']));
          found.push({ arn: ResourceARN, tags });
        }
      }
      return found;
    } catch (error) {
      throw awsFailure(error, 'tag:GetResources', `Environment=${binding.name}`);
    } finally {
      client.destroy();
    }
  }
}
