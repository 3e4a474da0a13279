import { describe, expect, it } from '@jest/globals';
import { judgePlan } from '../../../../src/domain/plan-checks/index.js';
import { bindingOf, PRODUCTION, STAGING } from '../../../fakes/bindings.js';
import { scheduleResource, scheduleResources } from '../../../fakes/off-hours.js';
import { changeOf, planFileOf, planOf } from '../../../fakes/plans.js';
import { found } from './judge.js';

const RULE = 'off-hours-not-allowed';
const STOP = scheduleResource('stop', 'rate(1 day)');
const creation = changeOf(STOP.address, { type: STOP.type, after: STOP.attributes });

describe('a schedule that stops instances', () => {
  it('is let be in an environment that may have one', () => {
    expect(found(RULE, [creation], { binding: STAGING })).toEqual([]);
    const allowed = bindingOf('production', { policy: { offHours: true } });
    expect(found(RULE, [creation], { binding: allowed })).toEqual([]);
  });

  it('is refused in a protected one, however it is written', () => {
    expect(found(RULE, [creation], { binding: PRODUCTION })).toEqual([
      {
        rule: RULE,
        severity: 'forbidden',
        address: STOP.address,
        message: expect.stringContaining('mhtctl schedule production'),
      },
    ]);
    const changed = { ...creation, actions: ['update'] as const };
    expect(found(RULE, [changed], { binding: PRODUCTION })).toHaveLength(1);
  });

  it('may be taken away everywhere', () => {
    const removal = changeOf(STOP.address, {
      type: STOP.type,
      actions: ['delete'],
      before: STOP.attributes,
      after: null,
    });
    expect(found(RULE, [removal], { binding: PRODUCTION })).toEqual([]);
  });

  it('that is there already is said, and holds up nothing else', () => {
    const risks = judgePlan({
      plan: planOf([changeOf('aws_sqs_queue.a')], { unchanged: scheduleResources() }),
      file: planFileOf(PRODUCTION),
      binding: PRODUCTION,
      others: [],
      cost: null,
    }).filter(({ rule }) => rule === RULE);
    expect(risks.map(({ severity, address }) => [severity, address])).toEqual([['notice', STOP.address]]);
  });
});
