import type { GetResourcesInput } from '@aws-sdk/client-resource-groups-tagging-api';
import type { TagQuery } from '../../ports/tag-inventory.js';

/**
 * The most that one call of GetResources takes.
 * Source: https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/API_GetResources.html
 */
const MOST = { resourcesPerPage: 100, valuesOfKey: 20, arns: 100 };

/** One list that GetResources answers, in pages. */
export interface TagListing {
  /** As in a failure's message. */
  readonly subject: string;
  readonly input: GetResourcesInput;
  /** Whether a resource of the answer was asked for. */
  readonly wanted: (arn: string) => boolean;
}

/**
 * The lists that together answer a query. ARNs go with neither a filter nor the size of a page; of the values of a
 * filter, any will do.
 * Source: https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/API_GetResources.html
 */
export function* tagListings(query: TagQuery): Iterable<TagListing> {
  if ('arns' in query) {
    for (const arns of portions(query.arns, MOST.arns)) {
      // The emulator answers with everything it has.
      const asked = new Set(arns);
      yield {
        subject: arns.length === 1 ? `${arns[0]}` : `${arns[0]} and ${arns.length - 1} more`,
        input: { ResourceARNList: arns },
        wanted: (arn) => asked.has(arn),
      };
    }
    return;
  }
  for (const values of portions(query.values, MOST.valuesOfKey)) {
    yield {
      subject: `${query.tag}=${values.join(',')}`,
      input: { TagFilters: [{ Key: query.tag, Values: values }], ResourcesPerPage: MOST.resourcesPerPage },
      wanted: () => true,
    };
  }
}

function* portions<T>(all: readonly T[], size: number): Iterable<T[]> {
  for (let start = 0; start < all.length; start += size) yield all.slice(start, start + size);
}
