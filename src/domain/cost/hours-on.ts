import { type AppliedOffHours, appliedOffHours } from '../off-hours/applied.js';
import { HOURS_OF_A_WEEK, minutesOnPerWeek } from '../off-hours/schedule.js';
import type { CostedResource } from './costed-resource.js';
import { Decimal } from './decimal.js';

/** Hours of a month, as everywhere in an estimate. */
const HOURS = Decimal.of(730);

/** Hours of a month that something runs which runs so many minutes of each week. */
export function hoursAMonth(minutesAWeek: number): Decimal {
  return HOURS.times(Decimal.of(minutesAWeek)).over(Decimal.of(HOURS_OF_A_WEEK * 60));
}

/** The hours that schedules leave to the instances of one environment. */
export class HoursOn {
  readonly #applied: readonly AppliedOffHours[];

  constructor(resources: readonly CostedResource[]) {
    this.#applied = appliedOffHours(resources);
  }

  /** Hours a month of an instance; undefined where no schedule stops it. @param id undefined where it is not known yet */
  of(id: string | undefined): Decimal | undefined {
    const applied = this.scheduleOf(id);
    return applied === undefined ? undefined : hoursAMonth(minutesOnPerWeek(applied.schedule));
  }

  /** The schedule that stops an instance. A plan that makes instances does not know yet whom its schedule stops: all. */
  scheduleOf(id: string | undefined): AppliedOffHours | undefined {
    return this.#applied.find(
      ({ instanceIds }) => instanceIds === null || (id !== undefined && instanceIds.includes(id)),
    );
  }
}
