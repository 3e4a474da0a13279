import { describe, expect, it } from '@jest/globals';
import type { RelationKind } from '../../../../../src/domain/separation/facts.js';
import type { StateInstance } from '../../../../../src/domain/state.js';
import { attributesAt, type Changes, deployedOf, PRODUCTION_PARTS } from '../../../../fakes/separated-environments.js';
import { relation } from '../../../../fakes/separation-evidence.js';
import { failed, foundBy, judged } from '../judged.js';

const production = deployedOf(PRODUCTION_PARTS);
const arn = (service: string, resource: string) => `arn:aws:${service}:us-east-1:111111111111:${resource}`;
const SECRET = arn('secretsmanager', 'secret:mht-api-production-application-9AbCdE');
const QUEUE = 'mht-api-production-processing-feedback.fifo';
const LISTENER = 'module.alb[0].aws_lb_listener.http';
const INSTANCE = 'module.compute.aws_instance.this[0]';
const ALARM = 'module.monitoring.aws_cloudwatch_metric_alarm.load_balancer["alb-5xx"]';
const BALANCER = 'module.alb[0].aws_lb.app_lb';
const LOGGING = 'module.storage.aws_s3_bucket_logging.data';
const FUNCTION = arn('lambda', 'function:mht-api-staging-f');
const COMPOSITE = arn('cloudwatch', 'alarm:mht-api-staging-all');
const base64 = (text: string) => Buffer.from(text).toString('base64');

type Attributes = StateInstance['attributes'];
const set = (address: string, attributes: Attributes): Changes => ({
  attributes: { staging: { [address]: attributes } },
});
const added = (type: string, attributes: Attributes): Changes => ({
  instances: {
    staging: [{ address: `${type}.x`, type, attributes: { ...attributes, tags_all: { Environment: 'staging' } } }],
  },
});
const copied = (address: string, type: string): Changes => ({
  instances: { staging: [{ address: `module.copied.${type}.x`, type, attributes: attributesAt(production, address) }] },
});
const redirect = (host: string) => [{ type: 'redirect', redirect: [{ host, status_code: 'HTTP_301' }] }];
const variables = (all: Readonly<Record<string, string>>) =>
  added('aws_lambda_function', { arn: FUNCTION, environment: [{ variables: all }] });
const logs = (bucket: string) => ({
  access_logs: [{ enabled: true, bucket: `mht-api-${bucket}`, prefix: 'mht-api-production-lb' }],
});

/** What a state says, and how AWS says the same where it does. */
const ROWS: readonly (readonly [
  rule: string,
  what: string,
  Changes,
  live?: readonly [RelationKind, string, string],
])[] = [
  [
    'traffic',
    "a redirect to the other's address",
    set(LISTENER, { default_action: redirect('API.example.com') }),
    [
      'forward',
      arn('elasticloadbalancing', 'listener/app/mht-api-staging-lb/5000000000000001/5000000000000003'),
      'api.example.com',
    ],
  ],
  [
    'traffic',
    "a rule's redirect to it",
    added('aws_lb_listener_rule', {
      arn: arn('elasticloadbalancing', 'listener-rule/app/mht-api-staging-lb/5000000000000001/5000000000000004/5abc'),
      listener_arn: arn('elasticloadbalancing', 'listener/app/mht-api-staging-lb/5000000000000001/5000000000000004'),
      action: redirect('api.example.com'),
    }),
  ],
  [
    'data-flow',
    "a query of the other's metric",
    set(ALARM, { metric_query: [{ id: 'q', metric: [{ dimensions: { QueueName: QUEUE } }] }] }),
    ['alarm-metric', arn('cloudwatch', 'alarm:mht-api-staging-alb-5xx'), arn('sqs', QUEUE)],
  ],
  [
    'encryption',
    'a secret in user data',
    set(INSTANCE, { user_data: `#!/bin/sh\nexport SECRET=${SECRET}.\n` }),
    ['secret', 'i-50000000000000001', SECRET],
  ],
  ['encryption', 'a secret in encoded user data', set(INSTANCE, { user_data_base64: base64(`SECRET=${SECRET}`) })],
  [
    'encryption',
    'a secret in a launch template',
    added('aws_launch_template', { id: 'lt-5abcdef0000000001', user_data: base64(`SECRET=${SECRET}`) }),
  ],
  [
    'encryption',
    'a field of a secret in a variable',
    variables({ A: `${SECRET}:password::` }),
    ['secret', FUNCTION, SECRET],
  ],
  ['data-flow', 'a prefix beside the bucket of the logs', set(BALANCER, logs('production-logs-90000000'))],
  [
    'data-flow',
    'a prefix of what else is copied there',
    set(LOGGING, { target_bucket: 'mht-api-production-logs-90000000', target_prefix: 's3/mht-api-production-data/' }),
  ],
  ['references', 'a prefix in its own bucket', set(BALANCER, logs('staging-logs-50000000'))],
  ['references', 'a secret by its name', set(INSTANCE, { user_data: 'SECRET=mht-api-production-application' })],
  ['references', 'a queue in encoded user data', set(INSTANCE, { user_data_base64: base64(`QUEUE=${QUEUE}`) })],
  ['shared-resources', "the other's logging", copied(LOGGING, 'aws_s3_bucket_logging')],
  [
    'shared-resources',
    "the other's tag",
    copied('module.compute.aws_ec2_tag.network_interface["0/Environment"]', 'aws_ec2_tag'),
  ],
];

