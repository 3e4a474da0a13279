import { minutesOf, type OffHours, WEEKDAYS } from './schedule.js';

/** What a schedule does next. */
export interface NextTimes {
  readonly start: Date;
  readonly stop: Date;
  /** Whether the instances run now, by the schedule. */
  readonly on: boolean;
}

/** Days to look ahead: a week, and another for a time that the clock leaves out. */
const DAYS_AHEAD = 15;
const DAY_MS = 86_400_000;

/**
 * The next start and the next stop after a moment. As EventBridge Scheduler keeps summer time: a time that the clock
 * leaves out is skipped, one that it shows twice counts the first time.
 * Source: https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#daylist-savings-time
 */
export function nextTimes(schedule: OffHours, now: Date): NextTimes {
  const local = localTime(now, schedule.timeZone);
  const minute = Math.floor((local % DAY_MS) / 60_000);
  const on = isOnThatDay(schedule, local) && minute >= minutesOf(schedule.start) && minute < minutesOf(schedule.stop);
  return { start: next(schedule, schedule.start, now, local), stop: next(schedule, schedule.stop, now, local), on };
}

function next(schedule: OffHours, time: string, now: Date, local: number): Date {
  const midnight = local - (local % DAY_MS);
  for (let day = 0; day < DAYS_AHEAD; day += 1) {
    const date = midnight + day * DAY_MS;
    if (!isOnThatDay(schedule, date)) continue;
    const moment = momentOf(date + minutesOf(time) * 60_000, schedule.timeZone);
    if (moment !== undefined && moment > now.getTime()) return new Date(moment);
  }
  throw new Error(`no ${time} in ${schedule.timeZone} within ${DAYS_AHEAD} days`);
}

function isOnThatDay({ weekdays }: OffHours, local: number): boolean {
  // Sunday is day 0 of a Date.
  const weekday = WEEKDAYS[(new Date(local).getUTCDay() + 6) % 7];
  return weekday !== undefined && weekdays.includes(weekday);
}

/** The first moment at which the clocks of the zone show a local time; undefined when they never do. */
function momentOf(local: number, timeZone: string): number | undefined {
  const offsets = [-DAY_MS, DAY_MS].map((distance) => {
    const nearby = local + distance;
    return localTime(new Date(nearby), timeZone) - nearby;
  });
  return offsets
    .map((offset) => local - offset)
    .filter((moment) => localTime(new Date(moment), timeZone) === local)
    .sort((one, other) => one - other)[0];
}

/** What the clocks of a zone show at a moment, in milliseconds as if it were UTC. Whole minutes. */
function localTime(moment: Date, timeZone: string): number {
  const parts = Object.fromEntries(
    formatter(timeZone)
      .formatToParts(moment)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute);
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(timeZone: string): Intl.DateTimeFormat {
  const known =
    formatters.get(timeZone) ??
    new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    });
  formatters.set(timeZone, known);
  return known;
}
