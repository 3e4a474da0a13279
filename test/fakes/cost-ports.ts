import type { Bill } from '../../src/domain/cost/actual.js';
import { Decimal } from '../../src/domain/cost/decimal.js';
import { type ListedProduct, parseListedProduct } from '../../src/domain/cost/price-list/listed-product.js';
import { currencyOf, type PriceTable } from '../../src/domain/cost/prices.js';
import { Usage } from '../../src/domain/cost/usage.js';
import type { Binding } from '../../src/domain/environment.js';
import type { BillAnswer, Bills } from '../../src/ports/bills.js';
import type { CostSources } from '../../src/ports/cost-sources.js';
import type { PriceList, PriceListQuestion } from '../../src/ports/price-list.js';
import { LISTED_EVERYWHERE, type ListedRow, listedDocument, listedIn, matches } from '../support/listed-products.js';

/** A table with the prices that the tests' own resources need. */
export function priceTableOf(prices: Readonly<Record<string, string>> = {}): PriceTable {
  const known = {
    'sqs/standard': '0.4',
    'sqs/fifo': '0.5',
    'vpc/nat-gateway/hours': '0.045',
    'vpc/nat-gateway/data': '0.045',
  };
  return {
    region: 'us-east-1',
    currency: 'USD',
    date: '2026-11-01',
    prices: new Map(
      Object.entries({ ...known, ...prices }).map(([key, price]) => [
        key,
        { price: Decimal.of(price), per: key.startsWith('sqs/') ? 1_000_000 : 1, source: 'a test', date: null },
      ]),
    ),
  };
}

export class FakeCostSources implements CostSources {
  /** Tables by region. */
  readonly tables = new Map<string, PriceTable>([['us-east-1', priceTableOf()]]);
  readonly said = new Map<string, Usage>();
  /** Tables that were written, in order. */
  readonly kept: PriceTable[] = [];
  failure: unknown;

  async prices(region: string): Promise<PriceTable | null> {
    return this.tables.get(region) ?? null;
  }

  async keepPrices(table: PriceTable): Promise<string> {
    if (this.failure !== undefined) throw this.failure;
    this.kept.push(table);
    this.tables.set(table.region, table);
    return `prices/${table.region}.json`;
  }

  async regions(): Promise<readonly string[]> {
    return [...this.tables.keys()];
  }

  async usage(environment: string): Promise<Usage> {
    return this.said.get(environment) ?? Usage.NONE;
  }
}

/** A bill of these amounts by service, all on the first of November. */
export function billOf(services: Readonly<Record<string, string>>, parts: Partial<Bill> = {}): Bill {
  return {
    from: '2026-11-01',
    to: '2026-11-24',
    currency: 'USD',
    amounts: Object.entries(services).map(([service, amount]) => ({
      day: '2026-11-01',
      service,
      amount: Decimal.of(amount),
    })),
    expected: null,
    noForecast: 'Cost Explorer has too little history',
    askedAt: '2026-11-23T10:00:00.000Z',
    ...parts,
  };
}

export class FakeBills implements Bills {
  answer: BillAnswer = { bill: billOf({ 'EC2 - Other': '12.5' }), asked: 2 };
  failure: unknown;
  readonly accounts: string[] = [];

  constructor(readonly journal: string[]) {}

  async monthToDate(_: Binding, accountId: string): Promise<BillAnswer> {
    this.journal.push('bills.monthToDate');
    this.accounts.push(accountId);
    if (this.failure !== undefined) throw this.failure;
    return this.answer;
  }
}

/** AWS's price list over the products a test gives it. */
export class FakePriceList implements PriceList {
  rows: readonly ListedRow[] = [...listedIn('us-east-1', ''), ...LISTED_EVERYWHERE];
  known: readonly string[] = ['eu-central-1', 'us-east-1'];
  readonly asked: PriceListQuestion[] = [];
  failure: unknown;

  async regions(): Promise<readonly string[]> {
    return this.known;
  }

  async products(region: string, question: PriceListQuestion): Promise<readonly ListedProduct[]> {
    this.asked.push(question);
    if (this.failure !== undefined) throw this.failure;
    return this.rows
      .filter((row) => row.service === question.service && matches(row, question.attributes))
      .map((row) => parseListedProduct(listedDocument(row, currencyOf(region))));
  }
}
