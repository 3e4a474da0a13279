import { editLine, invalidConfiguration, place, written } from '../binding/invalid-configuration.js';
import type { Binding } from '../environment.js';
import type { HclAttribute, HclValue } from '../hcl-value.js';
import { inOrder, isTimeOfDay, minutesOf, type OffHours, WEEKDAYS, type Weekday } from './schedule.js';
import { isTimeZone } from './time-zone.js';

/** The variable of the Terraform configuration that holds the schedule. */
export const VARIABLE = 'off_hours';

/**
 * The schedule that the environment's tfvars file asks for; null when it asks for none. Fails (exit 2) where Terraform
 * would refuse the value too.
 */
export function configuredOffHours({ variableSources }: Pick<Binding, 'variableSources'>): OffHours | null {
  const attribute = variableSources[VARIABLE];
  if (attribute === undefined || attribute.value === null) return null;
  const { start, stop, weekdays, time_zone: timeZone, ...others } = fieldsOf(attribute);
  const [stray] = Object.keys(others);
  if (stray !== undefined) throw wrong(attribute, `has "${stray}"; it has start, stop, weekdays and time_zone`);
  for (const [name, time] of Object.entries({ start, stop })) {
    if (typeof time !== 'string' || !isTimeOfDay(time)) throw wrong(attribute, `has no time of day as ${name}`);
  }
  const days = Array.isArray(weekdays) ? weekdays.filter(isWeekday) : [];
  if (!Array.isArray(weekdays) || days.length === 0 || days.length !== new Set(weekdays).size)
    throw wrong(attribute, `has other weekdays than ${WEEKDAYS.join(', ')}`);
  if (typeof timeZone !== 'string' || !isTimeZone(timeZone)) throw wrong(attribute, 'has no time zone');
  const schedule = { start: start as string, stop: stop as string, weekdays: inOrder(days), timeZone };
  if (minutesOf(schedule.stop) <= minutesOf(schedule.start)) throw wrong(attribute, 'stops before it starts');
  return schedule;
}

function fieldsOf(attribute: HclAttribute): { readonly [name: string]: HclValue } {
  const { value } = attribute;
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as { readonly [name: string]: HclValue };
  throw wrong(attribute, 'is no object');
}

function isWeekday(value: HclValue): value is Weekday {
  return (WEEKDAYS as readonly HclValue[]).includes(value);
}

const EXAMPLE = `${VARIABLE} = ${written({ start: '07:00', stop: '20:00', weekdays: ['mon', 'fri'], time_zone: 'Europe/Berlin' })}`;

function wrong({ value, location }: HclAttribute, problem: string) {
  return invalidConfiguration('InvalidVariables', `${VARIABLE} = ${written(value)} at ${place(location)} ${problem}`, [
    editLine(location, EXAMPLE),
  ]);
}
