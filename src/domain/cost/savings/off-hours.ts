import { Decimal } from '../decimal.js';
import { estimate } from '../estimate.js';
import { totalOf } from '../money.js';
import type { SavingsRule } from './saving.js';

/** Twelve hours on five days of the week. */
const HOURS_OF_A_WEEK = 60;
const HOURS_ON = Decimal.of(730 * HOURS_OF_A_WEEK).over(Decimal.of(168));

/**
 * Instances that nobody needs at night and at the weekend, in an environment that is not protected. What goes on
 * costing while they are stopped, such as their volumes, is in the estimate that it is reckoned from.
 */
export const offHours: SavingsRule = ({ environment, resources, basis }) => {
  if (environment.protected) return [];
  const instances = resources.filter(({ type }) => type === 'aws_instance');
  const stopped = { ...basis, usage: basis.usage.having('aws_instance', 'hours', HOURS_ON) };
  const monthly = totalOf(estimate(instances, basis)).fixed - totalOf(estimate(instances, stopped)).fixed;
  if (monthly <= 0) return [];
  return [
    {
      resources: instances.map(({ address }) => address),
      monthly,
      kind: 'fixed',
      message: `running twelve hours on weekdays, ${instances.length === 1 ? 'the instance' : `the ${instances.length} instances`} would be on for 261 hours of 730`,
      change: 'stop them when nobody works: aws ec2 stop-instances --instance-ids ...',
    },
  ];
};
