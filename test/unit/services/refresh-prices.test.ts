import { beforeEach, describe, expect, it } from '@jest/globals';
import { parsePriceTable, renderPriceTable } from '../../../src/domain/cost/price-table.js';
import { interrupted } from '../../../src/domain/errors.js';
import { type RefreshPricesOptions, refreshPrices } from '../../../src/services/refresh-prices.js';
import { bindingOf, PRODUCTION, STAGING } from '../../fakes/bindings.js';
import { priceTableOf } from '../../fakes/cost-ports.js';
import { failureOf } from '../../fakes/failure.js';
import { fakePorts, toolFailure } from '../../fakes/ports.js';
import { stateOf } from '../../fakes/states.js';
import { shippedPrices } from '../../support/cost.js';
import { LISTED_EVERYWHERE, listedIn } from '../../support/listed-products.js';

let ports: ReturnType<typeof fakePorts>;

beforeEach(async () => {
  ports = fakePorts();
  ports.costSources.tables.set('us-east-1', await shippedPrices());
});

const run = (options: Partial<RefreshPricesOptions> = {}) =>
  refreshPrices(ports, { regions: [], yes: false, dryRun: false, ...options });
const instance = (type: string) => ({
  address: 'aws_instance.a',
  type: 'aws_instance',
  attributes: { instance_type: type },
});
const askedTypes = () => ports.priceList.asked.flatMap(({ attributes }) => attributes['instanceType'] ?? []);

