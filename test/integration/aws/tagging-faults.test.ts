import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { ClientConfigurations } from '../../../src/adapters/aws/client-configuration.js';
import { TaggingInventory } from '../../../src/adapters/aws/tagging-inventory.js';
import { SystemClock } from '../../../src/adapters/system/system-clock.js';
import type { TaggedResource } from '../../../src/domain/separation/inventory.js';
import type { Clock } from '../../../src/ports/clock.js';
import type { TagQuery } from '../../../src/ports/tag-inventory.js';
import { FakeClock } from '../../fakes/clock.js';
import { CallerEnvironment } from '../../support/caller-environment.js';
import { failureOf } from '../../support/failure.js';
import { generatedResources } from '../../support/generated-resources.js';
import { everythingOf } from '../../support/pages.js';
import { RecordedAws } from '../../support/recorded-aws.js';
import { type AskedResources, type TaggingBehaviour, TaggingStandIn } from '../../support/tagging-stand-in.js';

const ACCOUNT = '123456789012';
const where = { accountId: ACCOUNT, region: 'us-east-1', roleArn: undefined };
const both: TagQuery = { tag: 'Environment', values: ['staging', 'production'] };

/** Eight pages of a hundred. */
const resources = generatedResources({
  project: 'acme',
  environments: ['production', 'staging'],
  each: 400,
  accountId: ACCOUNT,
  region: 'us-east-1',
});
const arnsOf = (found: readonly TaggedResource[]) => found.map(({ arn }) => arn);
const all = Array.from({ length: resources.count }, (_, index) => resources.at(index).arn);

