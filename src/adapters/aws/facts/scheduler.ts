import type { GetScheduleOutput, SchedulerClient } from '@aws-sdk/client-scheduler';
import { concerned } from './concerned.js';
import { noteEncryption } from './encryption.js';
import { listAll } from './listing.js';
import { noteMentions } from './mentions.js';
import { type Reading, tagsOf } from './reading.js';

/** What the parts of this reader share. */
interface Scheduler {
  readonly reading: Reading;
  readonly sdk: typeof import('../sdk/scheduler.js');
  readonly client: SchedulerClient;
}

/**
 * A call of AWS's API in the place of a target is nobody's resource.
 * Source: https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-universal.html
 */
const UNIVERSAL_TARGET = /^arn:[^:]+:scheduler:::aws-sdk:/;

/** Schedules of EventBridge Scheduler and their groups, with what they start. */
export async function readScheduler(reading: Reading): Promise<void> {
  const sdk = await import('../sdk/scheduler.js');
  const client = new sdk.SchedulerClient(reading.configuration);
  const scheduler = { reading, sdk, client };
  try {
    await Promise.all([readGroups(scheduler), readSchedules(scheduler)]);
  } finally {
    client.destroy();
  }
}

/**
 * A group has tags, the schedules in it have none.
 * Source: https://docs.aws.amazon.com/scheduler/latest/APIReference/API_ListScheduleGroups.html
 */
async function readGroups({ reading, sdk, client }: Scheduler): Promise<void> {
  const groups = await listAll(reading, {
    action: 'scheduler:ListScheduleGroups',
    subject: 'all schedule groups',
    areas: ['existence'],
    types: ['aws_scheduler_schedule_group'],
    pages: () => sdk.paginateListScheduleGroups({ client, pageSize: 100 }, {}),
    items: ({ ScheduleGroups }) => ScheduleGroups,
  });
  const listed = groups.map(({ Arn: id = '', Name: name = '' }) => ({ id, name }));
  const close = new Set(await concerned(reading, listed));
  await Promise.all(
    listed.map(async (group) => {
      const { id, name } = group;
      const answer = close.has(group)
        ? await reading.ask({ action: 'scheduler:ListTagsForResource', subject: id, areas: ['tags'] }, () =>
            client.send(new sdk.ListTagsForResourceCommand({ ResourceArn: id })),
          )
        : undefined;
      const tags = answer === undefined ? undefined : tagsOf(answer.Tags);
      reading.resource({ id, type: 'aws_scheduler_schedule_group', name, tags });
    }),
  );
}

/** Source: https://docs.aws.amazon.com/scheduler/latest/APIReference/API_ListSchedules.html */
async function readSchedules(scheduler: Scheduler): Promise<void> {
  const { reading, sdk, client } = scheduler;
  const listed = await listAll(reading, {
    action: 'scheduler:ListSchedules',
    subject: 'all schedules',
    areas: ['existence', 'policies', 'encryption', 'data-flow'],
    types: ['aws_scheduler_schedule'],
    pages: () => sdk.paginateListSchedules({ client, pageSize: 100 }, {}),
    items: ({ Schedules }) => Schedules,
  });
  const schedules = listed.map(({ Arn: id = '', Name: name = '', GroupName: group }) => ({ id, name, group }));
  for (const { id, name } of schedules) reading.resource({ id, type: 'aws_scheduler_schedule', name });
  const close = await concerned(reading, schedules);
  await Promise.all(
    close.map(async ({ id, name: Name, group: GroupName }) => {
      const schedule = await reading.ask(
        { action: 'scheduler:GetSchedule', subject: id, areas: ['policies', 'encryption', 'data-flow'] },
        () => client.send(new sdk.GetScheduleCommand({ Name, GroupName })),
      );
      if (schedule !== undefined) await noteSchedule(reading, id, schedule);
    }),
  );
}

/**
 * What a target is given may name what it is to act on: the instances of a call to stop them.
 * Source: https://docs.aws.amazon.com/scheduler/latest/APIReference/API_GetSchedule.html
 */
async function noteSchedule(reading: Reading, from: string, { KmsKeyArn, Target }: GetScheduleOutput): Promise<void> {
  noteEncryption(reading, { from, key: KmsKeyArn, where: 'KmsKeyArn' });
  if (Target === undefined) return;
  const { Arn = '', RoleArn, DeadLetterConfig, ...parameters } = Target;
  if (!UNIVERSAL_TARGET.test(Arn)) reading.relation({ kind: 'event-target', from, to: Arn, where: 'Target.Arn' });
  reading.relation({ kind: 'service-role', from, to: RoleArn, where: 'Target.RoleArn' });
  reading.relation({ kind: 'redrive', from, to: DeadLetterConfig?.Arn, where: 'Target.DeadLetterConfig.Arn' });
  await noteMentions(reading, from, parameters, 'Target');
}
