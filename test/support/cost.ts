import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseHcl } from '../../src/adapters/hcl/parse.js';
import type { CostedResource } from '../../src/domain/cost/costed-resource.js';
import { type EstimateBasis, estimate, type ResourceCost } from '../../src/domain/cost/estimate.js';
import { parsePriceTable } from '../../src/domain/cost/price-table.js';
import type { PriceTable } from '../../src/domain/cost/prices.js';
import type { CostEvidence } from '../../src/domain/cost/report.js';
import { Usage } from '../../src/domain/cost/usage.js';
import { parseState, type State } from '../../src/domain/state.js';
import { bindingOf } from '../fakes/bindings.js';

const root = join(import.meta.dirname, '../..');

/** The price table that is shipped for us-east-1. */
export async function shippedPrices(): Promise<PriceTable> {
  return parsePriceTable(await readFile(join(root, 'prices/us-east-1.json'), 'utf8'), 'prices/us-east-1.json');
}

/** The state that a demo leaves of an environment, reduced to what its cost hangs on. */
export async function demoState(environment: 'staging' | 'production'): Promise<State> {
  const file = join(root, 'test/fixtures/cost', `${environment}.state.json`);
  return parseState(await readFile(file, 'utf8'), file);
}

const PRICES = await shippedPrices();

/** What an estimate goes by unless a test says otherwise: the shipped prices, and nothing said of use. */
export const BASIS: EstimateBasis = { prices: PRICES, usage: Usage.NONE };

/** The demo as it is deployed: its state and the values it is made from. */
export async function demoEvidence(
  name: 'staging' | 'production',
  parts: Partial<CostEvidence> = {},
): Promise<CostEvidence> {
  const file = `terraform/terraform.tfvars.${name}`;
  const { attributes } = parseHcl(file, await readFile(join(root, file), 'utf8'));
  const binding = bindingOf(name, {
    variableSources: Object.fromEntries(attributes.map((attribute) => [attribute.name, attribute])),
  });
  return { binding, state: await demoState(name), basis: BASIS, tagged: [], ...parts };
}

/** The cost of one resource of that type with these attributes. */
export function costOf(
  type: string,
  attributes: CostedResource['attributes'],
  { basis = BASIS, ...rest }: { readonly basis?: EstimateBasis } & Partial<CostedResource> = {},
): ResourceCost {
  const [cost] = estimate([{ address: `${type}.this`, type, attributes, ...rest }], basis);
  if (cost === undefined) throw new Error('one resource has one cost');
  return cost;
}

/** A cost's components as a table: name, quantity, unit price, cents. */
export function rowsOf({ components }: ResourceCost): readonly (readonly [string, string, string, number])[] {
  return components.map(
    ({ name, quantity, unitPrice, monthly }) => [name, quantity.toString(), unitPrice.toString(), monthly] as const,
  );
}
