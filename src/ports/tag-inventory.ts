import type { TaggedResource } from '../domain/separation/inventory.js';
import type { Vantage } from './aws-facts.js';

/** Which resources are asked for. */
export type TagQuery =
  | {
      /** Those with a tag of this key, letter for letter, */
      readonly tag: string;
      /** and any of these values. None for no values. */
      readonly values: readonly string[];
    }
  | {
      /** Those of these ARNs that the tagging API knows. What is no ARN fails the whole query. */
      readonly arns: readonly string[];
    };

/** What the Resource Groups Tagging API lists. It never lists untagged resources, nor IAM users and roles. */
export interface TagInventory {
  /**
   * The resources of a query, page by page as they come; each only with the tags that say whose it is (see
   * `domain/separation/telling-tags.ts`). A page may be empty.
   *
   * A resource may come twice: when AWS lets a page token expire, the query is begun anew, and what came before stands.
   * Who collects keeps the first of each ARN; several queries overlap anyhow.
   *
   * Ends only when AWS has said that there is nothing more. Fails with what AWS said otherwise, so what came until then
   * is never the whole.
   */
  pages(
    where: Pick<Vantage, 'accountId' | 'region' | 'roleArn'>,
    query: TagQuery,
  ): AsyncIterable<readonly TaggedResource[]>;
}
