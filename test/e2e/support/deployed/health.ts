import { CloudWatchClient, SetAlarmStateCommand, type StateValue } from '@aws-sdk/client-cloudwatch';
import { GetQueueUrlCommand, PurgeQueueCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, it } from '@jest/globals';
import { until } from '../../../support/condition.js';
import { clientSettings } from '../aws.js';
import type { CommandLine } from '../command-line.js';

const ALARM = 'mht-api-production-alb-5xx';
const FAILED = 'mht-api-production-processing-feedback-dlq.fifo';

interface Check {
  readonly group: string;
  readonly name: string;
  readonly status: string;
  readonly detail: string;
  readonly nextSteps: readonly string[];
}

/** What `mhtctl health` says of a deployed production. Each test leaves it as it was. */
export function describeHealth(line: () => CommandLine): void {
  const health = async () => {
    const { exitCode, stdout } = await line().run(['health', 'production', '--json']);
    const report = JSON.parse(stdout) as { readonly status: string; readonly checks: readonly Check[] };
    return { exitCode, ...report, named: (name: string) => report.checks.find((check) => check.name === name) };
  };
  const setAlarm = (to: StateValue) =>
    new CloudWatchClient(clientSettings(line())).send(
      new SetAlarmStateCommand({ AlarmName: ALARM, StateValue: to, StateReason: 'set by a test' }),
    );
  const withAlarm = async (action: () => Promise<void>) => {
    await setAlarm('ALARM');
    try {
      await action();
    } finally {
      await setAlarm('OK');
    }
  };

  describe('health', () => {
    it('is that of all its parts, and not known where an emulator serves no traffic', async () => {
      const { exitCode, status, checks } = await health();
      expect([exitCode, status]).toEqual([0, 'unknown']);
      const count = (group: string, wanted: string) =>
        checks.filter((check) => check.group === group && check.status === wanted).length;
      const groups = ['traffic', 'instances', 'alarms', 'queues'];
      expect(groups.map((group) => count(group, 'healthy'))).toEqual([3, 3, 5, 2]);
      expect(groups.map((group) => count(group, 'not-checked'))).toEqual([3, 0, 0, 0]);
    });

    it('is bad while an alarm has gone off, in JSON as in text, and good again afterwards', async () => {
      await withAlarm(async () => {
        const { exitCode, status, named } = await health();
        expect([exitCode, status]).toEqual([8, 'unhealthy']);
        expect(named(ALARM)).toMatchObject({ status: 'unhealthy', detail: expect.stringContaining('set by a test') });
        const text = await line().run(['health', 'production']);
        expect(text.exitCode).toBe(8);
        expect(text.stdout).toMatch(new RegExp(`✖ unhealthy +${ALARM}: ALARM since`));
      });
      expect((await health()).exitCode).toBe(0);
    });

    it('is bad while messages wait that failed every try, with the commands to look at them', async () => {
      const sqs = new SQSClient(clientSettings(line()));
      const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: FAILED }));
      await sqs.send(
        new SendMessageCommand({ QueueUrl, MessageBody: 'failed', MessageGroupId: '1', MessageDeduplicationId: '1' }),
      );
      try {
        const { exitCode, named } = await health();
        expect(exitCode).toBe(8);
        expect(named(FAILED)?.detail).toBe('1 message failed every try (1 waiting)');
        expect(named(FAILED)?.nextSteps.join('\n')).toContain(`aws sqs receive-message --queue-url ${QueueUrl}`);
      } finally {
        await sqs.send(new PurgeQueueCommand({ QueueUrl }));
      }
      expect((await health()).named(FAILED)).toMatchObject({ status: 'healthy', detail: 'empty' });
    });

    it('that is watched without a terminal tells each change on a line, until it is interrupted', async () => {
      const { child, ended } = line().start(['health', 'production', '--watch', '--interval', '1']);
      let told = '';
      child.stdout?.on('data', (chunk: string) => {
        told += chunk;
      });
      await until('the first look', () => told.includes('production: unknown'), 60);
      await withAlarm(() => until('the alarm to be told', () => told.includes('production: unhealthy'), 60));
      await until('its end to be told', () => /OK \(was unhealthy\)/.test(told), 60);
      child.kill('SIGINT');
      const { exitCode, stdout, stderr } = await ended;
      expect([exitCode, stderr]).toEqual([130, '']);
      expect(stdout).toMatch(new RegExp(`^\\S+Z {2}✖ unhealthy +${ALARM}: .* \\(was healthy\\)$`, 'm'));
      expect(stdout).not.toContain('\u001B');
    });

    it('that is watched at a terminal is drawn over itself, until Ctrl-C', async () => {
      const args = ['health', 'production', '--watch', '--interval', '1'];
      const { exitCode, stdout } = await line().atTerminal(args, [
        ['Ctrl-C ends', ''],
        // Begins the second drawing, over the lines of the first.
        ['\u001B[18A', '\u0003'],
      ]);
      expect(exitCode).toBe(130);
      expect(stdout.match(/production.*: .*unknown/g)).toHaveLength(2);
    });
  });
}
