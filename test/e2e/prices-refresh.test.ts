import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RefreshedPricesJson } from '../../src/presenters/cost/price-refresh.js';
import { LISTED_EVERYWHERE, type ListedRow, listedIn } from '../support/listed-products.js';
import { recordedPriceList } from '../support/recorded-price-list.js';
import { CommandLine } from './support/command-line.js';
import { smallProject, type TemporaryProject } from './support/project.js';

/** The built command line before a price list as AWS documents it, which the emulator does not have. */
let project: TemporaryProject;
let mhtctl: CommandLine;
let rows: readonly ListedRow[];
let list: Awaited<ReturnType<typeof recordedPriceList>>;

beforeAll(async () => {
  project = await smallProject();
  mhtctl = new CommandLine(project);
  // The type that one environment asks for is not sold in Frankfurt.
  await project.write(
    'terraform.tfvars.alpha',
    'environment = "alpha"\naws_region = "us-east-1"\ninstance_type = "m9.huge"\n',
  );
  const all = [...listedIn('us-east-1', ''), ...listedIn('eu-central-1', 'EUC1-', 1.2), ...LISTED_EVERYWHERE];
  rows = [...all, ...all.filter(({ attributes }) => attributes['usagetype'] === 'BoxUsage:t3.micro').map(huge)];
  list = await recordedPriceList({ rows, regions: ['eu-central-1', 'us-east-1'], pageSize: 3 });
});
afterAll(async () => {
  await list.stop();
  await project.dispose();
});

function huge(row: ListedRow): ListedRow {
  return { ...row, attributes: { ...row.attributes, instanceType: 'm9.huge', usagetype: 'BoxUsage:m9.huge' } };
}

const refresh = (...args: readonly string[]) =>
  mhtctl.run(['prices', 'refresh', ...args], {
    AWS_ENDPOINT_URL: list.endpoint,
    AWS_ACCESS_KEY_ID: 'x',
    AWS_SECRET_ACCESS_KEY: 'x',
  });
const tableOf = (region: string) => readFile(join(project.root, 'prices', `${region}.json`), 'utf8');

describe('prices refresh as AWS documents its price list', () => {
  it('shows what changes, writes it once, and leaves what is the same alone', async () => {
    const dry = await refresh('--dry-run', '--json');
    expect(dry.exitCode).toBe(0);
    const [shown] = (JSON.parse(dry.stdout) as RefreshedPricesJson).regions;
    expect(shown).toMatchObject({ region: 'us-east-1', file: null, missing: [] });
    expect(shown?.changes.map(({ key, before }) => [key, before])).toEqual([['ec2/instance/m9.huge', null]]);
    await expect(tableOf('us-east-1')).rejects.toThrow('ENOENT');

    const first = await refresh();
    expect([first.exitCode, first.stdout]).toEqual([0, expect.stringContaining('wrote prices/us-east-1.json')]);
    const written = await tableOf('us-east-1');
    expect(written).toContain('"ec2/instance/m9.huge": { "price": "0.0104"');
    const again = await refresh();
    expect(again.stdout).toMatch(/^us-east-1: 0 of \d+ prices changed\n {2}nothing to write/);
    expect(await tableOf('us-east-1')).toBe(written);
  });

  it('makes the table of another region, and names what is not sold there', async () => {
    const { exitCode, stdout } = await refresh('--region', 'eu-central-1');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('ec2/instance/m9.huge: AWS lists no such product');
    expect(await tableOf('eu-central-1')).toContain('"vpc/nat-gateway/hours": { "price": "0.054"');
  });

  it('refuses a region that AWS does not know', async () => {
    const { exitCode, stderr } = await refresh('--region', 'eu-centrl-1');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('did you mean "eu-central-1"?');
  });
});
