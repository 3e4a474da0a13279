import {
  CreateScheduleCommand,
  CreateScheduleGroupCommand,
  SchedulerClient,
  type Target,
} from '@aws-sdk/client-scheduler';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readScheduler } from '../../../../src/adapters/aws/facts/scheduler.js';
import { factsWhereDenied } from '../../../support/denying-aws.js';
import { EmulatedAws } from '../../../support/emulated-aws.js';
import { everyRelation, gaps } from '../../../support/fact-lines.js';
import { factsBy, factsOfRecorded, idsOf, listedTypes, noted } from '../../../support/fact-reading.js';

const schedule = (name: string) => `arn:aws:scheduler:us-east-1:123456789012:schedule/${name}`;
const group = (name: string) => `arn:aws:scheduler:us-east-1:123456789012:schedule-group/${name}`;
const queue = (name: string) => `arn:aws:sqs:us-east-1:123456789012:${name}`;
const KEY = 'arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const ROLE = 'arn:aws:iam::123456789012:role/scheduler';
const INSTANCE = 'i-0123456789abcdef0';

describe('schedules, read from EventBridge Scheduler', () => {
  let aws: EmulatedAws;

  beforeAll(async () => {
    aws = await EmulatedAws.start();
    const scheduler = new SchedulerClient();
    await scheduler.send(
      new CreateScheduleGroupCommand({ Name: 'app', Tags: [{ Key: 'Environment', Value: 'staging' }] }),
    );
    const make = (Name: string, Target: Target, GroupName: string, more = {}) =>
      scheduler.send(
        new CreateScheduleCommand({
          Name,
          Target,
          GroupName,
          ScheduleExpression: 'rate(1 day)',
          FlexibleTimeWindow: { Mode: 'OFF' },
          ...more,
        }),
      );
    const DeadLetterConfig = { Arn: queue('missed') };
    const Target = { Arn: queue('orders'), RoleArn: ROLE, DeadLetterConfig };
    await make('nightly', Target, 'app', { KmsKeyArn: KEY });
    await make(
      'stop',
      {
        Arn: 'arn:aws:scheduler:::aws-sdk:ec2:stopInstances',
        RoleArn: ROLE,
        Input: JSON.stringify({ InstanceIds: [INSTANCE] }),
      },
      'default',
    );
    await make('other', { Arn: queue('orders'), RoleArn: ROLE }, 'default');
    scheduler.destroy();
  });

  afterAll(() => aws.stop());

  it('have their targets, roles, keys and dead-letter queues, and what they act on by a call of AWS', async () => {
    const read = await factsBy(
      readScheduler,
      ({ name, id }) => name === 'nightly' || name === 'stop' || name === 'app' || id === INSTANCE,
    );
    expect(everyRelation(read)).toEqual([
      `encrypted-with: ${schedule('app/nightly')} -> ${KEY}: KmsKeyArn`,
      `event-target: ${schedule('app/nightly')} -> ${queue('orders')}: Target.Arn`,
      `mentions: ${schedule('default/stop')} -> ${INSTANCE}: Target`,
      `redrive: ${schedule('app/nightly')} -> ${queue('missed')}: Target.DeadLetterConfig.Arn`,
      `service-role: ${schedule('app/nightly')} -> ${ROLE}: Target.RoleArn`,
      `service-role: ${schedule('default/stop')} -> ${ROLE}: Target.RoleArn`,
    ]);
    expect(noted(read, schedule('app/nightly'))).toEqual([
      expect.objectContaining({ type: 'aws_scheduler_schedule', name: 'nightly', tags: undefined }),
    ]);
    expect(noted(read, group('app'))).toEqual([
      expect.objectContaining({ type: 'aws_scheduler_schedule_group', tags: { Environment: 'staging' } }),
    ]);
    expect(idsOf(read, 'aws_scheduler_schedule')).toEqual(
      ['app/nightly', 'default/other', 'default/stop'].map(schedule),
    );
    expect(idsOf(read, 'aws_scheduler_schedule_group')).toEqual(['app', 'default'].map(group));
    expect(listedTypes(read)).toEqual([
      'aws_scheduler_schedule in us-east-1',
      'aws_scheduler_schedule_group in us-east-1',
    ]);
    expect(read.unread).toEqual([]);
  });

  it('leave a gap and tell the rest when one may not be read', async () => {
    const read = await factsWhereDenied(aws, readScheduler, ({ url }) => url.startsWith('/schedules/nightly'));
    expect(gaps(read)).toEqual([
      `scheduler:GetSchedule on ${schedule('app/nightly')}: policies, encryption, data-flow`,
    ]);
    expect(everyRelation(read)).toContain(
      `event-target: ${schedule('default/other')} -> ${queue('orders')}: Target.Arn`,
    );
  });

  it('leave a gap where the tags of a group may not be read', async () => {
    const read = await factsWhereDenied(aws, readScheduler, ({ url }) => url.startsWith('/tags/'));
    expect(gaps(read)).toContain(`scheduler:ListTagsForResource on ${group('app')}: tags`);
    expect(idsOf(read, 'aws_scheduler_schedule_group')).toEqual(['app', 'default'].map(group));
  });

  it.each([
    ['/schedules', 'scheduler:ListSchedules on all schedules: existence, policies, encryption, data-flow'],
    ['/schedule-groups', 'scheduler:ListScheduleGroups on all schedule groups: existence'],
  ])('are not known to be missing when %s may not be listed', async (path, gap) => {
    const read = await factsWhereDenied(aws, readScheduler, ({ url }) => url.split('?')[0] === path);
    expect(gaps(read)).toEqual([gap]);
    expect(listedTypes(read)).toHaveLength(1);
  });

  it('are read over all pages, as AWS answers', async () => {
    const read = await factsOfRecorded(
      readScheduler,
      ({ url }) => {
        const second = url.includes('NextToken=more');
        const name = second ? 'two' : 'one';
        const more = second ? {} : { NextToken: 'more' };
        return {
          status: 200,
          body: JSON.stringify(
            url.startsWith('/schedule-groups')
              ? { ScheduleGroups: [{ Name: name, Arn: group(name) }], ...more }
              : { Schedules: [{ Name: name, GroupName: 'default', Arn: schedule(`default/${name}`) }], ...more },
          ),
        };
      },
      () => false,
    );
    expect(idsOf(read, 'aws_scheduler_schedule')).toEqual(['default/one', 'default/two'].map(schedule));
    expect(idsOf(read, 'aws_scheduler_schedule_group')).toEqual(['one', 'two'].map(group));
  });
});
