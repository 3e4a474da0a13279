import type { GetResourcesInput, GetResourcesOutput } from '@aws-sdk/client-resource-groups-tagging-api';
import type { TaggedResource } from '../../domain/separation/inventory.js';
import type { Vantage } from '../../ports/aws-facts.js';
import type { Clock } from '../../ports/clock.js';
import type { TagInventory, TagQuery } from '../../ports/tag-inventory.js';
import { awsFailure, isAwsError } from './aws-failure.js';
import { CallPacer } from './call-pacer.js';
import type { ClientConfiguration, ClientConfigurations } from './client-configuration.js';
import { PageTokens } from './page-tokens.js';
import { type TagListing, tagListings } from './tag-listings.js';
import { TagSets } from './tag-sets.js';

/**
 * As many as AWS takes of GetResources; since the pacer counts from the answers, it stays below by the time they take.
 * Source: https://docs.aws.amazon.com/tag-editor/latest/userguide/reference.html
 */
const CALLS_PER_SECOND = 15;

/** How often a query is begun anew because its page token expired; a token lives for 15 minutes. */
const FRESH_STARTS = 2;

/** How often a throttled call is put to the SDK, which each time tries it four times, ever more slowly. */
const CALLS_WHEN_THROTTLED = 5;

/** Makes one call, at its time. */
type Call = (input: GetResourcesInput) => Promise<GetResourcesOutput>;

/** The inventory by the Resource Groups Tagging API: all queries together under the service's rate. */
export class TaggingInventory implements TagInventory {
  readonly #configurations: ClientConfigurations;
  readonly #clock: Clock;
  readonly #sets = new TagSets();
  readonly #pacers = new Map<string, CallPacer>();
  readonly #calls = new Map<string, Promise<Call>>();

  constructor(configurations: ClientConfigurations, clock: Clock) {
    this.#configurations = configurations;
    this.#clock = clock;
  }

  async *pages(
    where: Pick<Vantage, 'accountId' | 'region' | 'roleArn'>,
    query: TagQuery,
  ): AsyncIterable<readonly TaggedResource[]> {
    const call = await this.#call(where);
    for (const listing of tagListings(query)) yield* this.#whole(call, listing, where.region);
  }

  /** A listing from its beginning to its end, begun anew when AWS loses the place. */
  async *#whole(call: Call, listing: TagListing, region: string): AsyncIterable<readonly TaggedResource[]> {
    for (let freshStarts = FRESH_STARTS; ; freshStarts -= 1) {
      try {
        yield* this.#once(call, listing);
        return;
      } catch (error) {
        if (isAwsError(error, 'PaginationTokenExpiredException') && freshStarts > 0) continue;
        throw awsFailure(error, 'tag:GetResources', `${listing.subject} in ${region}`);
      }
    }
  }

  async *#once(call: Call, { input, wanted }: TagListing): AsyncIterable<readonly TaggedResource[]> {
    const tokens = new PageTokens();
    for (let token = ''; ; ) {
      const page = await call(token === '' ? input : { ...input, PaginationToken: token });
      if (page.ResourceTagMappingList === undefined) throw new Error('the answer has no list of resources');
      yield page.ResourceTagMappingList.flatMap(({ ResourceARN: arn, Tags = [] }) =>
        arn !== undefined && wanted(arn) ? [{ arn, tags: this.#sets.of(Tags) }] : [],
      );
      token = page.PaginationToken ?? '';
      if (token === '') return;
      if (tokens.comesAgain(token)) throw new Error(`the page token ${token} comes again: the list has no end`);
    }
  }

  /** One client an account, region and role: what it learns of the service's rate is good for all queries there. */
  #call(where: Pick<Vantage, 'accountId' | 'region' | 'roleArn'>): Promise<Call> {
    const place = `${where.accountId} ${where.region}`;
    const pacer = this.#pacers.get(place) ?? new CallPacer(CALLS_PER_SECOND, this.#clock);
    this.#pacers.set(place, pacer);
    const who = `${place} ${where.roleArn}`;
    const call = this.#calls.get(who) ?? pacedCall(this.#configurations.of(where), pacer);
    this.#calls.set(who, call);
    return call;
  }
}

async function pacedCall(configuration: Promise<ClientConfiguration>, pacer: CallPacer): Promise<Call> {
  const { GetResourcesCommand, ResourceGroupsTaggingAPIClient } = await import('./sdk/resource-groups-tagging.js');
  const client = new ResourceGroupsTaggingAPIClient({
    ...(await configuration),
    // Whoever else asks counts against the same rate: once throttled, the SDK slows down by itself.
    retryMode: 'adaptive',
  });
  return async (input) => {
    for (let calls = 1; ; calls += 1) {
      try {
        return await pacer.run(() => client.send(new GetResourcesCommand(input)));
      } catch (error) {
        const throttled = isAwsError(error, 'ThrottledException', 'ThrottlingException');
        if (!throttled || calls === CALLS_WHEN_THROTTLED) throw error;
      }
    }
  };
}
