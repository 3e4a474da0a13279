import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { FileCostSources } from '../../../../src/adapters/cost/file-cost-sources.js';
import { FileWorkspace } from '../../../../src/adapters/system/file-workspace.js';
import { renderPriceTable } from '../../../../src/domain/cost/price-table.js';
import { priceTableOf } from '../../../fakes/cost-ports.js';
import { failureOf } from '../../../fakes/failure.js';
import { pair, projectWith, removeProjects } from '../../environments/project-files.js';

afterAll(removeProjects);

/** A project whose own tables, and those that ship, are these, by region. */
async function sourcesWith(
  own: Readonly<Record<string, string>>,
  shipped: Readonly<Record<string, string>>,
  usage?: string,
) {
  const project = await projectWith({ ...pair('staging'), ...(usage === undefined ? {} : { 'usage.hcl': usage }) });
  const installation = join(project.root, 'installed');
  for (const [root, tables] of [
    [project.root, own],
    [installation, shipped],
  ] as const) {
    await mkdir(join(root, 'prices'), { recursive: true });
    for (const [region, text] of Object.entries(tables)) await writeFile(join(root, 'prices', `${region}.json`), text);
  }
  return new FileCostSources(project, installation, new FileWorkspace(project));
}

const table = (region: string, date: string) => renderPriceTable({ ...priceTableOf(), region, date });

describe('price tables', () => {
  it('are those that ship, unless the project has its own', async () => {
    const sources = await sourcesWith(
      { 'us-east-1': table('us-east-1', '2026-11-20') },
      { 'us-east-1': table('us-east-1', '2026-01-01'), 'eu-west-1': table('eu-west-1', '2026-01-02') },
    );
    expect((await sources.prices('us-east-1'))?.date).toBe('2026-11-20');
    expect((await sources.prices('eu-west-1'))?.date).toBe('2026-01-02');
    expect(await sources.prices('ap-south-1')).toBeNull();
    expect(await sources.regions()).toEqual(['eu-west-1', 'us-east-1']);
  });

  it('are refused when they are malformed, or of another region', async () => {
    const sources = await sourcesWith(
      { 'us-east-1': '{"format": 1' },
      { 'eu-west-1': table('us-east-1', '2026-01-01') },
    );
    expect((await failureOf(() => sources.prices('us-east-1'))).message).toContain(
      'prices/us-east-1.json cannot be read',
    );
    expect((await failureOf(() => sources.prices('eu-west-1'))).message).toBe(
      'the price table installed/prices/eu-west-1.json is that of us-east-1, not of eu-west-1',
    );
  });
});

describe('a table that is written', () => {
  it("is the project's own, and comes before what ships", async () => {
    const sources = await sourcesWith({}, { 'us-east-1': table('us-east-1', '2026-01-01') });
    const kept = { ...priceTableOf({ 'kms/key': '1' }), date: '2026-11-25' };
    expect(await sources.keepPrices(kept)).toBe('prices/us-east-1.json');
    expect(await sources.prices('us-east-1')).toEqual(kept);
    expect(await sources.keepPrices({ ...kept, region: 'eu-north-1' })).toBe('prices/eu-north-1.json');
    expect(await sources.regions()).toEqual(['eu-north-1', 'us-east-1']);
  });

  it('finds its directory made', async () => {
    const project = await projectWith(pair('staging'));
    const sources = new FileCostSources(project, '/nowhere', new FileWorkspace(project));
    await sources.keepPrices(priceTableOf());
    expect(await readFile(join(project.root, 'prices/us-east-1.json'), 'utf8')).toBe(renderPriceTable(priceTableOf()));
  });

  it('is not written when it could not be read again', async () => {
    const sources = await sourcesWith({ 'us-east-1': table('us-east-1', '2026-01-01') }, {});
    const failure = await failureOf(() => sources.keepPrices(priceTableOf({ 'kms/key': '100001' })));
    expect(failure.message).toContain('kms/key: price is "100001", more than anything costs');
    expect((await sources.prices('us-east-1'))?.date).toBe('2026-01-01');
  });

  it('says what stands in its way', async () => {
    const project = await projectWith(pair('staging'));
    await writeFile(join(project.root, 'prices'), 'no directory');
    const sources = new FileCostSources(project, '/nowhere', new FileWorkspace(project));
    expect((await failureOf(() => sources.keepPrices(priceTableOf()))).code).toBe('DirectoryMissing');
  });
});

describe('what is said of use', () => {
  it('is nothing without a file, or without a word of the environment', async () => {
    const none = await (await sourcesWith({}, {})).usage('staging', ['staging']);
    expect(none.stated('aws_lb', 'aws_lb.a', 'average_lcus')).toBeUndefined();
    const other = await (await sourcesWith({}, {}, 'environment "production" {\n}\n')).usage('staging', [
      'production',
      'staging',
    ]);
    expect(other.stated('aws_lb', 'aws_lb.a', 'average_lcus')).toBeUndefined();
  });

  it('is what the file says, refused with its name and line', async () => {
    const said = await (
      await sourcesWith({}, {}, 'environment "staging" {\n  aws_lb {\n    average_lcus = 0.2\n  }\n}\n')
    ).usage('staging', ['staging']);
    expect(said.stated('aws_lb', 'aws_lb.a', 'average_lcus')?.toString()).toBe('0.2');
    const wrong = await sourcesWith({}, {}, 'environment "staging" {\n  aws_lb {\n    average_lcu = 0.2\n  }\n}\n');
    expect((await failureOf(() => wrong.usage('staging', ['staging']))).message).toContain('at terraform/usage.hcl:3');
  });
});
