import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { costOfPlan, costUnchanged } from '../../../../src/domain/cost/plan-cost.js';
import { parsePlanJson } from '../../../../src/domain/plan-json.js';
import { changeOf, planOf } from '../../../fakes/plans.js';
import { BASIS, demoState } from '../../../support/cost.js';

const fixtures = join(import.meta.dirname, '../../../fixtures/cost');

/** A plan of the demo's staging as `terraform show -json` printed it, reduced to what its cost hangs on. */
async function planned(name: 'create' | 'grow') {
  return parsePlanJson(JSON.parse(await readFile(join(fixtures, `${name}.plan.json`), 'utf8')));
}

const KEY = { customer_master_key_spec: 'SYMMETRIC_DEFAULT' };
const key = (address: string, parts: Parameters<typeof changeOf>[1] = {}) => changeOf(address, parts);

describe('the cost of a plan', () => {
  it('of a first deployment is what the environment costs afterwards, and what cannot be known yet by name', async () => {
    // The estimate of the demo is 72.00: the load balancer's two addresses, 7.30, hang on subnets that are not made yet.
    expect(costOfPlan(await planned('create'), BASIS)).toMatchObject({
      currency: 'USD',
      before: { fixed: 0, usage: 0 },
      after: { fixed: 7200 - 730 },
      unknown: [{ address: 'module.alb[0].aws_lb.app_lb', reasons: ['subnets is not known yet'] }],
    });
  });

  it('of a change counts what stays, what changes and what is new', async () => {
    // One t2.micro becomes two t3.small: 15.18 each for 8.47, and a second volume of 1.60.
    const cost = costOfPlan(await planned('grow'), BASIS);
    expect(cost.before).toEqual({ fixed: 7200, usage: 1017 });
    expect(cost.after).toEqual({ fixed: 7200 - 847 + 2 * 1518 + 160, usage: 1017 });
    expect(cost.modules).toEqual([
      {
        name: 'module.compute',
        before: { fixed: 847 + 160, usage: 0 },
        after: { fixed: 2 * (1518 + 160), usage: 0 },
      },
    ]);
    expect(cost.unknown).toEqual([]);
  });

  it('is that of the state where nothing changes', async () => {
    const cost = costUnchanged(await demoState('production'), BASIS);
    expect(cost).toMatchObject({ before: { fixed: 19_454, usage: 1134 }, modules: [], unknown: [] });
    expect(cost.after).toEqual(cost.before);
    expect(costUnchanged(null, BASIS)).toMatchObject({ before: { fixed: 0, usage: 0 }, after: { fixed: 0, usage: 0 } });
  });

  it.each([
    ['create', key('aws_kms_key.a', { before: null, after: KEY }), 0, 100],
    ['delete', key('aws_kms_key.a', { actions: ['delete'], before: KEY, after: null }), 100, 0],
    ['replace', key('aws_kms_key.a', { actions: ['delete', 'create'], before: KEY, after: KEY }), 100, 100],
    ['import', key('aws_kms_key.a', { actions: ['no-op'], before: KEY, after: KEY, importId: 'x' }), 100, 100],
    [
      'move',
      key('module.b.aws_kms_key.a', { actions: ['no-op'], before: KEY, after: KEY, previousAddress: 'aws_kms_key.a' }),
      100,
      100,
    ],
    [
      'forget, after which it is still paid for',
      key('aws_kms_key.a', { actions: ['forget'], before: KEY, after: null }),
      100,
      100,
    ],
  ])('counts a resource that is to %s', (_, change, before, after) => {
    const cost = costOfPlan(planOf([change]), BASIS);
    expect([cost.before.fixed, cost.after.fixed]).toEqual([before, after]);
  });

  it('tells modules apart, the largest change first, what moves from one to another too', () => {
    const cost = costOfPlan(
      planOf([
        key('module.b.aws_kms_key.a', {
          actions: ['no-op'],
          before: KEY,
          after: KEY,
          previousAddress: 'aws_kms_key.a',
        }),
        changeOf('module.n.aws_nat_gateway.a', { after: {} }),
        changeOf('module.same.aws_kms_key.a', { actions: ['update'], before: KEY, after: KEY }),
      ]),
      BASIS,
    );
    expect(cost.modules.map(({ name }) => name)).toEqual(['module.n', '(root)', 'module.b']);
  });

  it('names once what is unknown before and after', () => {
    const odd = changeOf('aws_instance.a', {
      actions: ['update'],
      before: { instance_type: 'x1' },
      after: { instance_type: 'x2' },
    });
    expect(costOfPlan(planOf([odd]), BASIS).unknown.map(({ address }) => address)).toEqual(['aws_instance.a']);
  });
});
