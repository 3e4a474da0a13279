import type { Json } from '../plan.js';
import { inOrder, minutesOf, type OffHours, WEEKDAYS, type Weekday } from './schedule.js';

/** A resource as a state or one side of a plan has it. */
interface Resource {
  readonly type: string;
  readonly attributes: { readonly [name: string]: Json };
}

/** A schedule that stops and starts instances. */
export interface AppliedOffHours {
  readonly schedule: OffHours;
  /** Ids of the instances; null where a plan does not know them before it is applied. */
  readonly instanceIds: readonly string[] | null;
}

/** One half of it: EventBridge Scheduler stops by one schedule and starts by another. */
interface Half {
  readonly action: 'start' | 'stop';
  readonly time: string;
  readonly weekdays: readonly Weekday[];
  readonly timeZone: string;
  readonly instanceIds: readonly string[] | null;
}

type Fields = { readonly [name: string]: Json };

/**
 * A universal target: the schedule calls EC2's API itself.
 * Source: https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-universal.html
 */
const TARGET = /^arn:[^:]+:scheduler:::aws-sdk:ec2:(?<action>start|stop)Instances$/;

/** `cron(minutes hours ? * days *)`, as the module off-hours writes it. */
const CRON = /^cron\((?<minute>\d{1,2}) (?<hour>\d{1,2}) \? \* (?<days>[A-Z,]+) \*\)$/;

/** Whether a resource is a schedule that stops instances, whatever its hours. */
export function stopsInstances({ type, attributes }: Resource): boolean {
  return type === 'aws_scheduler_schedule' && actionOf(attributes) === 'stop';
}

/**
 * The schedules of off-hours among the resources of one environment. One whose hours are written in another way than
 * the module's, that is switched off, or that has no other half, is none.
 */
export function appliedOffHours(resources: readonly Resource[]): readonly AppliedOffHours[] {
  const halves = resources.flatMap(({ type, attributes }) =>
    type === 'aws_scheduler_schedule' ? (halfOf(attributes) ?? []) : [],
  );
  const starts = halves.filter(({ action }) => action === 'start');
  return halves
    .filter(({ action }) => action === 'stop')
    .flatMap((stop) => {
      const start = starts.find((half) => isOther(half, stop));
      if (start === undefined) return [];
      const { weekdays, timeZone, instanceIds } = stop;
      return [{ schedule: { start: start.time, stop: stop.time, weekdays, timeZone }, instanceIds }];
    });
}

function isOther(start: Half, stop: Half): boolean {
  const key = ({ weekdays, timeZone, instanceIds }: Half) => JSON.stringify([weekdays, timeZone, instanceIds]);
  return key(start) === key(stop) && minutesOf(start.time) < minutesOf(stop.time);
}

function halfOf(attributes: Fields): Half | undefined {
  const action = actionOf(attributes);
  const { minute = '', hour = '', days = '' } = CRON.exec(textOf(attributes['schedule_expression']))?.groups ?? {};
  const named = days.toLowerCase().split(',');
  const weekdays = inOrder(named.filter(isWeekday));
  if (action === undefined || weekdays.length !== named.length || attributes['state'] === 'DISABLED') return undefined;
  return {
    action,
    time: `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`,
    weekdays,
    timeZone: textOf(attributes['schedule_expression_timezone']) || 'UTC',
    instanceIds: instanceIdsOf(targetOf(attributes)?.['input']),
  };
}

function actionOf(attributes: Fields): Half['action'] | undefined {
  return TARGET.exec(textOf(targetOf(attributes)?.['arn']))?.groups?.['action'] as Half['action'] | undefined;
}

function targetOf({ target }: Fields): Fields | undefined {
  const [first] = Array.isArray(target) ? target : [];
  return first !== null && typeof first === 'object' && !Array.isArray(first) ? (first as Fields) : undefined;
}

function instanceIdsOf(input: Json | undefined): readonly string[] | null {
  try {
    const { InstanceIds: ids } = JSON.parse(textOf(input)) as { readonly InstanceIds?: unknown };
    return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : null;
  } catch {
    // Not known yet, or nothing that EC2 would take.
    return null;
  }
}

function isWeekday(text: string): text is Weekday {
  return (WEEKDAYS as readonly string[]).includes(text);
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}
