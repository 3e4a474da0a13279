import { instanceTypesOf } from '../domain/cost/instance-types.js';
import {
  keysToRefresh,
  type RefreshedRegion,
  type RefreshedTable,
  refreshedTable,
} from '../domain/cost/price-list/refreshed-table.js';
import type { Binding } from '../domain/environment.js';
import { MhtctlError } from '../domain/errors.js';
import { nearestName } from '../domain/nearest-name.js';
import type { Ports } from '../ports/index.js';
import { abandonOnInterrupt } from './abandon-on-interrupt.js';
import { listedPrices } from './listed-prices.js';

type Needed = Pick<
  Ports,
  'catalog' | 'clock' | 'costSources' | 'interruption' | 'priceList' | 'progress' | 'stateStore'
>;

/** What to refresh. */
export interface RefreshPricesOptions {
  /** Regions; empty for those the environments are in. */
  readonly regions: readonly string[];
  /** Whether prices may be lost, or change as prices do not. */
  readonly yes: boolean;
  /** Whether to stop before anything is written. */
  readonly dryRun: boolean;
}

/** The refreshed tables, and what has to be said about them. */
export interface RefreshedPrices {
  readonly regions: readonly RefreshedRegion[];
  /** Lines for a person, each whole. */
  readonly notes: readonly string[];
}

/**
 * Reads the prices that the project needs from AWS's price list and writes them into the tables of their regions. All
 * are read and judged before the first is written. Fails (exit 2) on a region that AWS does not know, (exit 4) on
 * prices that would be lost or change as prices do not, unless that is confirmed, and (exit 5) when AWS does not answer.
 */
export async function refreshPrices(ports: Needed, options: RefreshPricesOptions): Promise<RefreshedPrices> {
  const notes: string[] = [];
  const bindings = await ports.catalog.bindAll();
  const regions = await knownRegions(ports, options.regions, bindings);
  const types = await instanceTypes(ports, bindings, notes);
  const refreshed: RefreshedTable[] = [];
  await ports.progress.run(
    regions.map((region) => ({
      title: `Read the prices of ${region}`,
      run: async (report) => {
        const table = await abandonOnInterrupt(ports.interruption, readTable(ports, region, types));
        report.result(table.missing.length === 0 ? 'all found' : `${table.missing.length} not found`);
        refreshed.push(table);
      },
    })),
  );
  if (!options.yes && !options.dryRun) refuseUnlikely(refreshed);
  const written: RefreshedRegion[] = [];
  for (const each of refreshed) {
    const file = each.differs && !options.dryRun ? await ports.costSources.keepPrices(each.table) : null;
    written.push({ ...each, file });
  }
  return { regions: written, notes };
}

async function knownRegions(
  ports: Needed,
  wanted: readonly string[],
  bindings: readonly Binding[],
): Promise<readonly string[]> {
  const regions = [...new Set(wanted.length > 0 ? wanted : bindings.map(({ region }) => region))].sort();
  for (const region of regions) {
    const known = await abandonOnInterrupt(ports.interruption, ports.priceList.regions(region));
    if (known.includes(region)) continue;
    const nearest = nearestName(region, known);
    throw new MhtctlError({
      code: 'UnknownRegion',
      outcome: 'usage',
      message: `AWS lists no prices for a region "${region}"${nearest === undefined ? '' : `; did you mean "${nearest}"?`}`,
      nextSteps:
        nearest === undefined ? [`it lists: ${known.join(', ')}`] : [`mhtctl prices refresh --region ${nearest}`],
    });
  }
  return regions;
}

/** A state that cannot be read costs no prices but those of types that only it has. */
async function instanceTypes(ports: Needed, bindings: readonly Binding[], notes: string[]): Promise<readonly string[]> {
  const types = await Promise.all(
    bindings.map(async (binding) => {
      const state = await abandonOnInterrupt(ports.interruption, ports.stateStore.readState(binding)).catch(
        (error: unknown) => {
          if (!(error instanceof MhtctlError) || error.outcome === 'interrupted') throw error;
          notes.push(
            `the state of ${binding.name} cannot be read (${error.code}): instance types that only it has are left out`,
          );
          return null;
        },
      );
      return instanceTypesOf(binding, state);
    }),
  );
  return types.flat();
}

async function readTable(ports: Needed, region: string, types: readonly string[]): Promise<RefreshedTable> {
  const before = await ports.costSources.prices(region);
  const listed = await listedPrices(ports.priceList, region, keysToRefresh(before, types));
  return refreshedTable(region, before, listed, ports.clock.now().toISOString().slice(0, 10));
}

function refuseUnlikely(refreshed: readonly RefreshedTable[]): void {
  const unlikely = refreshed.flatMap(({ table: { region }, changes }) =>
    changes.flatMap((change) => (change.unlikely === null ? [] : [`  ${region} ${change.key}: ${change.unlikely}`])),
  );
  if (unlikely.length === 0) return;
  const flags = refreshed.map(({ table: { region } }) => ` --region ${region}`).join('');
  throw new MhtctlError({
    code: 'UnlikelyPrices',
    outcome: 'declined',
    message: [
      `nothing was written: ${unlikely.length === 1 ? 'a price' : `${unlikely.length} prices`} changed as prices do not`,
      ...unlikely,
    ].join('\n'),
    nextSteps: [
      `see every change: mhtctl prices refresh${flags} --dry-run`,
      `accept them: mhtctl prices refresh${flags} --yes`,
    ],
  });
}
