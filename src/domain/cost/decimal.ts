/** Decimal places of a cent. */
const CENTS = 2;

const NUMBER = /^(?<sign>-?)(?<whole>\d+)(?:\.(?<fraction>\d+))?(?:[eE](?<exponent>[-+]?\d{1,3}))?$/;

/** A whole number of cents of the price table's currency. Sums of them are exact up to 90 million million. */
export type Cents = number;

/**
 * An exact decimal number, for prices and quantities: neither 0.1 nor 0.0000002 is a binary fraction, and a bill is
 * a long sum of such numbers. Immutable.
 */
export class Decimal {
  static readonly ZERO = new Decimal(0n, 0);
  static readonly ONE = new Decimal(1n, 0);

  /** The value is `digits` divided by ten to the power of `places`. */
  private constructor(
    private readonly digits: bigint,
    private readonly places: number,
  ) {}

  /** Reads a number as people and JSON write it, `12`, `-0.25` or `1e-7`; undefined for anything else. */
  static parse(text: string): Decimal | undefined {
    const parts = NUMBER.exec(text)?.groups;
    if (parts === undefined) return undefined;
    const { sign = '', whole = '', fraction = '', exponent = '0' } = parts;
    return new Decimal(BigInt(`${sign}${whole}${fraction}`), fraction.length).scaled(Number(exponent));
  }

  /** A number, as it is written. Fails on what is no number, which is for the caller to keep out. */
  static of(value: number | string): Decimal {
    const decimal = Decimal.parse(String(value));
    if (decimal === undefined) throw new RangeError(`${value} is no decimal number`);
    return decimal;
  }

  plus(other: Decimal): Decimal {
    const places = Math.max(this.places, other.places);
    return new Decimal(this.digitsWith(places) + other.digitsWith(places), places);
  }

  minus(other: Decimal): Decimal {
    return this.plus(new Decimal(-other.digits, other.places));
  }

  times(other: Decimal): Decimal {
    return new Decimal(this.digits * other.digits, this.places + other.places);
  }

  /** The value divided by another, rounded to thousandths: enough for a quantity, never for money. */
  over(divisor: Decimal): Decimal {
    const exact = new Decimal(this.digits * 10n ** BigInt(divisor.places + 4), this.places);
    return new Decimal(new Decimal(exact.digits / divisor.digits, exact.places + 4).rounded(3), 3);
  }

  /** The value times ten to the power of `power`. */
  scaled(power: number): Decimal {
    const places = this.places - power;
    return places < 0 ? new Decimal(this.digits * 10n ** BigInt(-places), 0) : new Decimal(this.digits, places);
  }

  /** Below zero, zero or above as this is less than, equal to or more than the other. */
  compare(other: Decimal): number {
    const { digits } = this.minus(other);
    return digits === 0n ? 0 : digits < 0n ? -1 : 1;
  }

  get isZero(): boolean {
    return this.digits === 0n;
  }

  /** Rounded to a whole number of cents, halves away from zero. Fails above what a number holds exactly. */
  toCents(): Cents {
    const cents = Number(this.rounded(CENTS));
    if (!Number.isSafeInteger(cents)) throw new RangeError(`${this} is too much money`);
    return cents;
  }

  /** Whole cents below the value, and what is left above them. */
  floorCents(): { readonly cents: Cents; readonly rest: Decimal } {
    const exact = this.digitsWith(Math.max(this.places, CENTS));
    const unit = 10n ** BigInt(Math.max(this.places - CENTS, 0));
    const whole = exact / unit - (exact % unit < 0n ? 1n : 0n);
    return { cents: Number(whole), rest: this.minus(new Decimal(whole, CENTS)) };
  }

  /** The nearest number; prices and quantities print as they were written. */
  toNumber(): number {
    return Number(this.toString());
  }

  toString(): string {
    const text = (this.digits < 0n ? -this.digits : this.digits).toString().padStart(this.places + 1, '0');
    const whole = text.slice(0, text.length - this.places);
    const fraction = text.slice(text.length - this.places).replace(/0+$/, '');
    const sign = this.digits < 0n ? '-' : '';
    return `${sign}${whole}${fraction === '' ? '' : `.${fraction}`}`;
  }

  private digitsWith(places: number): bigint {
    return this.digits * 10n ** BigInt(places - this.places);
  }

  private rounded(places: number): bigint {
    if (this.places <= places) return this.digitsWith(places);
    const unit = 10n ** BigInt(this.places - places);
    const half = this.digits < 0n ? -unit / 2n : unit / 2n;
    return (this.digits + half) / unit;
  }
}

/** The exact sum of decimals. */
export function sumOf(values: readonly Decimal[]): Decimal {
  return values.reduce((sum, value) => sum.plus(value), Decimal.ZERO);
}

/**
 * Rounds parts of a sum to cents so that they add up to the rounded sum: each is rounded down, and the cents that are
 * left go to the largest remainders (https://en.wikipedia.org/wiki/Quota_method, Hamilton's).
 */
export function apportion(parts: readonly Decimal[]): readonly Cents[] {
  const floors = parts.map((part) => part.floorCents());
  const left = sumOf(parts).toCents() - floors.reduce((sum, { cents }) => sum + cents, 0);
  const byRemainder = floors
    .map(({ rest }, index) => ({ rest, index }))
    .sort((one, other) => other.rest.compare(one.rest) || one.index - other.index);
  const raised = new Set(byRemainder.slice(0, left).map(({ index }) => index));
  return floors.map(({ cents }, index) => cents + (raised.has(index) ? 1 : 0));
}
