import { beforeEach, describe, expect, it } from '@jest/globals';
import { parseHcl } from '../../../src/adapters/hcl/parse.js';
import { Decimal } from '../../../src/domain/cost/decimal.js';
import { decodeUsage } from '../../../src/domain/cost/usage.js';
import { type ReportCostsOptions, reportCosts } from '../../../src/services/report-costs.js';
import { ACCOUNT, bindingOf, PRODUCTION, STAGING } from '../../fakes/bindings.js';
import { billOf, priceTableOf } from '../../fakes/cost-ports.js';
import { failureOf } from '../../fakes/failure.js';
import { fakePorts, toolFailure } from '../../fakes/ports.js';
import { stateOf } from '../../fakes/states.js';

let ports: ReturnType<typeof fakePorts>;

beforeEach(() => {
  ports = fakePorts();
});

const run = (options: Partial<ReportCostsOptions> = {}) =>
  reportCosts(ports, { binding: STAGING, actual: false, ...options });
const asked = (port: string) => ports.journal.filter((call) => call === port).length;

describe('the cost of an environment', () => {
  it('is reckoned from its state, by the prices of its region', async () => {
    const { report, notes, failures } = await run();
    // A million requests to a queue.
    expect(report).toMatchObject({
      environment: 'staging',
      region: 'us-east-1',
      priceDate: '2026-11-01',
      totals: { fixed: 0, usage: 40 },
      actual: null,
      comparison: null,
    });
    expect([notes, failures]).toEqual([[], []]);
  });

  it('goes by what its team says of its use', async () => {
    ports.costSources.said.set('staging', await usageOf('aws_sqs_queue {\n requests = 5000000\n}'));
    expect((await run()).report.totals.usage).toBe(200);
  });

  it('names the line that declares what nothing uses', async () => {
    const eip = (address: string) => ({ address, type: 'aws_eip', attributes: { id: address } });
    ports.costSources.tables.set('us-east-1', priceTableOf({ 'vpc/public-ipv4': '0.005' }));
    ports.stateStore.state = stateOf({ instances: [eip('module.network.aws_eip.nat["a"]'), eip('aws_eip.elsewhere')] });
    const location = { file: 'terraform/modules/network/main.tf', line: 94, column: 1 };
    ports.configuration.configured = new Map([['module.network.aws_eip.nat', { location, countedBy: [] }]]);
    expect((await run()).report.savings.map(({ change }) => change)).toEqual([
      'edit line 94 of terraform/modules/network/main.tf: use module.network.aws_eip.nat["a"], or remove it',
      'use it, or remove aws_eip.elsewhere from the configuration',
    ]);
  });

  it('has what is tagged and in no state', async () => {
    ports.inventory.resources = [
      { arn: `arn:aws:ec2:us-east-1:${ACCOUNT}:natgateway/nat-0123456789abcdef0`, tags: { Environment: 'staging' } },
      { arn: `arn:aws:ec2:us-east-1:${ACCOUNT}:natgateway/nat-00000000000000000`, tags: { Environment: 'production' } },
    ];
    const { report } = await run();
    expect(report.resources.filter(({ origin }) => origin === 'orphan')).toHaveLength(1);
    expect(report.totals.fixed).toBe(3285);
  });

  it('is told beside another, which has a state of its own', async () => {
    ports.stateStore.otherStates.set('production', stateOf({ instances: [] }));
    const { report } = await run({ compare: PRODUCTION });
    expect(report.comparison).toMatchObject({
      environment: 'production',
      totals: { own: { usage: 40 }, other: { usage: 0 } },
    });
  });

  it('is nothing before the first deployment, and that is said', async () => {
    ports.stateStore.state = null;
    const { report, notes } = await run();
    expect(report.resources).toEqual([]);
    expect(notes).toEqual(['staging was never deployed: it has no state']);
  });

  it('warns of use that is said of what is not there', async () => {
    ports.costSources.said.set('staging', await usageOf('aws_sqs_queue "aws_sqs_queue.thsi" {\n requests = 1\n}'));
    expect((await run()).notes).toEqual([
      'warning: terraform/usage.hcl:2 says the use of aws_sqs_queue.thsi, which staging does not have',
    ]);
  });

  it('cannot be told of a region without prices', async () => {
    const failure = await failureOf(() => run({ binding: bindingOf('staging', { region: 'eu-west-1' }) }));
    expect(failure).toMatchObject({ code: 'PricesMissing', exitCode: 2 });
    expect(failure.message).toBe('there is no price table for eu-west-1, where "staging" lives; there are us-east-1');
    expect(failure.nextSteps).toEqual(['mhtctl prices refresh --region eu-west-1']);
  });

  it('is not compared with one in another currency', async () => {
    ports.costSources.tables.set('cn-north-1', { ...priceTableOf(), region: 'cn-north-1', currency: 'CNY' });
    const failure = await failureOf(() => run({ compare: bindingOf('china', { region: 'cn-north-1' }) }));
    expect(failure).toMatchObject({ code: 'CurrenciesDiffer', exitCode: 2 });
    expect(failure.message).toContain('"staging" is billed in USD and "china" in CNY');
  });

  it('cannot be told without its state', async () => {
    ports.stateStore.readFailure = toolFailure('S3 is down');
    expect((await failureOf(() => run())).message).toBe('S3 is down');
  });

  it('is not told by credentials of another account', async () => {
    ports.identities.identity = { accountId: '999999999999', arn: 'arn:aws:iam::999999999999:user/eve' };
    expect(await failureOf(() => run({ actual: true }))).toMatchObject({ code: 'WrongAccount', exitCode: 7 });
    expect(asked('bills.monthToDate')).toBe(0);
  });

  it('is told without orphans where tags cannot be read, and that is a failure', async () => {
    // biome-ignore lint/correctness/useYield: it fails before there is a page.
    ports.inventory.pages = async function* () {
      throw toolFailure('AWS denied tag:GetResources');
    };
    const { report, failures } = await run();
    expect(report.totals.usage).toBe(40);
    expect(failures.map(({ message }) => message)).toEqual(['AWS denied tag:GetResources']);
  });

  it('ends at an interrupt', async () => {
    ports.interruption.interrupt();
    expect((await failureOf(() => run())).code).toBe('Interrupted');
  });
});

