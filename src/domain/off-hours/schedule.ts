/** Days of the week in the order of a calendar, as tfvars files write them. */
export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** A day of the week. */
export type Weekday = (typeof WEEKDAYS)[number];

/** When an environment's instances run: from start to stop of the weekdays. At all other times they are stopped. */
export interface OffHours {
  /** `HH:MM` in {@link timeZone}. */
  readonly start: string;
  /** `HH:MM` in {@link timeZone}, later than {@link start}. */
  readonly stop: string;
  /** In the order of a calendar, each once. */
  readonly weekdays: readonly Weekday[];
  /** Name in the IANA database, like `Europe/Berlin`. */
  readonly timeZone: string;
}

/** Hours of a week. */
export const HOURS_OF_A_WEEK = 168;

const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

/** Whether a text is a time of day as schedules write it, `00:00` to `23:59`. */
export function isTimeOfDay(text: string): boolean {
  return TIME.test(text);
}

/** Minutes since midnight of a time of day. */
export function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}

/** Minutes of a week in which the instances run. Summer time shifts single weeks by an hour and evens out. */
export function minutesOnPerWeek({ start, stop, weekdays }: OffHours): number {
  return weekdays.length * (minutesOf(stop) - minutesOf(start));
}

/** Days in the order of a calendar, each once. */
export function inOrder(days: Iterable<Weekday>): readonly Weekday[] {
  const wanted = new Set(days);
  return WEEKDAYS.filter((day) => wanted.has(day));
}

/** Whether two schedules say the same. */
export function sameOffHours(one: OffHours | null, other: OffHours | null): boolean {
  return JSON.stringify(asWritten(one)) === JSON.stringify(asWritten(other));
}

/** The value of the variable `off_hours`, its attributes in the order in which a file has them. */
export function asWritten(schedule: OffHours): OffHoursValue;
export function asWritten(schedule: OffHours | null): OffHoursValue | null;
export function asWritten(schedule: OffHours | null): OffHoursValue | null {
  if (schedule === null) return null;
  const { start, stop, weekdays, timeZone } = schedule;
  return { start, stop, weekdays, time_zone: timeZone };
}

/** The variable `off_hours` of the Terraform configuration. */
export type OffHoursValue = {
  readonly start: string;
  readonly stop: string;
  readonly weekdays: readonly Weekday[];
  readonly time_zone: string;
};