describe('one thing that leads to the other environment is found by one rule', () => {
  it.each(ROWS)('%s: %s', (rule, _, changes) => {
    expect(foundBy(rule, changes)).toHaveLength(1);
  });

  it.each(ROWS.flatMap((row) => (row[3] === undefined ? [] : [[row[0], row[1], row[2], row[3]] as const])))(
    '%s: %s, when AWS tells it too',
    (rule, _, changes, [kind, from, to]) => {
      const [finding, ...others] = foundBy(rule, { ...changes, relations: [relation(kind, from, to)] });
      expect(others).toEqual([]);
      expect(finding?.evidence.at(0)).toMatch(/^state: /);
      expect(finding?.evidence.at(-1)).toMatch(/^AWS: /);
    },
  );

  it('also when only the other rule understands what the state has', () => {
    const other = arn('cloudwatch', 'alarm:mht-api-production-alb-5xx');
    const changes = added('aws_cloudwatch_composite_alarm', {
      arn: COMPOSITE,
      alarm_rule: 'ALARM("mht-api-production-alb-5xx")',
    });
    expect(foundBy('references', changes)).toHaveLength(1);
    expect(foundBy('data-flow', { ...changes, relations: [relation('alarm-metric', COMPOSITE, other)] })).toHaveLength(
      1,
    );
  });
});

describe('two things that lead to the other environment are found by two rules', () => {
  it.each<[string, Changes]>([
    ['a secret and a queue in one script', set(INSTANCE, { user_data: `SECRET=${SECRET} QUEUE=${QUEUE}` })],
    ['a secret and a queue in two variables', variables({ A: SECRET, B: QUEUE })],
  ])('%s', (_, changes) => {
    expect(failed(judged(changes))).toEqual(['encryption', 'references']);
  });

  it('a bucket for logs, and another setting of the same bucket', () => {
    const changes = {
      attributes: { staging: { [LOGGING]: { target_bucket: 'mht-api-production-logs-90000000' } } },
      ...added('aws_s3_bucket_website_configuration', {
        bucket: 'mht-api-staging-raw-data-collection-50000000',
        redirect_all_requests_to: [{ host_name: 'api.example.com' }],
      }),
    };
    expect(failed(judged(changes))).toEqual(['data-flow', 'references']);
  });
});

it('a redirect to what the request asked for leads nowhere', () => {
  expect(failed(judged(set(LISTENER, { default_action: redirect('staging.#{host}') })))).toEqual([]);
});
