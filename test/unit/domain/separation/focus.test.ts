import { describe, expect, it } from '@jest/globals';
import { focusOn } from '../../../../src/domain/separation/focus.js';
import type { StateInstance } from '../../../../src/domain/state.js';
import { evidenceOf } from '../../../fakes/separation-evidence.js';

const BALANCER = 'arn:aws:elasticloadbalancing:us-east-1:111111111111:loadbalancer/app/shared/50dc6c495c0c9188';
const LISTENER = `${BALANCER.replace(':loadbalancer/', ':listener/')}/f2f7dc8efc522ab2`;

const focus = (type: string, attributes: StateInstance['attributes']) =>
  focusOn(evidenceOf({ states: { staging: [{ address: `${type}.this`, type, attributes }] } }).environments);

describe('what is worth a closer look', () => {
  it.each([
    {
      whole: 'the zone of a record in a state',
      id: 'arn:aws:route53:::hostedzone/Z1',
      type: 'aws_route53_record',
      attributes: { zone_id: 'Z1', name: 'x.corp.internal', type: 'A' },
    },
    {
      whole: 'the load balancer of a listener in a state',
      id: BALANCER,
      type: 'aws_lb_listener',
      attributes: { arn: LISTENER, load_balancer_arn: BALANCER },
    },
  ])("is $whole, though it has nobody's name or tag", ({ id, type, attributes }) => {
    expect(focus(type, attributes).concerns({ id, name: 'shared' })).toBe(true);
  });

  it('is no zone that no state has a record in', () => {
    const { concerns } = focus('aws_route53_record', { zone_id: 'Z1', name: 'x.corp.internal', type: 'A' });
    expect(concerns({ id: 'arn:aws:route53:::hostedzone/Z2', name: 'corp.internal' })).toBe(false);
  });
});
