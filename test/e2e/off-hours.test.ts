import { CreateTagsCommand, DescribeInstancesCommand, EC2Client } from '@aws-sdk/client-ec2';
import { GetScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { clientSettings, objectsOf, recordsIn } from './support/aws.js';
import { CommandLine, type Run } from './support/command-line.js';
import { type TemporaryProject, wholeProject } from './support/project.js';

/** Staging, deployed once with a schedule. Every test leaves it as it found it: running, and its files as they are. */
let project: TemporaryProject;
let mhtctl: CommandLine;
let ec2: EC2Client;
let unscheduled: string;
let deployment: Run;

const VARIABLES = 'terraform.tfvars.staging';
const HOURS = ['--start', '07:00', '--stop', '20:00', '--time-zone', 'Europe/Berlin'];
const SCHEDULE = {
  start: '07:00',
  stop: '20:00',
  weekdays: ['mon', 'tue', 'wed', 'thu', 'fri'],
  timeZone: 'Europe/Berlin',
};

beforeAll(async () => {
  project = await wholeProject();
  mhtctl = new CommandLine(project);
  await mhtctl.startEmulator();
  ec2 = new EC2Client(clientSettings(mhtctl));
  unscheduled = await project.read(VARIABLES);
  for (const args of [
    ['bootstrap', 'staging', '--yes'],
    ['schedule', 'staging', ...HOURS],
  ]) {
    const { exitCode, stderr } = await mhtctl.run(args);
    if (exitCode !== 0) throw new Error(stderr);
  }
  deployment = await mhtctl.run(['deploy', 'staging', '--yes', '--json']);
}, 600_000);
afterAll(async () => {
  ec2.destroy();
  await mhtctl.stopEmulator();
  await project.dispose();
});

const withFile: TemporaryProject['withFile'] = (...change) => project.withFile(...change);

async function json<T>(...args: readonly string[]): Promise<T> {
  return JSON.parse((await mhtctl.run([...args, '--json'])).stdout) as T;
}

/** What EC2 itself says of the environment's instances. */
async function instances(): Promise<readonly { readonly id: string; readonly state: string | undefined }[]> {
  const Filters = [{ Name: 'tag:Name', Values: ['mht-api-staging-*'] }];
  const { Reservations = [] } = await ec2.send(new DescribeInstancesCommand({ Filters }));
  return Reservations.flatMap(({ Instances = [] }) =>
    Instances.map(({ InstanceId: id = '', State }) => ({ id, state: State?.Name })),
  );
}
const states = async () => (await instances()).map(({ state }) => state);

describe('a schedule', () => {
  it('is in EventBridge Scheduler once it is deployed, for the instances of the environment', async () => {
    expect(deployment.exitCode).toBe(0);
    const scheduler = new SchedulerClient(clientSettings(mhtctl));
    const GroupName = 'mht-api-staging-off-hours';
    const [start, stop] = await Promise.all(
      ['start', 'stop'].map((action) =>
        scheduler.send(new GetScheduleCommand({ GroupName, Name: `mht-api-staging-off-hours-${action}` })),
      ),
    );
    scheduler.destroy();
    expect(start?.ScheduleExpression).toBe('cron(0 7 ? * MON,TUE,WED,THU,FRI *)');
    expect(stop?.ScheduleExpression).toBe('cron(0 20 ? * MON,TUE,WED,THU,FRI *)');
    expect(stop?.ScheduleExpressionTimezone).toBe('Europe/Berlin');
    const InstanceIds = (await instances()).map(({ id }) => id);
    expect(InstanceIds).toHaveLength(1);
    expect(JSON.parse(stop?.Target?.Input ?? '')).toEqual({ InstanceIds });
  });

  it('leaves nothing for the next plan to change, and is shown by every command that should know', async () => {
    expect(await json('plan', 'staging')).toMatchObject({ changes: [], risks: [] });
    expect(await json('schedule', 'staging')).toMatchObject({
      configured: { ...SCHEDULE, hoursPerWeek: 65 },
      applied: SCHEDULE,
      pending: false,
      changed: false,
    });
    const { environments } = await json<{ environments: readonly { readonly name: string }[] }>('status');
    expect(environments.find(({ name }) => name === 'staging')).toMatchObject({ offHours: SCHEDULE });
    const report = await json<{ savings: readonly { rule: string }[] }>('cost-report', 'staging', '--no-actual');
    expect(report).toMatchObject({ hoursOn: { hoursPerMonth: 282.44 } });
    expect(report.savings.map(({ rule }) => rule)).not.toContain('off-hours');
  });

  it('leads nowhere else: nothing is found, and all of it could be checked', async () => {
    const report = await json<{
      checks: readonly { readonly findings: readonly { readonly environment: string }[] }[];
      coverage: Readonly<Record<string, { readonly uncheckable: readonly { readonly resource: string }[] }>>;
    }>('verify-separation');
    expect(report.checks.flatMap(({ findings }) => findings)).toEqual([]);
    const uncheckable = report.coverage['staging']?.uncheckable.map(({ resource }) => resource);
    expect(uncheckable).toEqual(['module.compute.terraform_data.ami']);
  });

  it('is changed in one place of its file, and taken out without a trace', async () => {
    const before = await project.read(VARIABLES);
    try {
      const changed = await json('schedule', 'staging', '--stop', '19:30', '--days', 'mon,wed');
      expect(changed).toMatchObject({ changed: true, pending: true, applied: SCHEDULE, configured: { stop: '19:30' } });
      expect(await project.read(VARIABLES)).toBe(
        before.replace('"20:00"', '"19:30"').replace('"mon", "tue", "wed", "thu", "fri"', '"mon", "wed"'),
      );
      const { stdout } = await mhtctl.run(['schedule', 'staging', '--remove']);
      expect(stdout).toContain('mhtctl deploy staging');
      expect(await project.read(VARIABLES)).toBe(unscheduled);
    } finally {
      await project.write(VARIABLES, before);
    }
  });

  it.each([
    [['production', ...HOURS], 3, 'OffHoursNotAllowed'],
    [['staging', '--days', 'mon-fry'], 2, 'InvalidSchedule'],
    [['staging', '--time-zone', 'Berlin'], 2, 'InvalidSchedule'],
    [['staging', '--remove', '--stop', '20:00'], 2, 'Usage'],
  ])('is refused as %j, and no file is changed', async (args, exitCode, code) => {
    const before = await Promise.all([VARIABLES, 'terraform.tfvars.production'].map((file) => project.read(file)));
    const run = await mhtctl.run(['schedule', ...args, '--json']);
    expect([run.exitCode, JSON.parse(run.stdout).error.code]).toEqual([exitCode, code]);
    const after = await Promise.all([VARIABLES, 'terraform.tfvars.production'].map((file) => project.read(file)));
    expect(after).toEqual(before);
  });

  it('that was written by hand against the policy is refused by the plan', async () => {
    const forbid = (text: string) => text.replace('protected = false', 'protected = false\n  off_hours = false');
    await withFile('policy.hcl', forbid, () =>
      withFile(
        VARIABLES,
        (text) => text.replace('"20:00"', '"19:00"'),
        async () => {
          const { exitCode, stderr } = await mhtctl.run(['deploy', 'staging', '--yes']);
          expect(exitCode).toBe(3);
          expect(stderr).toContain(
            'module.off_hours[0].aws_scheduler_schedule.this["stop"]: it would stop the instances',
          );
        },
      ),
    );
  });
});

describe('stopping and starting now', () => {
  it('brings the instances there and back, is no drift, and a deployment does not wait for what is stopped', async () => {
    try {
      expect(await json('stop', 'staging', '--yes')).toMatchObject({
        outcome: 'stopped',
        instances: [{ name: 'mht-api-staging-0', before: 'running', after: 'stopped' }],
      });
      expect(await states()).toEqual(['stopped']);
      expect(await json('stop', 'staging')).toMatchObject({ outcome: 'no-changes' });
      expect(await json('plan', 'staging')).toMatchObject({ changes: [] });
      const deploy = await mhtctl.run(['deploy', 'staging', '--yes']);
      expect(deploy.exitCode).toBe(8);
      expect(deploy.stderr).toContain('the instances are stopped, so nothing is waited for');
      expect(deploy.stderr).toContain('start them: mhtctl start staging');
    } finally {
      const start = await json('start', 'staging', '--yes');
      // The emulator serves no traffic, so the whole is not called healthy.
      expect(start).toMatchObject({ outcome: 'started', health: { status: 'unknown' } });
    }
    expect(await states()).toEqual(['running']);
    const records = recordsIn(await objectsOf(mhtctl, 'mht-api-terraform-state-staging'));
    expect(records.filter(({ operation }) => operation === 'stop' || operation === 'start')).toMatchObject([
      { operation: 'stop', status: 'done' },
      { operation: 'start', status: 'done' },
    ]);
  });

  it('is confirmed: by y/N, and by its name where the environment is protected', async () => {
    expect((await mhtctl.run(['stop', 'staging'])).exitCode).toBe(4);
    const declined = await mhtctl.atTerminal(['stop', 'staging'], [['Stop the instances of staging?', 'n\r']]);
    expect(declined.exitCode).toBe(4);
    await withFile(
      'policy.hcl',
      (text) => text.replace('protected = false', 'protected = true'),
      async () => {
        const run = await mhtctl.run(['stop', 'staging', '--yes', '--json']);
        expect([run.exitCode, JSON.parse(run.stdout).error.nextSteps]).toEqual([
          4,
          ['mhtctl stop staging --confirm staging'],
        ]);
      },
    );
    expect(await states()).toEqual(['running']);
  });

  it("touches no instance whose tag is another environment's", async () => {
    const Resources = (await instances()).map(({ id }) => id);
    const tag = (Value: string) =>
      ec2.send(new CreateTagsCommand({ Resources, Tags: [{ Key: 'Environment', Value }] }));
    await tag('production');
    try {
      const run = await mhtctl.run(['stop', 'staging', '--yes', '--json']);
      expect([run.exitCode, JSON.parse(run.stdout).error.code]).toEqual([3, 'ForeignInstance']);
      expect(await states()).toEqual(['running']);
    } finally {
      await tag('staging');
    }
  });

  it('has nothing to do where nothing was deployed', async () => {
    await mhtctl.run(['bootstrap', 'production', '--confirm', 'production']);
    const run = await mhtctl.run(['start', 'production', '--confirm', 'production', '--json']);
    expect([run.exitCode, JSON.parse(run.stdout).error.code]).toEqual([2, 'NoInstances']);
  });
});
