import { Flags } from '@oclif/core';
import { BaseCommand } from '../base-command.js';
import { environmentArg } from '../flags.js';
import { type ScheduleJson, scheduleJson } from '../presenters/schedule-json.js';
import { scheduleText } from '../presenters/schedule-text.js';
import { changeSchedule, type ScheduleChange, showSchedule } from '../services/schedule-off-hours.js';

/** Flags that say a part of the schedule. */
const PARTS = ['stop', 'start', 'days', 'time-zone'];

export default class Schedule extends BaseCommand<ScheduleJson> {
  static override summary = "Show, set or remove the off-hours schedule of an environment's instances.";
  static override description =
    'The instances run from start to stop on the days named and are stopped at all other times, which saves what they ' +
    "cost by the hour. Setting and removing edits the environment's tfvars file and nothing else: a deployment applies " +
    'it. A protected environment runs always unless its policy has off_hours = true.';
  static override examples = [
    '<%= config.bin %> schedule staging',
    '<%= config.bin %> schedule staging --stop 20:00 --start 07:00 --days mon-fri --time-zone Europe/Berlin',
    '<%= config.bin %> schedule staging --remove',
  ];
  static override args = { environment: environmentArg };
  static override flags = {
    start: Flags.string({ description: 'Time of day at which they are started.', helpValue: 'HH:MM' }),
    stop: Flags.string({ description: 'Time of day at which they are stopped.', helpValue: 'HH:MM' }),
    days: Flags.string({ description: 'Days on which they run; mon-fri when left out.', helpValue: 'DAYS' }),
    'time-zone': Flags.string({ description: 'Time zone of the times of day, like Europe/Berlin.', helpValue: 'ZONE' }),
    remove: Flags.boolean({ description: 'Let them run always.', exclusive: PARTS }),
  };

  async run(): Promise<ScheduleJson> {
    const { args, flags } = await this.parse(Schedule);
    const ports = await this.ports();
    const bound = await this.bind(ports, args.environment);
    const change = changeOf(flags);
    const { binding, changed } =
      change === undefined ? { binding: bound, changed: false } : await changeSchedule(ports, bound, change);
    const status = await showSchedule(ports, binding);
    this.show((style) => scheduleText(status, change === undefined ? null : changed, style));
    return scheduleJson(status, changed);
  }
}

function changeOf(flags: {
  readonly start?: string | undefined;
  readonly stop?: string | undefined;
  readonly days?: string | undefined;
  readonly 'time-zone'?: string | undefined;
  readonly remove: boolean;
}): ScheduleChange | undefined {
  if (flags.remove) return { kind: 'remove' };
  const { start, stop, days, 'time-zone': timeZone } = flags;
  const given = { start, stop, days, timeZone };
  return Object.values(given).every((value) => value === undefined) ? undefined : { kind: 'set', given };
}
