import type { OffHours } from '../domain/off-hours/schedule.js';
import type { ScheduleStatus } from '../domain/off-hours/status.js';
import { hoursText, nextLines, offHoursText } from './off-hours-text.js';
import type { Style } from './style.js';
import { wrap } from './wrap.js';

/** @param changed whether the tfvars file was changed; null where nothing was asked to be */
export function scheduleText(status: ScheduleStatus, changed: boolean | null, style: Style): string {
  const { environment, file, configured, applied, next, allowed, pending } = status;
  const row = (label: string, value: string) => wrap(`  ${label.padEnd(12)}${value}`, style.width, 14);
  const edited = changed ? `${file} was changed` : `${file} is as it should be`;
  return [
    style.bold(`Off-hours of ${environment}`),
    row('configured', described(configured)),
    row('applied', described(applied)),
    ...(applied === null || next === null ? [] : nextLines(next, applied.timeZone).map((line) => `  ${line}`)),
    ...(allowed ? [] : [row('policy', 'the instances are to run always')]),
    ...(changed === null ? [] : [edited]),
    ...(pending ? [`${style.cyan('→')} to apply it: mhtctl deploy ${environment}`] : []),
    ...(changed === true && configured === null
      ? [`${style.cyan('→')} what is stopped then stays so: mhtctl start ${environment}`]
      : []),
  ].join('\n');
}

function described(schedule: OffHours | null): string {
  return schedule === null ? 'none, the instances run always' : `${offHoursText(schedule)}, ${hoursText(schedule)}`;
}