describe('a refresh of prices', () => {
  it('reads those of the regions that the environments are in, and writes their tables', async () => {
    const { regions, notes } = await run();
    expect(regions).toMatchObject([{ table: { region: 'us-east-1' }, missing: [], file: 'prices/us-east-1.json' }]);
    expect(ports.costSources.kept.map(({ region }) => region)).toEqual(['us-east-1']);
    expect(notes).toEqual([]);
    expect(ports.progress.heard('Read the prices of us-east-1', 'result')).toEqual(['all found']);
  });

  it('writes nothing the second time', async () => {
    await run();
    const { regions } = await run();
    expect(regions).toMatchObject([{ changes: [], differs: false, file: null }]);
    expect(ports.costSources.kept).toHaveLength(1);
  });

  it('writes tables that are read back as they are', async () => {
    await run();
    const [table] = ports.costSources.kept;
    if (table === undefined) throw new Error('nothing was written');
    const text = renderPriceTable(table);
    expect(renderPriceTable(parsePriceTable(text, ''))).toBe(text);
  });

  it('makes the table of a region that had none, without what is not offered there', async () => {
    const offered = listedIn('eu-central-1', 'EUC1-', 1.15).filter(
      ({ attributes }) => attributes['instanceType'] === undefined,
    );
    ports.priceList.rows = [...offered, ...LISTED_EVERYWHERE];
    ports.catalog.bindings = [bindingOf('staging', { variables: { instance_type: 't3.micro' } })];
    const { regions } = await run({ regions: ['eu-central-1'] });
    const [region] = regions;
    expect(region?.missing).toEqual([{ key: 'ec2/instance/t3.micro', reason: 'AWS lists no such product' }]);
    expect(region?.table.prices.get('vpc/nat-gateway/hours')?.price.toString()).toBe('0.05175');
    expect(region?.table.prices.has('ec2/instance/t3.micro')).toBe(false);
    expect(region?.file).toBe('prices/eu-central-1.json');
  });

  it('asks for several regions, each once', async () => {
    ports.priceList.rows = [...listedIn('eu-central-1', 'EUC1-'), ...listedIn('us-east-1', ''), ...LISTED_EVERYWHERE];
    const { regions } = await run({ regions: ['us-east-1', 'eu-central-1', 'us-east-1'] });
    expect(regions.map(({ file }) => file)).toEqual(['prices/eu-central-1.json', 'prices/us-east-1.json']);
  });

  it('asks no question twice', async () => {
    await run();
    const questions = ports.priceList.asked.map((question) => JSON.stringify(question));
    expect(new Set(questions).size).toBe(questions.length);
  });

  it('asks for the instance types of tables, tfvars and states', async () => {
    ports.catalog.bindings = [bindingOf('staging', { variables: { instance_type: 'm7i.large', name: 'c5.large' } })];
    ports.stateStore.state = stateOf({ instances: [instance('r5.large')] });
    await run();
    expect(askedTypes()).toEqual(expect.arrayContaining(['m7i.large', 'r5.large', 't3.micro', 'm3.medium']));
    expect(askedTypes()).not.toContain('c5.large');
  });

  it('does without a state that cannot be read, and says so', async () => {
    ports.catalog.bindings = [STAGING];
    ports.stateStore.readFailure = toolFailure('denied');
    const { regions, notes } = await run();
    expect(regions).toHaveLength(1);
    expect(notes).toEqual([
      'the state of staging cannot be read (AwsFailed): instance types that only it has are left out',
    ]);
  });

  it('writes nothing in a dry run, however unlikely what it finds', async () => {
    ports.costSources.tables.set('us-east-1', priceTableOf({ 'kms/key': '100' }));
    const { regions } = await run({ dryRun: true });
    expect(regions[0]?.changes.find(({ key }) => key === 'kms/key')?.unlikely).toBe('more than 10 times cheaper');
    expect([regions[0]?.file, ports.costSources.kept]).toEqual([null, []]);
  });

  it('refuses what prices do not do, in any region, before it writes the first', async () => {
    ports.priceList.rows = [
      ...listedIn('eu-central-1', 'EUC1-'),
      ...listedIn('us-east-1', '', 20).filter(({ service }) => service !== 'awskms'),
      ...LISTED_EVERYWHERE,
    ];
    const failure = await failureOf(() => run({ regions: ['eu-central-1', 'us-east-1'] }));
    expect(failure).toMatchObject({ code: 'UnlikelyPrices', exitCode: 4 });
    expect(failure.message).toContain('us-east-1 kms/key: would be lost');
    expect(failure.message).toContain('us-east-1 vpc/public-ipv4: more than 10 times dearer');
    expect(failure.nextSteps).toEqual([
      'see every change: mhtctl prices refresh --region eu-central-1 --region us-east-1 --dry-run',
      'accept them: mhtctl prices refresh --region eu-central-1 --region us-east-1 --yes',
    ]);
    expect(ports.costSources.kept).toEqual([]);
    await run({ regions: ['eu-central-1', 'us-east-1'], yes: true });
    expect(ports.costSources.kept).toHaveLength(2);
  });

  it('refuses a region that AWS does not know, with the nearest', async () => {
    const failure = await failureOf(() => run({ regions: ['us-esat-1'] }));
    expect(failure).toMatchObject({ code: 'UnknownRegion', exitCode: 2 });
    expect(failure.message).toBe('AWS lists no prices for a region "us-esat-1"; did you mean "us-east-1"?');
    expect(failure.nextSteps).toEqual(['mhtctl prices refresh --region us-east-1']);
    expect((await failureOf(() => run({ regions: ['../../etc/passwd'] }))).nextSteps).toEqual([
      'it lists: eu-central-1, us-east-1',
    ]);
    expect(ports.priceList.asked).toEqual([]);
  });

  it('fails as AWS does, and writes nothing', async () => {
    ports.priceList.failure = toolFailure('throttled');
    await expect(run()).rejects.toThrow('throttled');
    expect(ports.costSources.kept).toEqual([]);
  });

  it('is abandoned by an interrupt', async () => {
    ports.catalog.bindings = [PRODUCTION];
    ports.stateStore.readFailure = interrupted('stopped');
    expect((await failureOf(() => run())).exitCode).toBe(130);
  });
});
