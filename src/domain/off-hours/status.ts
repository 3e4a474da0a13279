import type { NextTimes } from './next-times.js';
import type { OffHours } from './schedule.js';

/** An environment's schedule: what its tfvars file asks for, and what is applied. */
export interface ScheduleStatus {
  readonly environment: string;
  /** Whether the policy lets a schedule stop its instances. */
  readonly allowed: boolean;
  /** The tfvars file, as messages name it. */
  readonly file: string;
  /** Null where the file asks for none. */
  readonly configured: OffHours | null;
  /** By the state; null where none is applied. */
  readonly applied: OffHours | null;
  /** What the applied schedule does next; null without one. */
  readonly next: NextTimes | null;
  /** Whether a deployment would change what is applied. */
  readonly pending: boolean;
}
