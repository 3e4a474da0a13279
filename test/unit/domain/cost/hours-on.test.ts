import { describe, expect, it } from '@jest/globals';
import type { CostedResource } from '../../../../src/domain/cost/costed-resource.js';
import { Decimal } from '../../../../src/domain/cost/decimal.js';
import { type EstimateBasis, estimate } from '../../../../src/domain/cost/estimate.js';
import { costOfPlan } from '../../../../src/domain/cost/plan-cost.js';
import { reportCosts } from '../../../../src/domain/cost/report.js';
import { Usage } from '../../../../src/domain/cost/usage.js';
import { scheduleResource, scheduleResources } from '../../../fakes/off-hours.js';
import { changeOf } from '../../../fakes/plans.js';
import { BASIS, demoEvidence, rowsOf } from '../../../support/cost.js';

const instance = (id: string): CostedResource => ({
  address: `aws_instance.${id}`,
  type: 'aws_instance',
  attributes: {
    id,
    instance_type: 't2.micro',
    public_ip: '203.0.113.1',
    root_block_device: [{ volume_type: 'gp3', volume_size: 20 }],
  },
});

/** 65 of 168 hours a week: 730 x 65/168 = 282.440; x 0.0116 = 3.276; x 0.005 = 1.412; 20 x 0.08 = 1.60. */
const SCHEDULED = [
  ['Instance t2.micro', '282.44', '0.0116', 328],
  ['Public IPv4 address', '282.44', '0.005', 141],
  ['Root volume (gp3)', '20', '0.08', 160],
];
const ALWAYS = [
  ['Instance t2.micro', '730', '0.0116', 847],
  ['Public IPv4 address', '730', '0.005', 365],
  ['Root volume (gp3)', '20', '0.08', 160],
];

function rows(resources: readonly CostedResource[], basis: EstimateBasis = BASIS) {
  return estimate(resources, basis)
    .filter(({ type }) => type === 'aws_instance')
    .map(rowsOf);
}

describe('an instance that a schedule stops', () => {
  it('costs its hours and the whole month of its volume; the address that AWS lends is given back', () => {
    expect(rows([instance('i-1'), ...scheduleResources(['i-1'])])).toEqual([SCHEDULED]);
  });

  it('is none that the schedule does not name', () => {
    expect(rows([instance('i-1'), instance('i-2'), ...scheduleResources(['i-2'])])).toEqual([ALWAYS, SCHEDULED]);
  });

  it('costs the whole month where the hours of its schedule cannot be read', () => {
    const odd = [scheduleResource('start', 'rate(1 day)'), scheduleResource('stop', 'rate(1 day)')];
    expect(rows([instance('i-1'), ...odd])).toEqual([ALWAYS]);
  });

  it('costs what the usage file says, if it says the hours', () => {
    const usage = Usage.NONE.having('aws_instance', 'hours', Decimal.of(730));
    expect(rows([instance('i-1'), ...scheduleResources(['i-1'])], { ...BASIS, usage })).toEqual([ALWAYS]);
  });
});

describe('a plan that makes a schedule', () => {
  it('costs less after it, also where the instances are made by the same plan', () => {
    const { id: _, public_ip: __, ...attributes } = instance('i-1').attributes;
    const made = changeOf('aws_instance.this', {
      after: { ...attributes, associate_public_ip_address: false },
      afterUnknown: { id: true, public_ip: true },
    });
    const schedules = scheduleResources().map(({ address, type, attributes: { target, ...rest } }) => {
      const [{ arn }] = target as unknown as readonly [{ readonly arn: string }];
      return changeOf(address, {
        type,
        after: { ...rest, target: [{ arn }] },
        afterUnknown: { target: [{ input: true }] },
      });
    });
    expect(costOfPlan({ changes: [made], unchanged: [] }, BASIS).after.fixed).toBe(847 + 160);
    expect(costOfPlan({ changes: [made, ...schedules], unchanged: [] }, BASIS).after.fixed).toBe(328 + 160);
  });

  it('costs less after it than before', () => {
    const schedules = scheduleResources(['i-1']).map(({ address, type, attributes }) =>
      changeOf(address, { type, after: attributes }),
    );
    const { before, after } = costOfPlan({ changes: schedules, unchanged: [instance('i-1')] }, BASIS);
    expect([before.fixed, after.fixed]).toEqual([847 + 365 + 160, 328 + 141 + 160]);
  });
});

describe('the report of an environment with a schedule', () => {
  it('says the hours that it counts, and for whom', async () => {
    const evidence = await demoEvidence('staging');
    const state = evidence.state;
    if (state === null) throw new Error('the demo has a state');
    const own = state.instances.find(({ type }) => type === 'aws_instance');
    const scheduled = {
      ...evidence,
      state: { ...state, instances: [...state.instances, ...scheduleResources([String(own?.attributes['id'])])] },
    };
    const report = reportCosts(scheduled, undefined, null);
    expect(report.hoursOn).toMatchObject({ instances: [own?.address], schedule: { start: '07:00' } });
    expect(report.hoursOn?.hours.toString()).toBe('282.44');
    // 8.47 for the whole month, 3.28 for the hours: all else is as it was.
    expect(reportCosts(evidence, undefined, null).totals.fixed - report.totals.fixed).toBe(847 - 328);
    expect(reportCosts(evidence, undefined, null).hoursOn).toBeNull();
    expect(report.savings.map(({ rule }) => rule)).not.toContain('off-hours');
  });
});
