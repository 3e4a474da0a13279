import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ClientConfigurations } from '../../../src/adapters/aws/client-configuration.js';
import { CostExplorerBills } from '../../../src/adapters/aws/cost-explorer-bills.js';
import { actualCost } from '../../../src/domain/cost/actual.js';
import { bindingOf } from '../../support/bindings.js';
import { CallerEnvironment } from '../../support/caller-environment.js';
import { EMULATED_ACCOUNT, EmulatedAws } from '../../support/emulated-aws.js';
import { failureOf } from '../../support/failure.js';
import { type AskedRequest, type RecordedAnswer, RecordedAws } from '../../support/recorded-aws.js';

const bills = new CostExplorerBills(new ClientConfigurations());
const staging = bindingOf('staging');
const NOW = new Date('2026-11-23T10:00:00Z');
const ask = (now = NOW) => bills.monthToDate(staging, EMULATED_ACCOUNT, now);

const day = (start: string, services: Readonly<Record<string, string>>) => ({
  TimePeriod: { Start: start, End: start },
  Total: {},
  Groups: Object.entries(services).map(([service, Amount]) => ({
    Keys: [service],
    Metrics: { UnblendedCost: { Amount, Unit: 'USD' } },
  })),
  Estimated: true,
});

describe('a bill from the emulator', () => {
  let aws: EmulatedAws;
  /** The emulator gives these answers, one after the other, and empty ones afterwards. */
  const seed = async (...results: readonly object[]) => {
    const response = await fetch(`${aws.endpoint}/moto-api/static/ce/cost-and-usage-results`, {
      method: 'POST',
      body: JSON.stringify({ account_id: EMULATED_ACCOUNT, results }),
    });
    if (!response.ok) throw new Error(`the emulator was not seeded: ${response.status}`);
  };

  beforeAll(async () => {
    aws = await EmulatedAws.start();
  });
  afterAll(() => aws.stop());
  beforeEach(() => aws.reset());

  it('is what every service cost on every day', async () => {
    await seed({
      ResultsByTime: [
        day('2026-11-01', { 'EC2 - Other': '1.0500000001', 'Amazon Route 53': '0.5' }),
        day('2026-11-02', { 'EC2 - Other': '1.1' }),
      ],
    });
    const { bill, asked } = await ask();
    expect(bill).toMatchObject({ from: '2026-11-01', to: '2026-11-24', currency: 'USD', askedAt: NOW.toISOString() });
    expect(bill.amounts.map((one) => [one.day, one.service, one.amount.toString()])).toEqual([
      ['2026-11-01', 'EC2 - Other', '1.0500000001'],
      ['2026-11-01', 'Amazon Route 53', '0.5'],
      ['2026-11-02', 'EC2 - Other', '1.1'],
    ]);
    expect(asked).toBe(2);
    expect(actualCost(bill)).toMatchObject({
      monthToDate: 265,
      byService: [
        { name: 'EC2 - Other', amount: 215 },
        { name: 'Amazon Route 53', amount: 50 },
      ],
      byDay: [
        { name: '2026-11-01', amount: 155 },
        { name: '2026-11-02', amount: 110 },
      ],
    });
  });

  it('goes on over pages, each of which is a request', async () => {
    await seed(
      { ResultsByTime: [day('2026-11-01', { S3: '1' })], NextPageToken: 'second' },
      { ResultsByTime: [day('2026-11-02', { S3: '2' })], NextPageToken: 'third' },
      { ResultsByTime: [day('2026-11-03', { S3: '3' })] },
    );
    const { bill, asked } = await ask();
    expect(bill.amounts.map(({ amount }) => amount.toNumber())).toEqual([1, 2, 3]);
    expect(asked).toBe(4);
  });

  it('is empty where nothing was billed for the tag', async () => {
    expect((await ask()).bill.amounts).toEqual([]);
  });

  it('does without a forecast, which the emulator does not know', async () => {
    await seed({ ResultsByTime: [day('2026-11-01', { S3: '1' })] });
    const { bill } = await ask();
    expect(bill.expected).toBeNull();
    expect(bill.noForecast).toContain('ce:GetCostForecast');
  });
});

