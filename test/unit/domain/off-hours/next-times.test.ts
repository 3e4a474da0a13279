import { describe, expect, it } from '@jest/globals';
import { nextTimes } from '../../../../src/domain/off-hours/next-times.js';
import { offHoursOf } from '../../../fakes/off-hours.js';

const at = (moment: string, schedule = offHoursOf()) => {
  const { start, stop, on } = nextTimes(schedule, new Date(moment));
  return [start.toISOString(), stop.toISOString(), on];
};

describe('what a schedule does next', () => {
  // 25 November 2026 is a Wednesday; Berlin is an hour ahead of UTC.
  it('during the hours, is to stop in the evening and to start the next morning', () => {
    expect(at('2026-11-25T10:00:00Z')).toEqual(['2026-11-26T06:00:00.000Z', '2026-11-25T19:00:00.000Z', true]);
  });

  it('at night, is to start in the morning', () => {
    expect(at('2026-11-25T19:00:00Z')).toEqual(['2026-11-26T06:00:00.000Z', '2026-11-26T19:00:00.000Z', false]);
  });

  it('on Friday evening, is to start on Monday', () => {
    expect(at('2026-11-27T22:00:00Z')).toEqual(['2026-11-30T06:00:00.000Z', '2026-11-30T19:00:00.000Z', false]);
  });

  it('is on from the very minute of the start until the minute of the stop', () => {
    expect(at('2026-11-25T05:59:59Z')[2]).toBe(false);
    expect(at('2026-11-25T06:00:00Z')[2]).toBe(true);
    expect(at('2026-11-25T18:59:59Z')[2]).toBe(true);
  });

  it('goes by the day of the zone, not of UTC', () => {
    const schedule = offHoursOf({ timeZone: 'Pacific/Auckland', weekdays: ['mon'] });
    // Monday seven o'clock in Auckland is Sunday evening in UTC.
    expect(at('2026-11-28T12:00:00Z', schedule)[0]).toBe('2026-11-29T18:00:00.000Z');
  });

  it('keeps the time of day when summer time begins and ends', () => {
    // 28 March and 31 October 2027 are the Sundays on which Berlin changes its clocks.
    const daily = offHoursOf({ weekdays: ['sat', 'sun'] });
    expect(at('2027-03-27T20:00:00Z', daily)[0]).toBe('2027-03-28T05:00:00.000Z');
    expect(at('2027-10-30T20:00:00Z', daily)[0]).toBe('2027-10-31T06:00:00.000Z');
  });

  it('skips a time that the clock leaves out', () => {
    const schedule = offHoursOf({ start: '02:30', weekdays: ['sun'] });
    expect(at('2027-03-27T12:00:00Z', schedule).slice(0, 2)).toEqual([
      '2027-04-04T00:30:00.000Z',
      '2027-03-28T18:00:00.000Z',
    ]);
  });

  it('counts a time that the clock shows twice the first time', () => {
    const schedule = offHoursOf({ start: '02:30', weekdays: ['sun'] });
    expect(at('2027-10-30T12:00:00Z', schedule)[0]).toBe('2027-10-31T00:30:00.000Z');
    expect(at('2027-10-31T00:45:00Z', schedule)[0]).toBe('2027-11-07T01:30:00.000Z');
  });

  it('knows zones that are not a whole hour away', () => {
    const schedule = offHoursOf({ timeZone: 'Asia/Kathmandu' });
    expect(at('2026-11-25T00:00:00Z', schedule)[0]).toBe('2026-11-25T01:15:00.000Z');
  });
});
