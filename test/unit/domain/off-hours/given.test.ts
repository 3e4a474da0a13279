import { describe, expect, it } from '@jest/globals';
import { type GivenOffHours, offHoursFrom } from '../../../../src/domain/off-hours/given.js';
import type { OffHours } from '../../../../src/domain/off-hours/schedule.js';
import { failureOf } from '../../../fakes/failure.js';
import { offHoursOf } from '../../../fakes/off-hours.js';

const NOTHING: GivenOffHours = { start: undefined, stop: undefined, days: undefined, timeZone: undefined };
const COMMAND = 'mhtctl schedule staging';
const from = (given: Partial<GivenOffHours>, configured: OffHours | null = null) =>
  offHoursFrom({ ...NOTHING, ...given }, configured, COMMAND);
const refused = (given: Partial<GivenOffHours>, configured: OffHours | null = offHoursOf()) =>
  failureOf(() => from(given, configured));

describe('a schedule that is asked for', () => {
  it('is Monday to Friday where nobody says the days', () => {
    expect(from({ start: '07:00', stop: '20:00', timeZone: 'Europe/Berlin' })).toEqual(offHoursOf());
  });

  it('keeps what is configured and not given', () => {
    const configured = offHoursOf({ weekdays: ['sat'], timeZone: 'UTC' });
    expect(from({ stop: '18:30' }, configured)).toEqual({ ...configured, stop: '18:30' });
  });

  it.each([
    ['mon-fri', 'mon tue wed thu fri'],
    ['wed', 'wed'],
    ['fri, mon', 'mon fri'],
    ['sat-mon', 'mon sat sun'],
    ['mon-wed,wed-thu', 'mon tue wed thu'],
    ['Monday-WED', 'mon tue wed'],
    ['mon-sun', 'mon tue wed thu fri sat sun'],
  ])('takes the days %s', (days, expected) => {
    expect(from({ days }, offHoursOf()).weekdays.join(' ')).toBe(expected);
  });

  it('takes an hour of one digit', () => {
    expect(from({ start: '6:15' }, offHoursOf()).start).toBe('06:15');
  });

  it.each([
    [{ start: '7' }, '--start is "7"', '--start 07:00'],
    [{ stop: '24:00' }, '--stop is "24:00"', '--stop 20:00'],
    [{ stop: '8pm' }, '--stop is "8pm"', '--stop 20:00'],
    [{ start: '20:00', stop: '07:00' }, 'stop at 07:00, not after they start at 20:00', '--start 07:00 --stop 20:00'],
    [{ start: '08:00', stop: '08:00' }, 'stop at 08:00, not after', '--start 07:00 --stop 20:00'],
    [{ days: 'mon-fry' }, 'did you mean "fri"?', '--days mon-fri'],
    [{ days: 'mon-tue-wed' }, 'unknown day "mon-tue-wed"', '--days mon-fri'],
    [{ days: '' }, 'unknown day ""', '--days mon-fri'],
    [{ timeZone: 'europe/berlin' }, 'did you mean "Europe/Berlin"?', '--time-zone Europe/Berlin'],
    [{ timeZone: 'Berlin' }, 'did you mean "Europe/Berlin"?', '--time-zone Europe/Berlin'],
    [{ timeZone: 'new york' }, 'did you mean "America/New_York"?', '--time-zone America/New_York'],
    [{ timeZone: 'berln' }, 'did you mean "Europe/Berlin"?', '--time-zone Europe/Berlin'],
    [{ timeZone: 'Europe/Berln' }, 'did you mean "Europe/Berlin"?', '--time-zone Europe/Berlin'],
    [{ timeZone: '+02:00' }, 'unknown time zone "+02:00"', '--time-zone'],
    [{ timeZone: 'CET' }, 'unknown time zone "CET"', '--time-zone'],
  ])('is refused as %j', async (given, message, nextStep) => {
    const failure = await refused(given);
    expect([failure.code, failure.exitCode]).toEqual(['InvalidSchedule', 2]);
    expect(failure.message).toContain(message);
    expect(failure.nextSteps.join('\n')).toContain(nextStep);
  });

  it('takes a name that the database has as an alias', () => {
    expect(from({ timeZone: 'Asia/Kolkata' }, offHoursOf()).timeZone).toBe('Asia/Kolkata');
    expect(from({ timeZone: 'UTC' }, offHoursOf()).timeZone).toBe('UTC');
  });

  it.each([
    [{ start: '07:00', timeZone: 'UTC' }, '--stop is missing'],
    [{ stop: '20:00', timeZone: 'UTC' }, '--start is missing'],
    [{ start: '07:00', stop: '20:00' }, '--time-zone is missing'],
  ])('needs more than %j where nothing is configured', async (given, message) => {
    const failure = await refused(given, null);
    expect(failure.message).toContain(message);
    expect(failure.nextSteps[0]).toContain(COMMAND);
  });
});
