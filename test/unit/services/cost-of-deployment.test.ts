import { beforeEach, describe, expect, it } from '@jest/globals';
import { MhtctlError } from '../../../src/domain/errors.js';
import { refuseRisks } from '../../../src/services/confirm-change.js';
import { prepareDeployment } from '../../../src/services/prepare-deployment.js';
import { bindingOf, STAGING } from '../../fakes/bindings.js';
import { priceTableOf } from '../../fakes/cost-ports.js';
import { failureOf } from '../../fakes/failure.js';
import { changeOf, planFileOf, planOf } from '../../fakes/plans.js';
import { fakePorts } from '../../fakes/ports.js';

let ports: ReturnType<typeof fakePorts>;

const GATEWAY = changeOf('module.network.aws_nat_gateway.this', {
  after: { connectivity_type: 'public', tags_all: { Environment: 'staging' } },
});
/** A gateway more is 32.85 a month. */
const limited = bindingOf('staging', {
  policy: { costLimit: { maxMonthly: undefined, maxIncrease: 30, onExcess: 'refuse' } },
});

beforeEach(() => {
  ports = fakePorts();
  ports.terraform.planToShow = planOf([GATEWAY]);
});

describe('the cost of a deployment', () => {
  it('is told before it is confirmed', async () => {
    const { cost } = await prepareDeployment(ports, { binding: STAGING });
    expect(cost).toMatchObject({
      currency: 'USD',
      before: { fixed: 0 },
      after: { fixed: 3285 },
      modules: [{ name: 'module.network' }],
    });
  });

  it('is that of the state where Terraform says that nothing changes', async () => {
    ports.terraform.hasChanges = false;
    const { cost } = await prepareDeployment(ports, { binding: STAGING });
    // The state has a queue, a million requests of which are assumed.
    expect(cost).toMatchObject({ before: { fixed: 0, usage: 40 }, after: { fixed: 0, usage: 40 }, modules: [] });
  });

  it('is not told without prices, which stops nothing', async () => {
    ports.costSources.tables.clear();
    const { cost, risks } = await prepareDeployment(ports, { binding: STAGING });
    expect([cost, risks]).toEqual([null, []]);
  });

  it('is not told of a plan of another environment', async () => {
    ports.terraform.planFile = planFileOf(bindingOf('production'));
    const { cost, risks } = await prepareDeployment(ports, { binding: STAGING });
    expect(cost).toBeNull();
    expect(risks.some(({ severity }) => severity === 'forbidden')).toBe(true);
  });

  it('that a policy does not allow refuses the deployment', async () => {
    const { risks } = await prepareDeployment(ports, { binding: limited });
    expect(risks).toMatchObject([{ rule: 'exceeds-cost-limit', severity: 'forbidden' }]);
    const failure = await failureOf(() => refuseRisks(risks, { binding: limited, allowDestroy: [], command: 'x' }));
    expect(failure).toMatchObject({ code: 'PlanForbidden', exitCode: 3 });
    expect(failure.message).toContain('the plan would add 32.85 USD a month; max_increase is 30');
  });

  it('that a policy limits has to be known', async () => {
    ports.costSources.tables.clear();
    const { risks } = await prepareDeployment(ports, { binding: limited });
    expect(risks).toMatchObject([{ rule: 'exceeds-cost-limit', severity: 'forbidden' }]);
  });

  it('stops no deployment that changes nothing', async () => {
    ports.terraform.hasChanges = false;
    ports.costSources.tables.set('us-east-1', priceTableOf());
    expect((await prepareDeployment(ports, { binding: limited })).risks).toEqual([]);
  });

  it('is not guessed at by files that cannot be read', async () => {
    ports.costSources.prices = async () => {
      throw new MhtctlError({ code: 'InvalidPrices', outcome: 'usage', message: 'it is not JSON' });
    };
    expect((await failureOf(() => prepareDeployment(ports, { binding: STAGING }))).exitCode).toBe(2);
  });
});
