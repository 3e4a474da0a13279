import type { PriceTable } from '../domain/cost/prices.js';
import type { Usage } from '../domain/cost/usage.js';

/** What an estimate goes by. */
export interface CostSources {
  /**
   * The price table of a region: the project's own where it has one, else the one that ships; null where there is
   * neither. Fails (exit 2, `InvalidPrices`) on one that cannot be read.
   */
  prices(region: string): Promise<PriceTable | null>;
  /**
   * Writes the project's own table of a region, whole or not at all, and returns its file as messages name it. Fails
   * (exit 5) with `FileDenied` or `DiskFull`.
   */
  keepPrices(table: PriceTable): Promise<string>;
  /** Regions with a price table, sorted. */
  regions(): Promise<readonly string[]>;
  /**
   * What the team has said of the use of an environment's resources.
   * Fails (exit 2, `InvalidUsage`) on a file that says something else than use.
   */
  usage(environment: string, environments: readonly string[]): Promise<Usage>;
}
