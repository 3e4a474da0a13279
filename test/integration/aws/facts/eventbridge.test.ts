import {
  CreateEventBusCommand,
  EventBridgeClient,
  PutPermissionCommand,
  PutRuleCommand,
  PutTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readEventBridge } from '../../../../src/adapters/aws/facts/eventbridge.js';
import { factsWhereDenied, operationOf } from '../../../support/denying-aws.js';
import { EmulatedAws } from '../../../support/emulated-aws.js';
import { everyPolicy, everyRelation, gaps } from '../../../support/fact-lines.js';
import { factsBy, factsOfRecorded, idsOf, listedTypes, noted } from '../../../support/fact-reading.js';

const events = (resource: string) => `arn:aws:events:us-east-1:123456789012:${resource}`;
const queue = (name: string) => `arn:aws:sqs:us-east-1:123456789012:${name}`;
const role = (name: string) => `arn:aws:iam::123456789012:role/${name}`;
const INSTANCE = 'i-0123456789abcdef0';
const DOCUMENT = 'arn:aws:ssm:us-east-1:123456789012:document/restart';
const POLICY = {
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'other',
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::111122223333:root' },
      Action: 'events:PutEvents',
      Resource: events('event-bus/app'),
    },
  ],
};

describe('event buses and rules, read from EventBridge', () => {
  let aws: EmulatedAws;

  beforeAll(async () => {
    aws = await EmulatedAws.start();
    const client = new EventBridgeClient();
    await client.send(new CreateEventBusCommand({ Name: 'app' }));
    await client.send(new PutPermissionCommand({ EventBusName: 'app', Policy: JSON.stringify(POLICY) }));
    const rule = (Name: string, EventBusName: string, EventPattern: object) =>
      client.send(
        new PutRuleCommand({ Name, EventBusName, EventPattern: JSON.stringify(EventPattern), RoleArn: role('rule') }),
      );
    await rule('orders', 'app', { source: ['aws.s3'], resources: ['arn:aws:s3:::app-arrivals'] });
    const others = [{ 'anything-but': [queue('second')] }, { 'anything-but': { prefix: 'arn:aws:s3:::app-' } }];
    await rule('restart', 'default', { detail: { 'instance-id': [INSTANCE], from: others } });
    await client.send(
      new PutTargetsCommand({
        Rule: 'orders',
        EventBusName: 'app',
        Targets: [
          { Id: 'queue', Arn: queue('orders'), RoleArn: role('target'), DeadLetterConfig: { Arn: queue('missed') } },
        ],
      }),
    );
    await client.send(
      new PutTargetsCommand({
        Rule: 'restart',
        Targets: [
          {
            Id: 'command',
            Arn: DOCUMENT,
            Input: JSON.stringify({ report: [queue('reports')], text: `line\n${queue('second')}` }),
          },
        ],
      }),
    );
    client.destroy();
  });

  afterAll(() => aws.stop());

  it('have their policies, roles, targets, and what events they are about', async () => {
    const read = await factsBy(readEventBridge, ({ id, name }) => name === 'orders' || id === INSTANCE);
    expect(everyPolicy(read)).toEqual([
      { kind: 'resource', holder: events('event-bus/app'), name: 'event bus policy', document: POLICY },
    ]);
    const orders = events('rule/app/orders');
    expect(everyRelation(read)).toEqual([
      `event-target: ${orders} -> ${queue('orders')}: target "queue"`,
      `mentions: ${orders} -> arn:aws:s3:::app-arrivals: EventPattern`,
      `redrive: ${orders} -> ${queue('missed')}: target "queue"`,
      `service-role: ${orders} -> ${role('rule')}: RoleArn`,
      `service-role: ${orders} -> ${role('target')}: target "queue"`,
      `service-role: ${events('rule/restart')} -> ${role('rule')}: RoleArn`,
    ]);
    expect(noted(read, orders)).toEqual([
      expect.objectContaining({ type: 'aws_cloudwatch_event_rule', name: 'orders', tags: undefined }),
    ]);
    expect(idsOf(read, 'aws_cloudwatch_event_bus')).toEqual([events('event-bus/app'), events('event-bus/default')]);
    expect(listedTypes(read)).toEqual([
      'aws_cloudwatch_event_bus in us-east-1',
      'aws_cloudwatch_event_rule in us-east-1',
    ]);
    expect(read.unread).toEqual([]);
  });

  it('have what the targets are told', async () => {
    const read = await factsBy(readEventBridge, ({ id, name }) => name === 'restart' || id === INSTANCE);
    const restart = events('rule/restart');
    expect(everyRelation(read).filter((line) => !line.startsWith('service-role'))).toEqual([
      `event-target: ${restart} -> ${DOCUMENT}: target "command"`,
      `mentions: ${restart} -> ${queue('reports')}: target "command"`,
      `mentions: ${restart} -> ${queue('second')}: target "command"`,
      `mentions: ${restart} -> ${INSTANCE}: EventPattern`,
    ]);
  });

  it.each([
    ['ListEventBuses', 'events:ListEventBuses on all event buses: existence, policies, data-flow', 0],
    ['ListRules', 'events:ListRules on event bus app: existence, policies, data-flow', 1],
    ['ListTargetsByRule', `events:ListTargetsByRule on ${events('rule/app/orders')}: data-flow, policies`, 2],
  ])('leave a gap and tell the rest when %s is denied', async (operation, gap, listed) => {
    const read = await factsWhereDenied(
      aws,
      readEventBridge,
      (request) => operationOf(request) === operation && !/default/.test(request.body),
    );
    expect(gaps(read)).toEqual([gap]);
    expect(listedTypes(read)).toHaveLength(listed);
    expect(idsOf(read, 'aws_cloudwatch_event_rule').includes(events('rule/restart'))).toBe(listed > 0);
  });

  it('are read over all pages, as AWS answers', async () => {
    const read = await factsOfRecorded(readEventBridge, (request) => {
      const { NextToken, EventBusName = '' } = JSON.parse(request.body) as {
        NextToken?: string;
        EventBusName?: string;
      };
      const name = NextToken === undefined ? 'one' : 'two';
      const more = NextToken === undefined ? { NextToken: 'more' } : {};
      const pages: Record<string, object> = {
        ListEventBuses: { EventBuses: [{ Name: name, Arn: events(`event-bus/${name}`) }], ...more },
        ListRules: { Rules: [{ Name: name, Arn: events(`rule/${EventBusName}/${name}`) }], ...more },
        ListTargetsByRule: { Targets: [{ Id: name, Arn: queue(name) }], ...more },
      };
      return { status: 200, body: JSON.stringify(pages[operationOf(request) ?? '']) };
    });
    const rules = ['one/one', 'one/two', 'two/one', 'two/two'].map((name) => events(`rule/${name}`));
    expect(idsOf(read, 'aws_cloudwatch_event_rule')).toEqual(rules);
    expect(everyRelation(read).filter((line) => line.startsWith('event-target'))).toEqual(
      rules.flatMap((rule) => [
        `event-target: ${rule} -> ${queue('one')}: target "one"`,
        `event-target: ${rule} -> ${queue('two')}: target "two"`,
      ]),
    );
    expect(read.unread).toEqual([]);
  });
});
