import { describe, expect, it } from '@jest/globals';
import type { OwnInstance } from '../../../src/domain/off-hours/instances.js';
import type { ScheduleStatus } from '../../../src/domain/off-hours/status.js';
import { hoursText, offHoursText } from '../../../src/presenters/off-hours-text.js';
import { instancesText, powerText } from '../../../src/presenters/power-text.js';
import { scheduleJson } from '../../../src/presenters/schedule-json.js';
import { scheduleText } from '../../../src/presenters/schedule-text.js';
import { textStyle } from '../../../src/presenters/style.js';
import { offHoursOf } from '../../fakes/off-hours.js';

const PLAIN = textStyle(false);
const NEXT = { start: new Date('2026-11-26T06:00:00Z'), stop: new Date('2026-11-25T19:00:00Z'), on: true };
const STATUS: ScheduleStatus = {
  environment: 'staging',
  allowed: true,
  file: 'terraform/terraform.tfvars.staging',
  configured: offHoursOf(),
  applied: offHoursOf(),
  next: NEXT,
  pending: false,
};

describe('a schedule in words', () => {
  it.each([
    [['mon', 'tue', 'wed', 'thu', 'fri'], 'mon-fri'],
    [['mon', 'tue'], 'mon,tue'],
    [['mon', 'wed', 'thu', 'fri', 'sun'], 'mon,wed-fri,sun'],
    [['sat'], 'sat'],
  ] as const)('has its days %j', (weekdays, words) => {
    expect(offHoursText(offHoursOf({ weekdays }))).toBe(`${words} 07:00-20:00 Europe/Berlin`);
  });

  it('has its hours', () => {
    expect(hoursText(offHoursOf({ start: '07:20' }))).toBe('63.33 of 168 hours a week');
  });
});

describe('the text of a schedule', () => {
  it('says what is configured, what is applied, and what comes next, the sooner first', () => {
    expect(scheduleText(STATUS, null, PLAIN).split('\n')).toEqual([
      'Off-hours of staging',
      '  configured  mon-fri 07:00-20:00 Europe/Berlin, 65 of 168 hours a week',
      '  applied     mon-fri 07:00-20:00 Europe/Berlin, 65 of 168 hours a week',
      '  next stop   Wed 25 Nov 2026 20:00 Europe/Berlin',
      '  next start  Thu 26 Nov 2026 07:00 Europe/Berlin',
    ]);
  });

  it('says what to run after a change, and that nothing is applied yet', () => {
    const set = { ...STATUS, applied: null, next: null, pending: true };
    expect(scheduleText(set, true, PLAIN).split('\n').slice(2)).toEqual([
      '  applied     none, the instances run always',
      'terraform/terraform.tfvars.staging was changed',
      '→ to apply it: mhtctl deploy staging',
    ]);
    expect(scheduleText(STATUS, false, PLAIN)).toContain('terraform.tfvars.staging is as it should be');
    expect(scheduleText({ ...STATUS, configured: null, pending: true }, true, PLAIN)).toContain('mhtctl start staging');
  });

  it('says where the policy lets none stop the instances', () => {
    const none = { ...STATUS, allowed: false, configured: null, applied: null, next: null };
    expect(scheduleText(none, null, PLAIN)).toContain('  policy      the instances are to run always');
  });

  it('fits a narrow terminal', () => {
    const lines = scheduleText({ ...STATUS, pending: true }, true, textStyle(false, 60)).split('\n');
    expect(lines.filter((line) => line.length > 60)).toEqual([]);
  });
});

describe('the JSON of a schedule', () => {
  it('has moments in UTC and the hours of a week', () => {
    expect(scheduleJson(STATUS, true)).toEqual({
      environment: 'staging',
      allowed: true,
      file: 'terraform/terraform.tfvars.staging',
      changed: true,
      configured: { ...offHoursOf(), hoursPerWeek: 65 },
      applied: { ...offHoursOf(), hoursPerWeek: 65 },
      next: { start: '2026-11-26T06:00:00.000Z', stop: '2026-11-25T19:00:00.000Z', on: true },
      pending: false,
    });
  });
});

describe('the text of stopping and starting', () => {
  const instances: readonly OwnInstance[] = [
    { id: 'i-0', name: 'mht-api-staging-0', address: 'aws_instance.this[0]', state: 'running' },
    { id: 'i-1', name: 'mht-api-staging-1', address: 'aws_instance.this[1]', state: 'stopped' },
  ];
  const result = { environment: 'staging', changed: true, instances, schedule: null, health: null };

  it('lists what would be stopped, with what it does now', () => {
    expect(instancesText('staging', instances, PLAIN).split('\n')).toEqual([
      'Instances of staging',
      '  name               id   now',
      '  mht-api-staging-0  i-0  running',
      '  mht-api-staging-1  i-1  stopped',
    ]);
  });

  it('says what comes next, by the schedule or by hand', () => {
    expect(powerText({ ...result, power: 'stopped' }, PLAIN).split('\n')).toEqual([
      'staging: its 2 instances are stopped',
      '→ mhtctl start staging',
    ]);
    const schedule = { hours: offHoursOf(), next: NEXT };
    expect(powerText({ ...result, power: 'stopped', schedule }, PLAIN)).toContain(
      'Next start by the schedule: Thu 26 Nov 2026 07:00 Europe/Berlin',
    );
    expect(powerText({ ...result, power: 'running', schedule }, PLAIN)).toContain(
      'Next stop by the schedule: Wed 25 Nov 2026 20:00 Europe/Berlin',
    );
  });

  it('says where nothing was to be done', () => {
    const [one] = instances;
    if (one === undefined) throw new Error('there is one');
    expect(powerText({ ...result, power: 'running', changed: false, instances: [one] }, PLAIN)).toBe(
      'staging: its instance is running already',
    );
  });
});
