import { describe, expect, it } from '@jest/globals';
import type { HclValue } from '../../../../src/domain/hcl-value.js';
import { watchedQueues } from '../../../../src/domain/health/watched-queues.js';
import type { Json } from '../../../../src/domain/plan.js';
import type { StateInstance } from '../../../../src/domain/state.js';
import { bindingOf } from '../../../fakes/bindings.js';
import { stateOf } from '../../../fakes/states.js';

const SQS = 'arn:aws:sqs:us-east-1:111111111111:';
const url = (name: string) => `https://sqs.us-east-1.amazonaws.com/111111111111/${name}`;
const resource = (type: string, name: string, attributes: StateInstance['attributes']): StateInstance => ({
  address: `${type}.${name}`,
  type,
  attributes,
});
const queue = (name: string, attributes: StateInstance['attributes'] = {}) =>
  resource('aws_sqs_queue', name, { name, arn: `${SQS}${name}`, id: url(name), url: url(name), ...attributes });
const redrive = (name: string) => JSON.stringify({ deadLetterTargetArn: `${SQS}${name}`, maxReceiveCount: 2 });
const depthAlarm = (name: string, attributes: StateInstance['attributes'] = {}) =>
  resource('aws_cloudwatch_metric_alarm', name, {
    alarm_name: `${name}-depth`,
    namespace: 'AWS/SQS',
    metric_name: 'ApproximateNumberOfMessagesVisible',
    dimensions: { QueueName: name },
    comparison_operator: 'GreaterThanThreshold',
    threshold: 100,
    ...attributes,
  });

const SOURCE = { file: 'terraform/terraform.tfvars.staging', line: 37, column: 1 };

function watched(
  instances: readonly StateInstance[],
  configurations: HclValue = {},
  urls: Json = { feedback: url('feedback') },
) {
  const state = stateOf({ instances, outputs: { queue_urls: { value: urls, sensitive: false } } });
  const name = 'sqs_queue_configurations';
  const binding = bindingOf('staging', {
    variables: { [name]: configurations },
    variableSources: { [name]: { name, value: configurations, location: SOURCE } },
  });
  return new Map(watchedQueues(state, binding).map((each) => [each.name, each]));
}

describe('a dead-letter queue', () => {
  it.each<[string, readonly StateInstance[]]>([
    [
      'a redrive policy of its own',
      [queue('feedback'), resource('aws_sqs_queue_redrive_policy', 'this', { redrive_policy: redrive('failed') })],
    ],
    ['the queue it serves', [queue('feedback', { redrive_policy: redrive('failed') })]],
  ])('is one that is named by %s', (_, instances) => {
    const queues = watched([...instances, queue('failed')]);
    expect(queues.get('failed')?.isDeadLetter).toBe(true);
    expect(queues.get('feedback')?.isDeadLetter).toBe(false);
  });

  it.each(['', 'no JSON', '[]', 'null', '{"deadLetterTargetArn": 7}'])('is none by the policy %j', (policy) => {
    const queues = watched([queue('feedback', { redrive_policy: policy }), queue('feedback-dlq')]);
    expect([...queues.values()].some(({ isDeadLetter }) => isDeadLetter)).toBe(false);
  });
});

describe('the threshold of a queue', () => {
  const CONFIGURED = { feedback: { alarm_max_depth: 50 } };

  it('is that of the alarm that watches its depth, rather than what the files say', () => {
    expect(watched([queue('feedback'), depthAlarm('feedback')], CONFIGURED).get('feedback')?.threshold).toEqual({
      value: 100,
      inclusive: false,
      source: 'alarm feedback-depth',
    });
  });

  it('is reached by itself where the alarm says so', () => {
    const alarm = depthAlarm('feedback', { comparison_operator: 'GreaterThanOrEqualToThreshold' });
    expect(watched([queue('feedback'), alarm]).get('feedback')?.threshold?.inclusive).toBe(true);
  });

  it.each([
    { dimensions: { QueueName: 'another' } },
    { dimensions: null },
    { metric_name: 'ApproximateAgeOfOldestMessage' },
    { namespace: 'Custom' },
    { comparison_operator: 'LessThanThreshold' },
    { threshold: null },
  ])('is not that of an alarm with %j', (attributes) => {
    expect(watched([queue('feedback'), depthAlarm('feedback', attributes)]).get('feedback')?.threshold).toBeUndefined();
  });

  it('is alarm_max_depth where there is no alarm, of the queue that the outputs name by the key', () => {
    const queues = watched([queue('feedback'), queue('other')], CONFIGURED);
    expect(queues.get('feedback')?.threshold).toEqual({
      value: 50,
      inclusive: false,
      source: 'alarm_max_depth of feedback, terraform/terraform.tfvars.staging:37',
    });
    expect(queues.get('other')?.threshold).toBeUndefined();
  });

  it.each<[HclValue, Json]>([
    [{}, { feedback: url('feedback') }],
    [{ feedback: {} }, { feedback: url('feedback') }],
    [{ feedback: { alarm_max_depth: '50' } }, { feedback: url('feedback') }],
    ['text', { feedback: url('feedback') }],
    [CONFIGURED, null],
    [CONFIGURED, []],
    [CONFIGURED, { feedback: url('elsewhere') }],
  ])('is not known where the files say %j and the outputs %j', (configurations, urls) => {
    expect(watched([queue('feedback')], configurations, urls).get('feedback')?.threshold).toBeUndefined();
  });
});
