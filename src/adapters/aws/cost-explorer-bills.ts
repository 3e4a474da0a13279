import type { CostExplorerClient, Expression } from '@aws-sdk/client-cost-explorer';
import type { Bill, BilledAmount } from '../../domain/cost/actual.js';
import { Decimal } from '../../domain/cost/decimal.js';
import type { Binding } from '../../domain/environment.js';
import type { BillAnswer, Bills } from '../../ports/bills.js';
import { awsFailure, isAwsError } from './aws-failure.js';
import type { ClientConfigurations } from './client-configuration.js';

/** The tag that says whose a cost is; it has to be activated as a cost allocation tag. */
const TAG = 'Environment';
const FORECAST = 'ce:GetCostForecast';
const METRIC = 'UnblendedCost';
const DAY_MS = 24 * 60 * 60 * 1000;

/** Bills by the Cost Explorer API. Each request is billed, each page of an answer too. */
export class CostExplorerBills implements Bills {
  readonly #configurations: ClientConfigurations;

  constructor(configurations: ClientConfigurations) {
    this.#configurations = configurations;
  }

  async monthToDate(binding: Binding, accountId: string, now: Date): Promise<BillAnswer> {
    const { CostExplorerClient } = await import('./sdk/cost-explorer.js');
    const client = new CostExplorerClient(await this.#configurations.of(binding, homeRegion(binding.region)));
    const filter: Expression = {
      And: [
        { Tags: { Key: TAG, Values: [binding.name], MatchOptions: ['EQUALS'] } },
        { Dimensions: { Key: 'LINKED_ACCOUNT', Values: [accountId] } },
      ],
    };
    const today = dayOf(now);
    const period = { from: `${today.slice(0, 7)}-01`, to: dayOf(new Date(now.getTime() + DAY_MS)) };
    try {
      const billed = await amountsOf(client, filter, period);
      const ahead = await forecastOf(client, filter, today, firstOfNextMonth(now));
      const bill: Bill = {
        ...period,
        currency: billed.currency,
        amounts: billed.amounts,
        expected: ahead.amount === null ? null : { from: today, amount: ahead.amount },
        noForecast: ahead.why,
        askedAt: now.toISOString(),
      };
      return { bill, asked: billed.asked + 1 };
    } catch (error) {
      throw awsFailure(error, 'ce:GetCostAndUsage', `${TAG}=${binding.name}`);
    } finally {
      client.destroy();
    }
  }
}

async function amountsOf(
  client: CostExplorerClient,
  Filter: Expression,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<{ readonly amounts: readonly BilledAmount[]; readonly currency: string; readonly asked: number }> {
  const { GetCostAndUsageCommand } = await import('./sdk/cost-explorer.js');
  const amounts: BilledAmount[] = [];
  let currency: string | undefined;
  let asked = 0;
  let token: string | undefined;
  do {
    const page = await client.send(
      new GetCostAndUsageCommand({
        TimePeriod: { Start: from, End: to },
        Granularity: 'DAILY',
        Metrics: [METRIC],
        GroupBy: [{ Type: 'DIMENSION', Key: 'SERVICE' }],
        Filter,
        NextPageToken: token,
      }),
    );
    asked += 1;
    for (const { TimePeriod, Groups = [] } of page.ResultsByTime ?? []) {
      for (const { Keys: [service = ''] = [], Metrics } of Groups) {
        const { Amount = '0', Unit } = Metrics?.[METRIC] ?? {};
        currency ??= Unit;
        amounts.push({ day: TimePeriod?.Start ?? from, service, amount: Decimal.of(Amount) });
      }
    }
    token = page.NextPageToken;
  } while (token !== undefined && token !== '');
  return { amounts, currency: currency ?? 'USD', asked };
}

/** A forecast that cannot be had spoils no bill: with little history, Cost Explorer gives none. */
async function forecastOf(
  client: CostExplorerClient,
  Filter: Expression,
  from: string,
  to: string,
): Promise<{ readonly amount: Decimal | null; readonly why: string | null }> {
  const { GetCostForecastCommand } = await import('./sdk/cost-explorer.js');
  try {
    const { Total } = await client.send(
      new GetCostForecastCommand({
        TimePeriod: { Start: from, End: to },
        Granularity: 'DAILY',
        Metric: 'UNBLENDED_COST',
        Filter,
      }),
    );
    const amount = Decimal.parse(Total?.Amount ?? '');
    return amount === undefined ? { amount: null, why: 'Cost Explorer gave none' } : { amount, why: null };
  } catch (error) {
    return { amount: null, why: whyNot(error) };
  }
}

function whyNot(error: unknown): string {
  if (isAwsError(error, 'DataUnavailableException')) return 'Cost Explorer has too little history';
  const { code } = awsFailure(error, FORECAST, TAG);
  return code === 'AwsDenied' ? `AWS denied ${FORECAST}` : `${FORECAST} failed (${(error as Error).name})`;
}

/** Cost Explorer answers in one region of a partition: https://docs.aws.amazon.com/general/latest/gr/billing.html */
function homeRegion(region: string): string {
  return region.startsWith('cn-') ? 'cn-northwest-1' : 'us-east-1';
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}

function firstOfNextMonth(date: Date): string {
  return dayOf(new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1)));
}
