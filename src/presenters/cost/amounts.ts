import type { Cents, Decimal } from '../../domain/cost/decimal.js';

const grouped = (whole: string) => whole.replace(/\B(?=(\d{3})+$)/g, ',');

/** An amount as people read it, `1,234.50`; the currency stands beside it. */
export function amount(cents: Cents): string {
  const digits = String(Math.abs(cents)).padStart(3, '0');
  return `${cents < 0 ? '-' : ''}${grouped(digits.slice(0, -2))}.${digits.slice(-2)}`;
}

/** A difference, with its sign: `+12.00`, `-3.50`, `0.00`. */
export function difference(cents: Cents): string {
  return cents > 0 ? `+${amount(cents)}` : amount(cents);
}

/** An amount as a number of the currency's units. It is the number that two decimals write. */
export function units(cents: Cents): number {
  return cents / 100;
}

/** A quantity as people read it: `1,460`, `0.233`. */
export function quantityText(quantity: Decimal): string {
  const [whole = '', fraction] = quantity.toString().split('.');
  return fraction === undefined ? grouped(whole) : `${grouped(whole)}.${fraction}`;
}

/** What a component counts and at what price: `730 hours × 0.0225`, `10 × 1,000 requests × 0.005`. */
export function reckoning(component: {
  readonly quantity: Decimal;
  readonly unit: string;
  readonly unitPrice: Decimal;
}): string {
  const { quantity, unit, unitPrice } = component;
  const many = /^(\d|million)/.test(unit) ? ' × ' : ' ';
  return `${quantityText(quantity)}${many}${unit} × ${unitPrice}`;
}
