import type { OffHours } from '../../src/domain/off-hours/schedule.js';
import type { Json } from '../../src/domain/plan.js';
import type { StateInstance } from '../../src/domain/state.js';

/** Monday to Friday from seven to eight in Berlin, except for what a test says. */
export function offHoursOf(parts: Partial<OffHours> = {}): OffHours {
  return {
    start: '07:00',
    stop: '20:00',
    weekdays: ['mon', 'tue', 'wed', 'thu', 'fri'],
    timeZone: 'Europe/Berlin',
    ...parts,
  };
}

/** A schedule of EventBridge Scheduler as the module off-hours makes it, by the attributes that a state has. */
export function scheduleResource(
  action: 'start' | 'stop',
  expression: string,
  { instanceIds = ['i-1'], ...attributes }: { readonly instanceIds?: readonly string[] } & Record<string, Json> = {},
): StateInstance {
  return {
    address: `module.off_hours[0].aws_scheduler_schedule.this["${action}"]`,
    type: 'aws_scheduler_schedule',
    attributes: {
      schedule_expression: expression,
      schedule_expression_timezone: 'Europe/Berlin',
      state: 'ENABLED',
      target: [
        {
          arn: `arn:aws:scheduler:::aws-sdk:ec2:${action}Instances`,
          input: JSON.stringify({ InstanceIds: instanceIds }),
        },
      ],
      ...attributes,
    },
  };
}

/** Both halves of {@link offHoursOf}'s schedule. */
export function scheduleResources(instanceIds: readonly string[] = ['i-1']): readonly StateInstance[] {
  return [
    scheduleResource('start', 'cron(0 7 ? * MON,TUE,WED,THU,FRI *)', { instanceIds }),
    scheduleResource('stop', 'cron(0 20 ? * MON,TUE,WED,THU,FRI *)', { instanceIds }),
  ];
}
