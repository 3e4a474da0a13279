import type { NextTimes } from '../domain/off-hours/next-times.js';
import {
  HOURS_OF_A_WEEK,
  minutesOnPerWeek,
  type OffHours,
  WEEKDAYS,
  type Weekday,
} from '../domain/off-hours/schedule.js';

/** A schedule in a few words: `mon-fri 07:00-20:00 Europe/Berlin`. */
export function offHoursText({ start, stop, weekdays, timeZone }: OffHours): string {
  return `${daysText(weekdays)} ${start}-${stop} ${timeZone}`;
}

/** How long the instances are on in a week: `65 of 168 hours a week`. */
export function hoursText(schedule: OffHours): string {
  const hours = Math.round((minutesOnPerWeek(schedule) / 60) * 100) / 100;
  return `${hours} of ${HOURS_OF_A_WEEK} hours a week`;
}

/** A moment as the clocks of a zone show it: `Thu 26 Nov 2026 07:00`. */
export function momentText(moment: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(moment);
  const part = (wanted: string) => parts.find(({ type }) => type === wanted)?.value ?? '';
  return `${part('weekday')} ${part('day')} ${part('month')} ${part('year')} ${part('hour')}:${part('minute')}`;
}

/** What a schedule does next, the sooner first. */
export function nextLines({ start, stop }: NextTimes, timeZone: string): readonly string[] {
  const rows = [
    { label: 'next stop', moment: stop },
    { label: 'next start', moment: start },
  ].sort((one, other) => one.moment.getTime() - other.moment.getTime());
  return rows.map(({ label, moment }) => `${label.padEnd(12)}${momentText(moment, timeZone)} ${timeZone}`);
}

/** Days in a row as a range. */
function daysText(weekdays: readonly Weekday[]): string {
  const runs: Weekday[][] = [];
  for (const day of weekdays) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    if (run !== undefined && last !== undefined && WEEKDAYS.indexOf(day) === WEEKDAYS.indexOf(last) + 1) run.push(day);
    else runs.push([day]);
  }
  return runs.map((run) => (run.length > 2 ? `${run[0]}-${run.at(-1)}` : run.join(','))).join(',');
}
