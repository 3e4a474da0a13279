import type { EstimateBasis } from '../domain/cost/estimate.js';
import type { Binding } from '../domain/environment.js';
import type { Ports } from '../ports/index.js';

/**
 * Prices of the environment's region and what is said of its use; null where the region has no price table. Fails
 * (exit 2) on a price table or a usage file that cannot be read: what is silently ignored makes a wrong sum.
 */
export async function costBasis(
  { costSources, catalog }: Pick<Ports, 'catalog' | 'costSources'>,
  { name, region }: Binding,
): Promise<EstimateBasis | null> {
  const [prices, usage] = await Promise.all([
    costSources.prices(region),
    catalog.names().then((names) => costSources.usage(name, names)),
  ]);
  return prices === null ? null : { prices, usage };
}
