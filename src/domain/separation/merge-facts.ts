import { type Facts, NO_FACTS } from './facts.js';

/** Facts from several sources as one. */
export function mergeFacts(all: readonly Facts[]): Facts {
  if (all.length === 0) return NO_FACTS;
  return {
    resources: all.flatMap(({ resources }) => resources),
    relations: all.flatMap(({ relations }) => relations),
    policies: all.flatMap(({ policies }) => policies),
    listedTypes: all.flatMap(({ listedTypes }) => listedTypes),
  };
}