describe('a bill as AWS documents its answers', () => {
  const environment = new CallerEnvironment();
  let recorded: RecordedAws | undefined;

  afterAll(async () => {
    environment.restore();
    await recorded?.stop();
  });

  /** AWS that answers each operation, by its name without the service, in turn; the last answer stays. */
  async function answering(answers: Readonly<Record<string, readonly RecordedAnswer[]>>): Promise<RecordedAws> {
    await recorded?.stop();
    const given = new Map<string, number>();
    recorded = await RecordedAws.start((request) => {
      const operation = operationOf(request);
      const index = given.get(operation) ?? 0;
      given.set(operation, index + 1);
      const list = answers[operation] ?? [];
      return (
        list[Math.min(index, list.length - 1)] ?? {
          status: 400,
          body: JSON.stringify({ __type: 'UnknownOperationException' }),
        }
      );
    });
    environment.useAws({
      AWS_ENDPOINT_URL: recorded.endpoint,
      AWS_ACCESS_KEY_ID: 'x',
      AWS_SECRET_ACCESS_KEY: 'x',
      AWS_REGION: 'us-east-1',
    });
    return recorded;
  }

  // A forecast is asked for by its own members; the operation's name is in a header that is not recorded.
  const operationOf = ({ body }: AskedRequest) => ('Metric' in (JSON.parse(body) as object) ? 'forecast' : 'usage');
  const ok = (body: object): RecordedAnswer => ({ status: 200, body: JSON.stringify(body) });
  const failed = (type: string, message: string): RecordedAnswer => ({
    status: 400,
    body: JSON.stringify({ __type: type, message }),
  });
  const USAGE = ok({ ResultsByTime: [day('2026-11-22', { S3: '4' }), day('2026-11-23', { S3: '1' })] });

  it('has a forecast from today until the end of the month', async () => {
    const aws = await answering({ usage: [USAGE], forecast: [ok({ Total: { Amount: '12.5', Unit: 'USD' } })] });
    const { bill } = await ask();
    expect(bill.expected?.from).toBe('2026-11-23');
    // What was billed until yesterday, and what is expected from today on.
    expect(actualCost(bill).forecast).toBe(400 + 1250);
    const [usage, forecast] = aws.asked.map(({ body }) => JSON.parse(body) as Record<string, unknown>);
    expect(usage).toMatchObject({
      TimePeriod: { Start: '2026-11-01', End: '2026-11-24' },
      Granularity: 'DAILY',
      Metrics: ['UnblendedCost'],
      GroupBy: [{ Type: 'DIMENSION', Key: 'SERVICE' }],
      Filter: {
        And: [
          { Tags: { Key: 'Environment', Values: ['staging'], MatchOptions: ['EQUALS'] } },
          { Dimensions: { Key: 'LINKED_ACCOUNT', Values: [EMULATED_ACCOUNT] } },
        ],
      },
    });
    expect(forecast).toMatchObject({
      TimePeriod: { Start: '2026-11-23', End: '2026-12-01' },
      Metric: 'UNBLENDED_COST',
    });
  });

  it.each([
    ['2026-11-01T00:30:00Z', '2026-11-01', '2026-11-02', '2026-12-01'],
    ['2026-12-31T23:00:00Z', '2026-12-01', '2027-01-01', '2027-01-01'],
  ])('asks for periods that are never empty, as at %s', async (now, from, to, end) => {
    const aws = await answering({ usage: [USAGE], forecast: [ok({ Total: { Amount: '1', Unit: 'USD' } })] });
    await ask(new Date(now));
    const periods = aws.asked.map(({ body }) => (JSON.parse(body) as { TimePeriod: object }).TimePeriod);
    expect(periods).toEqual([
      { Start: from, End: to },
      { Start: now.slice(0, 10), End: end },
    ]);
  });

  it('says why there is no forecast', async () => {
    await answering({ usage: [USAGE], forecast: [failed('DataUnavailableException', 'Insufficient data')] });
    expect((await ask()).bill).toMatchObject({ expected: null, noForecast: 'Cost Explorer has too little history' });
    await answering({ usage: [USAGE], forecast: [failed('AccessDeniedException', 'not authorized')] });
    expect((await ask()).bill.noForecast).toContain('AWS denied ce:GetCostForecast');
  });

  it('names the permission that is missing', async () => {
    await answering({ usage: [failed('AccessDeniedException', 'not authorized to perform: ce:GetCostAndUsage')] });
    const failure = await failureOf(ask());
    expect(failure).toMatchObject({ code: 'AwsDenied', exitCode: 5 });
    expect(failure.message).toContain('AWS denied ce:GetCostAndUsage on Environment=staging');
    expect(failure.nextSteps[0]).toContain('allow ce:GetCostAndUsage');
  });

  it('is asked for again when AWS throttles, and fails when it goes on', async () => {
    const throttled = failed('ThrottlingException', 'Rate exceeded');
    await answering({ usage: [throttled, USAGE], forecast: [failed('DataUnavailableException', '')] });
    expect((await ask()).bill.amounts).toHaveLength(2);
    await answering({ usage: [throttled] });
    expect(await failureOf(ask())).toMatchObject({
      code: 'AwsFailed',
      message: expect.stringContaining('Rate exceeded'),
    });
  });

  it('counts credits, and keeps the currency it is in', async () => {
    const usage = ok({
      ResultsByTime: [
        {
          TimePeriod: { Start: '2026-11-01', End: '2026-11-02' },
          Groups: [
            { Keys: ['S3'], Metrics: { UnblendedCost: { Amount: '10', Unit: 'CNY' } } },
            { Keys: ['Credits'], Metrics: { UnblendedCost: { Amount: '-2.5', Unit: 'CNY' } } },
          ],
        },
      ],
    });
    await answering({ usage: [usage], forecast: [failed('DataUnavailableException', '')] });
    expect(actualCost((await ask()).bill)).toMatchObject({ currency: 'CNY', monthToDate: 750 });
  });
});
