import { describe, expect, it } from '@jest/globals';
import { parseHcl } from '../../../src/adapters/hcl/parse.js';
import { decodePolicies } from '../../../src/domain/binding/policy.js';
import { failureOf } from '../../fakes/failure.js';

const FILE = 'terraform/policy.hcl';
const limitOf = async (...lines: readonly string[]) => {
  const text = ['environment "staging" {', ...lines, '}', ''].join('\n');
  return decodePolicies(parseHcl(FILE, text), ['staging']).get('staging')?.costLimit;
};
const inCost = (...lines: readonly string[]) => limitOf('cost {', ...lines, '}');

describe('the limit of cost in a policy', () => {
  it('is none without a block', async () => {
    expect(await limitOf('protected = false')).toBeUndefined();
  });

  it.each([
    [['max_monthly = 150.5'], { maxMonthly: 150.5, maxIncrease: undefined, onExcess: 'refuse' }],
    [['max_increase = 0', 'on_excess = "warn"'], { maxMonthly: undefined, maxIncrease: 0, onExcess: 'warn' }],
    [
      ['max_monthly = 100', 'max_increase = 25', 'on_excess = "refuse"'],
      { maxMonthly: 100, maxIncrease: 25, onExcess: 'refuse' },
    ],
  ])('is what it says: %j', async (lines, limit) => {
    expect(await inCost(...lines)).toEqual(limit);
  });

  it('stands beside health', async () => {
    expect(await limitOf('health {', 'path = "/up"', '}', 'cost {', 'max_monthly = 1', '}')).toMatchObject({
      maxMonthly: 1,
    });
  });

  it.each([
    [['max_montly = 1'], `unknown cost attribute "max_montly" at ${FILE}:3; did you mean "max_monthly"?`],
    [['max_monthly = "1"'], 'is a string; it has to be a number'],
    [['max_monthly = -1'], `max_monthly = -1 at ${FILE}:3 is no amount of money`],
    [['max_increase = 1000000001'], 'is no amount of money'],
    [['max_monthly = 1', 'on_excess = "stop"'], `on_excess = "stop" at ${FILE}:4 is neither "refuse" nor "warn"`],
    [['on_excess = "warn"'], `the cost block at ${FILE}:2 limits nothing`],
    [[], 'limits nothing'],
    [['more {', '}'], `unexpected "more" block at ${FILE}:3`],
  ])('is refused as %j', async (lines, message) => {
    const failure = await failureOf(() => inCost(...lines));
    expect(failure).toMatchObject({ code: 'InvalidPolicy', exitCode: 2 });
    expect(failure.message).toContain(message);
  });

  it('is one, without a label', async () => {
    const twice = await failureOf(() => limitOf('cost {', 'max_monthly = 1', '}', 'cost {', '}'));
    expect(twice.message).toContain(`unexpected "cost" block at ${FILE}:5`);
    expect((await failureOf(() => limitOf('cost "a" {', '}'))).message).toContain(
      `unexpected "cost" block at ${FILE}:2`,
    );
  });
});
