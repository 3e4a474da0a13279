import { describe, expect, it } from '@jest/globals';
import type { HclValue } from '../../../../src/domain/hcl-value.js';
import { configuredOffHours } from '../../../../src/domain/off-hours/configured.js';
import { asWritten, minutesOnPerWeek, sameOffHours } from '../../../../src/domain/off-hours/schedule.js';
import { failureOf } from '../../../fakes/failure.js';
import { offHoursOf } from '../../../fakes/off-hours.js';

const sources = (value: HclValue) => ({
  variableSources: {
    off_hours: { name: 'off_hours', value, location: { file: 'terraform.tfvars.staging', line: 40, column: 1 } },
  },
});

describe('the schedule of a tfvars file', () => {
  it('is read as it is written', () => {
    expect(configuredOffHours(sources(asWritten(offHoursOf())))).toEqual(offHoursOf());
  });

  it('is none where the variable is not set, or null', () => {
    expect(configuredOffHours({ variableSources: {} })).toBeNull();
    expect(configuredOffHours(sources(null))).toBeNull();
  });

  it.each<[string, HclValue]>([
    ['is no object', 'nights'],
    ['has no time of day as start', { ...asWritten(offHoursOf()), start: '7' }],
    ['has no time of day as stop', { ...asWritten(offHoursOf()), stop: 20 }],
    ['has other weekdays', { ...asWritten(offHoursOf()), weekdays: ['mon', 'tuesday'] }],
    ['has other weekdays', { ...asWritten(offHoursOf()), weekdays: [] }],
    ['has other weekdays', { ...asWritten(offHoursOf()), weekdays: ['mon', 'mon'] }],
    ['has no time zone', { ...asWritten(offHoursOf()), time_zone: 'Berlin' }],
    ['has "days"', { ...asWritten(offHoursOf()), days: [] }],
    ['stops before it starts', { ...asWritten(offHoursOf()), start: '21:00' }],
  ])('is refused with its line where it %s', async (problem, value) => {
    const failure = await failureOf(() => configuredOffHours(sources(value)));
    expect([failure.code, failure.exitCode]).toEqual(['InvalidVariables', 2]);
    expect(failure.message).toContain(problem);
    expect(failure.message).toContain('terraform.tfvars.staging:40');
  });
});

describe('a schedule', () => {
  it('is on for its hours on its days', () => {
    expect(minutesOnPerWeek(offHoursOf()) / 60).toBe(65);
    expect(minutesOnPerWeek(offHoursOf({ start: '07:30', weekdays: ['sun'] })) / 60).toBe(12.5);
  });

  it('is the same as another that says the same', () => {
    expect(sameOffHours(offHoursOf(), offHoursOf())).toBe(true);
    expect(sameOffHours(offHoursOf(), offHoursOf({ stop: '20:01' }))).toBe(false);
    expect(sameOffHours(null, offHoursOf())).toBe(false);
    expect(sameOffHours(null, null)).toBe(true);
  });
});
