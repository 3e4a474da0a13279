import { beforeEach, describe, expect, it } from '@jest/globals';
import { KeptBills } from '../../../../src/adapters/cost/kept-bills.js';
import { Decimal } from '../../../../src/domain/cost/decimal.js';
import { PRODUCTION, STAGING } from '../../../fakes/bindings.js';
import { billOf, FakeBills } from '../../../fakes/cost-ports.js';
import { FakeWorkspace, toolFailure } from '../../../fakes/ports.js';

const MORNING = new Date('2026-11-23T08:00:00Z');
const EVENING = new Date('2026-11-23T23:59:59Z');
const TOMORROW = new Date('2026-11-24T00:00:00Z');
const BILL = billOf(
  { 'EC2 - Other': '0.1000000001', Tax: '-0.05' },
  { expected: { from: '2026-11-23', amount: Decimal.of('12.3') }, noForecast: null },
);

let bills: FakeBills;
let workspace: FakeWorkspace;
let kept: KeptBills;

beforeEach(() => {
  bills = new FakeBills([]);
  bills.answer = { bill: BILL, asked: 2 };
  workspace = new FakeWorkspace([]);
  kept = new KeptBills(bills, workspace);
});

const ask = (now: Date, account = '1') => kept.monthToDate(STAGING, account, now);

describe('a bill', () => {
  it('is asked for once a day, and comes back as it was', async () => {
    expect(await ask(MORNING)).toEqual({ bill: BILL, asked: 2 });
    expect(await ask(EVENING)).toEqual({ bill: BILL, asked: 0 });
    expect(bills.accounts).toHaveLength(1);
    expect((await ask(TOMORROW)).asked).toBe(2);
  });

  it('is kept for each environment and account', async () => {
    await ask(MORNING);
    expect((await ask(MORNING, '2')).asked).toBe(2);
    expect((await kept.monthToDate(PRODUCTION, '1', MORNING)).asked).toBe(2);
  });

  it('lets older ones go', async () => {
    await ask(MORNING);
    expect(workspace.swept).toEqual([
      { directory: `${STAGING.workDir}/bills`, before: new Date('2026-11-22T08:00:00Z') },
    ]);
  });

  it('is not kept where it is empty: that is most often being mended', async () => {
    bills.answer = { bill: billOf({}), asked: 2 };
    await ask(MORNING);
    expect((await ask(EVENING)).asked).toBe(2);
  });

  it.each([
    '',
    '{',
    '{}',
    '[]',
    'null',
    '{"format":2}',
    '{"format":1}',
    '{"format":1,"amounts":[{"amount":"x"}],"expected":null}',
  ])('is asked for again where what was kept is %j', async (text) => {
    await ask(MORNING);
    const [file = ''] = workspace.files.keys();
    workspace.files.set(file, text);
    expect(await ask(EVENING)).toEqual({ bill: BILL, asked: 2 });
  });

  it('is told although it cannot be kept', async () => {
    workspace.failure = toolFailure('disk full');
    expect((await ask(MORNING)).bill).toEqual(BILL);
  });

  it('that cannot be had fails as it does', async () => {
    bills.failure = toolFailure('denied');
    await expect(ask(MORNING)).rejects.toThrow('denied');
  });
});