describe('the inventory of a tagging API that answers as AWS documents it', () => {
  const environment = new CallerEnvironment();
  let server: { stop(): Promise<void> } | undefined;
  const standIn = async (behaviour: TaggingBehaviour = {}) => {
    const started = await TaggingStandIn.start(resources, behaviour);
    server = started;
    environment.set({ AWS_ENDPOINT_URL: started.endpoint });
    return started;
  };
  const find = (query: TagQuery = both, clock: Clock = new FakeClock()) =>
    everythingOf(new TaggingInventory(new ClientConfigurations(), clock).pages(where, query));

  beforeEach(() => {
    environment.useAws({
      AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_CONFIG_FILE: '/nowhere/config',
      AWS_SHARED_CREDENTIALS_FILE: '/nowhere/credentials',
    });
  });

  afterEach(async () => {
    jest.useRealTimers();
    environment.restore();
    await server?.stop();
    server = undefined;
  });

  it('lists every resource once, over all pages', async () => {
    await standIn();
    expect(arnsOf(await find())).toEqual(all);
  });

  it('goes on after pages that are empty but have a token', async () => {
    const calls: AskedResources[] = [];
    await standIn({ emptyPages: 3, observe: (asked) => calls.push(asked) });
    expect(arnsOf(await find())).toEqual(all);
    expect(calls).toHaveLength(8 * 4);
  });

  it('asks for ever new ARNs a hundred at a time, and for more values than a filter takes in turn', async () => {
    const calls: AskedResources[] = [];
    await standIn({ observe: (asked) => calls.push(asked) });
    expect(arnsOf(await find({ arns: all.slice(0, 250) }))).toEqual(all.slice(0, 250));
    expect(calls.map(({ ResourceARNList }) => ResourceARNList?.length)).toEqual([100, 100, 50]);
    const others = Array.from({ length: 40 }, (_, index) => `other-${index}`);
    expect(await find({ tag: 'Environment', values: [...others, 'staging'] })).toHaveLength(400);
  });

  it.each([{ tag: 'Environment', values: [] }, { arns: [] }] satisfies TagQuery[])(
    'asks nothing, and not for everything, when there is nothing to ask for: %j',
    async (query) => {
      const calls: AskedResources[] = [];
      await standIn({ observe: (asked) => calls.push(asked) });
      expect(await find(query)).toEqual([]);
      expect(calls).toEqual([]);
    },
  );

  describe('whose page token expires', () => {
    it.each([1, 2])('begins anew, %i times, and loses nothing', async (times) => {
      await standIn({ tokenExpires: { page: 5, times } });
      const found = arnsOf(await find());
      expect([...new Set(found)]).toEqual(all);
      expect(found).toHaveLength(800 + times * 400);
    });

    it('is a failure at the third time, not an inventory', async () => {
      await standIn({ tokenExpires: { page: 5, times: 3 } });
      const failure = await failureOf(find());
      expect(failure).toMatchObject({ code: 'AwsFailed', exitCode: 5 });
      expect(failure.message).toContain('tag:GetResources on Environment=staging,production in us-east-1 failed');
      expect(failure.message).toContain('PaginationTokenExpiredException');
    });
  });

  it('is CredentialsExpired when they do so half-way, so that nobody takes the half for the whole', async () => {
    await standIn({ credentialsExpireAt: 4 });
    const found: TaggedResource[] = [];
    const collecting = (async () => {
      for await (const page of new TaggingInventory(new ClientConfigurations(), new FakeClock()).pages(where, both))
        found.push(...page);
    })();
    expect(await failureOf(collecting)).toMatchObject({ code: 'CredentialsExpired', exitCode: 5 });
    expect(found).toHaveLength(300);
  });

  it('is a failure when a page token comes again and again, not an endless wait', async () => {
    await standIn({ tokenRepeatsFrom: 3 });
    const failure = await failureOf(find());
    expect(failure).toMatchObject({ code: 'AwsFailed', exitCode: 5 });
    expect(failure.message).toContain('comes again');
  });

  it.each(['', '{}', '{"PaginationToken":""}', '{"ResourceTagMappingList":', '<html>proxy</html>'])(
    'is a failure, not an empty inventory, when the answer is no list: %j',
    async (body) => {
      const recorded = await RecordedAws.start(() => ({ status: 200, body }));
      server = recorded;
      environment.set({ AWS_ENDPOINT_URL: recorded.endpoint });
      expect(await failureOf(find())).toMatchObject({ code: 'AwsFailed', exitCode: 5 });
    },
  );

  describe('that limits the rate', () => {
    it('is never asked too often, by all queries of an account and region together', async () => {
      const limited = await standIn({ callsPerSecond: 15 });
      const inventory = new TaggingInventory(new ClientConfigurations(), new SystemClock());
      const start = performance.now();
      const found = await Promise.all(
        ['staging', 'production']
          .map((name) => ({ tag: 'Environment', values: [name] }))
          .concat({ tag: 'Project', values: ['acme'] }, { tag: 'ManagedBy', values: ['terraform'] })
          .map((query) => everythingOf(inventory.pages(where, query))),
      );
      expect(found.map(({ length }) => length)).toEqual([400, 400, 800, 800]);
      expect(limited.throttled).toBe(0);
      // 24 calls, of which 15 fit into the first second.
      expect(performance.now() - start).toBeGreaterThan(990);
    });

    it('is asked again, more slowly, when others use up the rate', async () => {
      jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
      const limited = await standIn({ callsPerSecond: 2 });
      expect(arnsOf(await inNoTime(find()))).toEqual(all);
      expect(limited.throttled).toBeGreaterThan(0);
    });

    it('is a failure when it throttles for ever, not an endless wait', async () => {
      jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
      const limited = await standIn({ callsPerSecond: 0 });
      const failure = await inNoTime(failureOf(find()));
      expect(failure).toMatchObject({ code: 'AwsFailed', exitCode: 5 });
      expect(failure.message).toContain('ThrottledException');
      expect(limited.throttled).toBe(20);
    });
  });
});

/** Ends when the work does; its waits pass at once. */
async function inNoTime<T>(work: Promise<T>): Promise<T> {
  let over = false;
  const ended = work.finally(() => {
    over = true;
  });
  while (!over) {
    await jest.advanceTimersByTimeAsync(10);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return ended;
}
