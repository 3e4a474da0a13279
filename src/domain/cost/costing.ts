import type { Decimal } from './decimal.js';
import type { PriceKey } from './prices.js';

/**
 * The kinds of money that are never mixed: `fixed` falls due whether or not the resource is used, by the hour or the
 * month; `usage` follows from use that is assumed.
 */
export type MoneyKind = 'fixed' | 'usage';

/** A part of what a resource costs, before it has a price. */
export interface Part {
  readonly name: string;
  readonly kind: MoneyKind;
  readonly price: PriceKey;
  /** A month's quantity, in single units of the product. */
  readonly quantity: Decimal;
}

/** What makes up the cost of a resource. */
export interface Costing {
  readonly parts: readonly Part[];
  /** Why something of it cannot be priced; empty when all of it can. */
  readonly unknown: readonly string[];
}

/** A part that falls due in any case. */
export function fixed(name: string, price: PriceKey, quantity: Decimal): Costing {
  return { parts: [{ name, kind: 'fixed', price, quantity }], unknown: [] };
}

/** A part that is paid by use. */
export function used(name: string, price: PriceKey, quantity: Decimal): Costing {
  return { parts: [{ name, kind: 'usage', price, quantity }], unknown: [] };
}

/** A part that cannot be priced. @param reason a phrase without a full stop */
export function unknown(reason: string): Costing {
  return { parts: [], unknown: [reason] };
}

/** What costs nothing: AWS bills nothing for it, or bills it with another resource. */
export const FREE: Costing = { parts: [], unknown: [] };

/** Several parts as one. */
export function together(...costings: readonly Costing[]): Costing {
  return {
    parts: costings.flatMap(({ parts }) => parts),
    unknown: costings.flatMap((costing) => costing.unknown),
  };
}
