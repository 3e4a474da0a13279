import { physicalName } from '../physical-name.js';
import type { Json } from '../plan.js';
import { moduleOf } from '../resource-address.js';
import { Attributes } from './attributes.js';
import type { CostedResource } from './costed-resource.js';
import type { Costing, MoneyKind, Part } from './costing.js';
import { type Cents, Decimal } from './decimal.js';
import { Neighbours } from './neighbours.js';
import { type PriceKey, type PriceTable, productOf, quotedQuantity, quotedUnit } from './prices.js';
import { type ResourceType, reckoned } from './resource-type.js';
import { resourceTypeOf } from './types/index.js';
import type { Usage } from './usage.js';

/** A part of a resource's cost with its price. */
export interface Component {
  readonly name: string;
  readonly kind: MoneyKind;
  /** What the quantity counts, as the price is quoted: `hours`, `million requests`. */
  readonly unit: string;
  readonly quantity: Decimal;
  readonly unitPrice: Decimal;
  /** Rounded to the cent; every sum is one of these. */
  readonly monthly: Cents;
  /** As Cost Explorer calls it. */
  readonly service: string;
}

/**
 * `priced`: something falls due in any case. `usage`: it is paid by use alone. `free`: AWS bills nothing for it.
 * `unknown`: something of it has no price here; what is known of it is still counted, as the least it costs.
 */
export type CostStatus = 'priced' | 'usage' | 'free' | 'unknown';

/** What a resource costs a month. */
export interface ResourceCost {
  /** Null for a resource that no state has. */
  readonly address: string | null;
  readonly arn: string | null;
  readonly type: string;
  readonly name: string;
  /** Address of its module; empty for the root and for what no state has. */
  readonly module: string;
  readonly components: readonly Component[];
  readonly status: CostStatus;
  /** Why it is `unknown`; empty for any other status. */
  readonly unknown: readonly string[];
}

/** What an estimate goes by. */
export interface EstimateBasis {
  readonly prices: PriceTable;
  readonly usage: Usage;
}

/**
 * What resources cost a month by the price table. The money of each component is its exact product, rounded to the
 * cent once, halves up; whatever is shown above is a sum of those, so that it equals the sum of what it shows.
 */
export function estimate(resources: readonly CostedResource[], basis: EstimateBasis): readonly ResourceCost[] {
  const neighbours = new Neighbours(resources);
  return resources.map((resource) => {
    const { address, type, attributes } = resource;
    const { components, status, unknown } = priced(costingOf(resource, neighbours, basis), basis.prices);
    return {
      address,
      arn: textOf(attributes['arn']),
      type,
      name: nameOf(type, attributes) ?? address,
      module: moduleOf(address),
      components,
      status,
      unknown,
    };
  });
}

/** The money of one kind among components. */
export function sumOfKind(components: readonly Component[], kind: MoneyKind): Cents {
  return components.reduce((sum, component) => (component.kind === kind ? sum + component.monthly : sum), 0);
}

function costingOf(resource: CostedResource, neighbours: Neighbours, { prices, usage }: EstimateBasis): Costing {
  const { address, type, attributes, afterUnknown, use: knownUse } = resource;
  const known = resourceTypeOf(type);
  if (known === undefined) return { parts: [], unknown: [`no prices for ${type}`] };
  const region = regionOf(attributes);
  if (region !== undefined && region !== prices.region) {
    return { parts: [], unknown: [`it is in ${region}, and the prices are those of ${prices.region}`] };
  }
  const use = (name: string, derived?: Decimal) =>
    usage.stated(type, address, name) ?? knownUse?.[name] ?? derived ?? assumed(known, name);
  return reckoned(() => known.cost(new Attributes(attributes, afterUnknown), { use, neighbours }));
}

function assumed({ usage }: ResourceType, name: string): Decimal {
  const assumption = usage[name];
  if (assumption === undefined) throw new Error(`nothing is assumed of ${name}`);
  const known = ASSUMED.get(assumption.value) ?? Decimal.of(assumption.value);
  ASSUMED.set(assumption.value, known);
  return known;
}

/** The few numbers that are assumed of very many resources. */
const ASSUMED = new Map<number, Decimal>();

const NOTHING_TO_PAY = { components: [], status: 'free', unknown: [] } as const;

function priced(
  { parts, unknown }: Costing,
  prices: PriceTable,
): Pick<ResourceCost, 'components' | 'status' | 'unknown'> {
  if (parts.length === 0 && unknown.length === 0) return NOTHING_TO_PAY;
  const components: Component[] = [];
  const missing = new Set(unknown);
  for (const part of parts) {
    const component = componentOf(part, prices);
    if (component === undefined) missing.add(withoutPrice(part.price, prices));
    else components.push(component);
  }
  return { components, status: statusOf(components, missing.size > 0), unknown: [...missing] };
}

function componentOf({ name, kind, price: key, quantity }: Part, { prices }: PriceTable): Component | undefined {
  const price = prices.get(key);
  const product = productOf(key);
  if (price === undefined || product === undefined) return undefined;
  const quoted = quotedQuantity(quantity, price);
  const monthly = quoted.times(price.price).toCents();
  return {
    name,
    kind,
    unit: quotedUnit(key, price),
    quantity: quoted,
    unitPrice: price.price,
    monthly,
    service: product.service,
  };
}

function withoutPrice(key: PriceKey, { region }: PriceTable): string {
  return `no price for ${key} in ${region} (mhtctl prices refresh may find one)`;
}

function statusOf(components: readonly Component[], isUnknown: boolean): CostStatus {
  if (isUnknown) return 'unknown';
  if (components.some(({ kind }) => kind === 'fixed')) return 'priced';
  return components.length > 0 ? 'usage' : 'free';
}

function nameOf(type: string, attributes: CostedResource['attributes']): string | undefined {
  const tags = attributes['tags'];
  const tag = tags !== null && typeof tags === 'object' && !Array.isArray(tags) ? (tags as Fields)['Name'] : undefined;
  return textOf(tag) ?? physicalName(type, attributes) ?? textOf(attributes['name']) ?? undefined;
}

type Fields = { readonly [name: string]: Json };

/** The fourth part of an ARN. */
const REGION = /^[^:]*:[^:]*:[^:]*:([^:]*)/;

/** The region that an ARN names; undefined for services that have none. */
function regionOf(attributes: Fields): string | undefined {
  const region = REGION.exec(textOf(attributes['arn']) ?? '')?.[1];
  return region === '' ? undefined : region;
}

function textOf(value: Json | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