describe('what was billed', () => {
  it('is asked for only when it is wanted', async () => {
    await run();
    expect(asked('bills.monthToDate')).toBe(0);
  });

  it('is that of the account in use, and what asking cost is said once', async () => {
    const { report, notes } = await run({ actual: true, compare: PRODUCTION });
    expect(report.actual).toMatchObject({ monthToDate: 1250, byService: [{ name: 'EC2 - Other', amount: 1250 }] });
    expect(ports.bills.accounts).toEqual([ACCOUNT]);
    expect(notes).toEqual(['Cost Explorer bills 0.01 USD a request: 2 were made, 0.02 USD; --no-actual leaves it out']);
  });

  it('costs nothing where it was kept from earlier in the day', async () => {
    ports.bills.answer = { ...ports.bills.answer, asked: 0 };
    expect((await run({ actual: true })).notes).toEqual([]);
  });

  it('has a forecast of the month: what was billed until then, and what is expected', async () => {
    const amounts = ['2026-11-01', '2026-11-22', '2026-11-23'].map((day) => ({
      day,
      service: 'S',
      amount: Decimal.of(10),
    }));
    const bill = billOf(
      {},
      { amounts, expected: { from: '2026-11-23', amount: Decimal.of('80.25') }, noForecast: null },
    );
    ports.bills.answer = { bill, asked: 2 };
    expect((await run({ actual: true })).report.actual).toMatchObject({ monthToDate: 3000, forecast: 10_025 });
  });

  it.each([[{}], [{ 'EC2 - Other': '0' }]])('is explained where it is nothing: %j', async (services) => {
    ports.bills.answer = { bill: billOf(services), asked: 2 };
    const { report, notes } = await run({ actual: true });
    expect(report.actual).toBeNull();
    expect(notes[1]).toContain('nothing billed for the tag Environment = staging since 2026-11-01');
    expect(notes[1]).toContain(
      'aws ce update-cost-allocation-tags-status --cost-allocation-tags-status TagKey=Environment,Status=Active',
    );
  });

  it('is left out where AWS refuses, and that is a failure', async () => {
    ports.bills.failure = toolFailure('AWS denied ce:GetCostAndUsage');
    const { report, failures } = await run({ actual: true });
    expect(report).toMatchObject({ actual: null, totals: { usage: 40 } });
    expect(failures.map(({ message }) => message)).toEqual(['AWS denied ce:GetCostAndUsage']);
  });

  it('lets a bug be one', async () => {
    ports.bills.failure = new TypeError('a bug');
    await expect(run({ actual: true })).rejects.toThrow('a bug');
  });
});

async function usageOf(text: string) {
  const body = parseHcl('terraform/usage.hcl', `environment "staging" {\n${text}\n}\n`);
  const usage = decodeUsage(body, ['staging']).get('staging');
  if (usage === undefined) throw new Error('nothing was said of staging');
  return usage;
}
