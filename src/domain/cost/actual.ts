import { apportion, type Cents, Decimal, sumOf } from './decimal.js';

/** What one service was billed on one day. */
export interface BilledAmount {
  /** `YYYY-MM-DD`, in UTC, as Cost Explorer counts days. */
  readonly day: string;
  readonly service: string;
  readonly amount: Decimal;
}

/** What Cost Explorer answered about an environment's tag, since the first of the month. */
export interface Bill {
  /** First day, and the day after the last. */
  readonly from: string;
  readonly to: string;
  readonly currency: string;
  readonly amounts: readonly BilledAmount[];
  /** What it expects from a day on until the end of the month; null where it does not say. */
  readonly expected: { readonly from: string; readonly amount: Decimal } | null;
  /** Why there is no forecast; null where there is one. */
  readonly noForecast: string | null;
  /** When it was asked, as ISO text; a cached answer is older than the report. */
  readonly askedAt: string;
}

/** Money by service or by day. */
export interface Billed {
  readonly name: string;
  readonly amount: Cents;
}

/** The bill in cents. Services add up to the month to date, and so do days. */
export interface ActualCost {
  readonly from: string;
  readonly to: string;
  readonly currency: string;
  readonly monthToDate: Cents;
  /** The whole month: what was billed and what is expected; null where there is no forecast. */
  readonly forecast: Cents | null;
  readonly noForecast: string | null;
  readonly byService: readonly Billed[];
  readonly byDay: readonly Billed[];
  readonly askedAt: string;
}

/** What Cost Explorer bills for each request, each page of an answer counted: https://aws.amazon.com/aws-cost-management/aws-cost-explorer/pricing/ */
export const REQUEST_PRICE = Decimal.of('0.01');

/** Rounds a bill to cents so that what is shown adds up. */
export function actualCost(bill: Bill): ActualCost {
  const { from, to, currency, noForecast, askedAt, amounts, expected } = bill;
  const exact = sumOf(amounts.map(({ amount }) => amount));
  const services = grouped(amounts, ({ service }) => service).sort(
    (one, other) => other.amount - one.amount || (one.name < other.name ? -1 : 1),
  );
  const days = grouped(amounts, ({ day }) => day).sort((one, other) => (one.name < other.name ? -1 : 1));
  return {
    from,
    to,
    currency,
    monthToDate: exact.toCents(),
    forecast: expected === null ? null : forecastOf(amounts, expected).toCents(),
    noForecast,
    byService: services,
    byDay: days,
    askedAt,
  };
}

/** What was billed before the expectation begins, and the expectation. */
function forecastOf(amounts: readonly BilledAmount[], { from, amount }: NonNullable<Bill['expected']>): Decimal {
  return sumOf(amounts.flatMap((billed) => (billed.day < from ? [billed.amount] : []))).plus(amount);
}

/** Whether nothing was billed at all, which has reasons of its own. */
export function isEmpty({ amounts }: Bill): boolean {
  return amounts.every(({ amount }) => amount.isZero);
}

function grouped(amounts: readonly BilledAmount[], key: (amount: BilledAmount) => string): Billed[] {
  const sums = new Map<string, Decimal>();
  for (const amount of amounts) sums.set(key(amount), (sums.get(key(amount)) ?? Decimal.ZERO).plus(amount.amount));
  const rounded = apportion([...sums.values()]);
  return [...sums.keys()].map((name, index) => ({ name, amount: rounded[index] ?? 0 }));
}
