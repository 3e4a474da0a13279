import { estimate } from '../estimate.js';
import { hoursAMonth } from '../hours-on.js';
import { totalOf } from '../money.js';
import { Neighbours } from '../neighbours.js';
import type { SavingsRule } from './saving.js';

/** Twelve hours on five days of the week. */
const HOURS_ON = hoursAMonth(60 * 60);
/** On Monday to Friday, which is what is left out. */
const SCHEDULE = '--start 08:00 --stop 20:00 --time-zone ZONE';

/**
 * Instances that nobody needs at night and at the weekend, that no schedule stops, in an environment whose policy lets
 * one stop them. What goes on costing while they are stopped, such as their volumes, is in the estimate that it is
 * reckoned from.
 */
export const offHours: SavingsRule = ({ environment, resources, basis }) => {
  if (!environment.offHours) return [];
  const { hoursOn } = new Neighbours(resources);
  const instances = resources.filter(
    ({ type, attributes: { id } }) =>
      type === 'aws_instance' && hoursOn.of(typeof id === 'string' ? id : undefined) === undefined,
  );
  const stopped = { ...basis, usage: basis.usage.having('aws_instance', 'hours', HOURS_ON) };
  const monthly = totalOf(estimate(instances, basis)).fixed - totalOf(estimate(instances, stopped)).fixed;
  if (monthly <= 0) return [];
  return [
    {
      resources: instances.map(({ address }) => address),
      monthly,
      kind: 'fixed',
      message: `running twelve hours on weekdays, ${instances.length === 1 ? 'the instance' : `the ${instances.length} instances`} would be on for 261 hours of 730`,
      change: `mhtctl schedule ${environment.name} ${SCHEDULE}`,
    },
  ];
};
