import { describe, expect, it } from '@jest/globals';
import { appliedOffHours, stopsInstances } from '../../../../src/domain/off-hours/applied.js';
import { offHoursOf, scheduleResource, scheduleResources } from '../../../fakes/off-hours.js';

const START = 'cron(0 7 ? * MON,TUE,WED,THU,FRI *)';

describe('the schedules that are applied', () => {
  it('are read from what Terraform keeps', () => {
    expect(appliedOffHours(scheduleResources(['i-1', 'i-2']))).toEqual([
      { schedule: offHoursOf(), instanceIds: ['i-1', 'i-2'] },
    ]);
  });

  it('have minutes, and days in the order of a calendar', () => {
    const resources = [
      scheduleResource('start', 'cron(5 9 ? * SUN,MON *)'),
      scheduleResource('stop', 'cron(30 17 ? * SUN,MON *)'),
    ];
    expect(appliedOffHours(resources)[0]?.schedule).toEqual(
      offHoursOf({ start: '09:05', stop: '17:30', weekdays: ['mon', 'sun'] }),
    );
  });

  it('do not know their instances where a plan does not', () => {
    const unknown = scheduleResources().map((resource) => ({
      ...resource,
      attributes: {
        ...resource.attributes,
        target: [{ arn: (resource.attributes['target'] as { arn: string }[])[0]?.arn ?? '' }],
      },
    }));
    expect(appliedOffHours(unknown)).toEqual([{ schedule: offHoursOf(), instanceIds: null }]);
  });

  it.each([
    ['one has no other half', [scheduleResource('start', START)]],
    ['the days differ', [scheduleResource('start', START), scheduleResource('stop', 'cron(0 20 ? * MON *)')]],
    [
      'the instances differ',
      [
        scheduleResource('start', START),
        scheduleResource('stop', 'cron(0 20 ? * MON,TUE,WED,THU,FRI *)', { instanceIds: ['i-2'] }),
      ],
    ],
    ['one is switched off', [scheduleResources()[0], scheduleResource('stop', START, { state: 'DISABLED' })]],
    ['the hours are written in another way', [scheduleResource('start', 'rate(1 day)'), scheduleResources()[1]]],
    [
      'the stop comes first',
      [scheduleResource('start', 'cron(0 22 ? * MON,TUE,WED,THU,FRI *)'), scheduleResources()[1]],
    ],
  ])('are none where %s', (_, resources) => {
    expect(appliedOffHours(resources.flatMap((resource) => resource ?? []))).toEqual([]);
  });

  it('are no schedules of another kind', () => {
    const other = scheduleResource('stop', START, {
      target: [{ arn: 'arn:aws:sqs:us-east-1:111111111111:orders', input: '{}' }],
    });
    expect(stopsInstances(other)).toBe(false);
    expect(appliedOffHours([other])).toEqual([]);
  });

  it('stop instances whatever their hours', () => {
    expect(stopsInstances(scheduleResource('stop', 'rate(1 day)'))).toBe(true);
    expect(stopsInstances(scheduleResource('start', START))).toBe(false);
  });
});
