import type { HealthReport } from '../domain/health.js';
import type { OwnInstance } from '../domain/off-hours/instances.js';
import type { NextTimes } from '../domain/off-hours/next-times.js';
import type { OffHours } from '../domain/off-hours/schedule.js';
import { briefHealthText } from './health-text.js';
import { momentText } from './off-hours-text.js';
import type { Style } from './style.js';
import { table } from './table.js';

/** The instances that would be stopped or started, with what each does now. */
export function instancesText(environment: string, instances: readonly OwnInstance[], style: Style): string {
  const rows = instances.map(({ id, name, state }) => [`  ${name}`, id, state]);
  return `${style.bold(`Instances of ${environment}`)}\n${table(['  name', 'id', 'now'], rows, style)}`;
}

/** What stopping or starting an environment's instances leaves to read. */
export function powerText(
  result: {
    readonly environment: string;
    readonly power: 'running' | 'stopped';
    readonly changed: boolean;
    readonly instances: readonly OwnInstance[];
    /** The schedule that is applied, and what it does next; null without one. */
    readonly schedule: { readonly hours: OffHours; readonly next: NextTimes } | null;
    /** Null where it was not asked for. */
    readonly health: HealthReport | null;
  },
  style: Style,
): string {
  const { environment, power, changed, instances, schedule, health } = result;
  const all = instances.length === 1 ? 'its instance' : `its ${instances.length} instances`;
  const now = power === 'stopped' ? 'stopped' : 'running';
  return [
    `${style.bold(environment)}: ${all} ${instances.length === 1 ? 'is' : 'are'} ${now}${changed ? '' : ' already'}`,
    ...(schedule === null ? [] : [scheduleLine(power, schedule)]),
    ...(health === null ? [] : [briefHealthText(health, style)]),
    ...(power === 'stopped' && schedule === null ? [`${style.cyan('→')} mhtctl start ${environment}`] : []),
  ].join('\n');
}

function scheduleLine(
  power: 'running' | 'stopped',
  { hours, next }: { readonly hours: OffHours; readonly next: NextTimes },
): string {
  const [what, moment] = power === 'stopped' ? (['start', next.start] as const) : (['stop', next.stop] as const);
  return `Next ${what} by the schedule: ${momentText(moment, hours.timeZone)} ${hours.timeZone}`;
}
