import { minutesOnPerWeek, type OffHours } from '../domain/off-hours/schedule.js';
import type { ScheduleStatus } from '../domain/off-hours/status.js';

/** A schedule. */
export interface OffHoursJson extends OffHours {
  /** Hours of a week in which the instances run. */
  readonly hoursPerWeek: number;
}

/** What `schedule --json` returns. */
export interface ScheduleJson {
  readonly environment: string;
  /** Whether the policy lets a schedule stop its instances. */
  readonly allowed: boolean;
  /** The tfvars file. */
  readonly file: string;
  /** Whether the command changed the file. */
  readonly changed: boolean;
  /** What the file asks for; null where it asks for none. */
  readonly configured: OffHoursJson | null;
  /** What is applied by the state; null where nothing is. */
  readonly applied: OffHoursJson | null;
  /** What the applied schedule does next, in UTC; null without one. */
  readonly next: { readonly start: string; readonly stop: string; readonly on: boolean } | null;
  /** Whether a deployment would change what is applied. */
  readonly pending: boolean;
}

/** The public form of a schedule's status. */
export function scheduleJson(status: ScheduleStatus, changed: boolean): ScheduleJson {
  const { configured, applied, next, environment, allowed, file, pending } = status;
  return {
    environment,
    allowed,
    file,
    changed,
    configured: offHoursJson(configured),
    applied: offHoursJson(applied),
    next: next === null ? null : { start: next.start.toISOString(), stop: next.stop.toISOString(), on: next.on },
    pending,
  };
}

/** The public form of a schedule. */
export function offHoursJson(schedule: OffHours): OffHoursJson;
export function offHoursJson(schedule: OffHours | null): OffHoursJson | null;
export function offHoursJson(schedule: OffHours | null): OffHoursJson | null {
  return schedule === null ? null : { ...schedule, hoursPerWeek: minutesOnPerWeek(schedule) / 60 };
}
