import { describe, expect, it } from '@jest/globals';
import { type AlarmCondition, judgeAlarm, watchedAlarms } from '../../../../src/domain/health/alarms.js';
import { stateOf } from '../../../fakes/states.js';

const WATCHED = { address: 'module.monitoring.aws_cloudwatch_metric_alarm.load_balancer["alb-5xx"]', name: 'alb 5xx' };
const judge = (condition: Partial<AlarmCondition> | null) =>
  judgeAlarm(
    WATCHED,
    condition && { name: 'alb 5xx', state: 'OK', reason: 'none', since: null, actionsEnabled: true, ...condition },
    { environment: 'staging', region: 'us-east-1' },
  );

it('the alarms of a state are those of metrics and composite ones', () => {
  const alarm = (type: string, alarm_name: string) => ({ address: `${type}.this`, type, attributes: { alarm_name } });
  const state = stateOf({
    instances: [
      alarm('aws_cloudwatch_composite_alarm', 'any'),
      alarm('aws_cloudwatch_metric_alarm', 'alb-5xx'),
      alarm('aws_sqs_queue', 'no alarm'),
    ],
  });
  expect(watchedAlarms(state).map(({ name }) => name)).toEqual(['alb-5xx', 'any']);
});

describe('an alarm', () => {
  it('that is OK is healthy', () => {
    expect(judge({})).toEqual({ group: 'alarms', name: 'alb 5xx', status: 'healthy', detail: 'OK', nextSteps: [] });
  });

  it('that has gone off is unhealthy: since when, why, and how to see more', () => {
    const since = '2026-11-25T10:00:00Z';
    expect(judge({ state: 'ALARM', reason: 'Threshold Crossed', since: '2026-11-25T10:00:00.123Z' })).toMatchObject({
      status: 'unhealthy',
      detail: `ALARM since ${since}: Threshold Crossed`,
      nextSteps: [
        "aws cloudwatch describe-alarm-history --alarm-name 'alb 5xx' --history-item-type StateUpdate --region us-east-1",
      ],
    });
  });

  it('without data is not checked, saying since when', () => {
    const since = '2026-11-25T10:00:00Z';
    expect(judge({ state: 'INSUFFICIENT_DATA', reason: 'Unchecked', since })).toMatchObject({
      status: 'not-checked',
      detail: `not enough data since ${since}: Unchecked`,
    });
  });

  it('in a state of the future is never healthy', () => {
    expect(judge({ state: 'SNOOZED' })).toMatchObject({ status: 'not-checked', detail: 'SNOOZED: none' });
  });

  it.each(['OK', 'ALARM', 'INSUFFICIENT_DATA'])('that is %s and tells nobody says so', (state) => {
    expect(judge({ state, actionsEnabled: false }).detail).toMatch(/; its actions are disabled, so it tells nobody$/);
  });

  it('that is not there is unhealthy', () => {
    expect(judge(null)).toMatchObject({
      status: 'unhealthy',
      detail: `in the state, but not there: ${WATCHED.address}`,
    });
  });
});
