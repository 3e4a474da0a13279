import { MhtctlError } from '../errors.js';
import { nearestName } from '../nearest-name.js';
import { inOrder, isTimeOfDay, minutesOf, type OffHours, WEEKDAYS, type Weekday } from './schedule.js';
import { isTimeZone, nearestTimeZone } from './time-zone.js';

/** What was given on the command line; what was not is as it was. */
export interface GivenOffHours {
  readonly start: string | undefined;
  readonly stop: string | undefined;
  /** Like `mon-fri`, or `mon,wed,fri`. */
  readonly days: string | undefined;
  readonly timeZone: string | undefined;
}

const WORKING_DAYS = WEEKDAYS.slice(0, 5);
const FULL_NAMES = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

/**
 * The schedule that is asked for: what is given, else what is configured; Monday to Friday where neither says the days.
 * Fails (exit 2) with `InvalidSchedule` on nonsense, and on a schedule that has no hours or no time zone.
 * @param command what to paste, without the flags
 */
export function offHoursFrom(given: GivenOffHours, configured: OffHours | null, command: string): OffHours {
  const start = timeOf('start', given.start ?? configured?.start, command);
  const stop = timeOf('stop', given.stop ?? configured?.stop, command);
  if (minutesOf(stop) <= minutesOf(start)) {
    throw invalid(`the instances would stop at ${stop}, not after they start at ${start}: they run within one day`, [
      `${command} --start ${stop === start ? '07:00' : stop} --stop ${stop === start ? '20:00' : start}`,
    ]);
  }
  const weekdays = given.days === undefined ? (configured?.weekdays ?? WORKING_DAYS) : daysOf(given.days);
  return { start, stop, weekdays, timeZone: zoneOf(given.timeZone ?? configured?.timeZone, command) };
}

function timeOf(name: 'start' | 'stop', time: string | undefined, command: string): string {
  const example = name === 'start' ? '07:00' : '20:00';
  if (time === undefined) {
    throw invalid(`--${name} is missing: nothing is configured yet that it could be taken from`, [
      `${command} --start 07:00 --stop 20:00 --days mon-fri --time-zone ${thisMachinesZone()}`,
    ]);
  }
  const padded = /^\d:\d\d$/.test(time) ? `0${time}` : time;
  if (isTimeOfDay(padded)) return padded;
  throw invalid(`--${name} is "${time}"; expected a time of day from 00:00 to 23:59, like ${example}`, [
    `${command} --${name} ${example}`,
  ]);
}

function zoneOf(zone: string | undefined, command: string): string {
  if (zone === undefined)
    throw invalid('--time-zone is missing: times of day are those of a place', [
      `${command} --time-zone ${thisMachinesZone()}`,
    ]);
  if (isTimeZone(zone)) return zone;
  const nearest = nearestTimeZone(zone);
  const suggestion = nearest === undefined ? 'a name such as Europe/Berlin, or UTC' : `"${nearest}"?`;
  throw invalid(`unknown time zone "${zone}"; ${nearest === undefined ? 'expected' : 'did you mean'} ${suggestion}`, [
    `${command} --time-zone ${nearest ?? 'Europe/Berlin'}`,
  ]);
}

/** Days by name and by range; a range may go over the end of the week. */
function daysOf(text: string): readonly Weekday[] {
  return inOrder(
    text.split(',').flatMap((part) => {
      const [from = '', to, ...more] = part.trim().split('-');
      if (more.length > 0) throw unknownDay(part);
      const first = WEEKDAYS.indexOf(dayOf(from));
      const last = to === undefined ? first : WEEKDAYS.indexOf(dayOf(to));
      const length = ((last - first + WEEKDAYS.length) % WEEKDAYS.length) + 1;
      return Array.from({ length }, (_, index) => WEEKDAYS[(first + index) % WEEKDAYS.length] ?? 'mon');
    }),
  );
}

function dayOf(text: string): Weekday {
  const lowered = text.trim().toLowerCase();
  const short = FULL_NAMES.includes(lowered) ? lowered.slice(0, 3) : lowered;
  const day = WEEKDAYS.find((known) => known === short);
  if (day === undefined) throw unknownDay(text);
  return day;
}

function unknownDay(text: string): MhtctlError {
  const nearest = nearestName(text.trim(), [...WEEKDAYS, ...FULL_NAMES])?.slice(0, 3);
  const suggestion =
    nearest === undefined ? `expected ${WEEKDAYS.join(', ')}, or a range like mon-fri` : `did you mean "${nearest}"?`;
  return invalid(`unknown day "${text}"; ${suggestion}`, ['--days mon-fri']);
}

/** Where the caller most likely is. */
function thisMachinesZone(): string {
  return new Intl.DateTimeFormat('en').resolvedOptions().timeZone;
}

function invalid(message: string, nextSteps: readonly string[]): MhtctlError {
  return new MhtctlError({ code: 'InvalidSchedule', outcome: 'usage', message, nextSteps });
}
