import type { EnvironmentStatus } from '../domain/environment-status.js';
import { momentText, offHoursText } from './off-hours-text.js';
import type { Style } from './style.js';
import { table } from './table.js';
import { wrap } from './wrap.js';

/** Columns below which a terminal shows only what matters most. */
const NARROW = 90;

/** Environments at a glance. The one switched to is marked. */
export function statusText(current: string | null, environments: readonly EnvironmentStatus[], style: Style): string {
  const wide = style.width >= NARROW;
  const rows = environments.map((status) => [
    `${status.name === current ? '*' : ' '} ${status.name}`,
    status.protected ? 'yes' : 'no',
    ...(wide ? [String(status.state?.resources ?? '-'), String(status.state?.serial ?? '-')] : []),
    lastOf(status),
  ]);
  const details = wide ? ['resources', 'serial'] : [];
  const damaged = environments.flatMap(({ name, unreadableRecords }) =>
    unreadableRecords.map(
      (object) => `${style.yellow('warning:')} ${object} is no record that can be read; see mhtctl history ${name}`,
    ),
  );
  const schedules = environments.flatMap((status) => (status.offHours === null ? [] : [scheduleLine(status, style)]));
  return [
    table(['  environment', 'protected', ...details, 'last deployment'], rows, style),
    ...schedules,
    ...damaged,
  ].join('\n');
}

function scheduleLine({ name, offHours }: EnvironmentStatus, style: Style): string {
  if (offHours === null) return '';
  const { on, nextStart, nextStop, timeZone } = offHours;
  const next = on
    ? `on until ${momentText(new Date(nextStop), timeZone)}`
    : `off until ${momentText(new Date(nextStart), timeZone)}`;
  return wrap(`${name}: instances by schedule ${offHoursText(offHours)}; ${next}`, style.width, 4);
}

/** The last deployment in a line, or why it is not known. */
function lastOf({ lastDeployment, error }: EnvironmentStatus): string {
  if (error !== undefined) return `unreadable: ${error.message.split('\n')[0]}`;
  if (lastDeployment === null) return 'never deployed';
  const { operation, status, startedAt, finishedAt, commit } = lastDeployment;
  const when = (finishedAt ?? startedAt).replace(/\.\d+Z$/, 'Z');
  return [operation === 'deploy' ? status : `${operation} ${status}`, when, commit?.slice(0, 8) ?? '']
    .filter((part) => part !== '')
    .join(' ');
}
