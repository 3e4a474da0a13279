import type { EventBridgeClient, EventBus, Target } from '@aws-sdk/client-eventbridge';
import { concerned } from './concerned.js';
import { list, listAll } from './listing.js';
import { noteMentions } from './mentions.js';
import { pagesByToken } from './pages-by-token.js';
import type { Reading } from './reading.js';

/** What the parts of this reader share. */
interface EventBridge {
  readonly reading: Reading;
  readonly sdk: typeof import('../sdk/eventbridge.js');
  readonly client: EventBridgeClient;
}

/** Event buses with their policies, and the rules on them with what they start. */
export async function readEventBridge(reading: Reading): Promise<void> {
  const sdk = await import('../sdk/eventbridge.js');
  const client = new sdk.EventBridgeClient(reading.configuration);
  const eventBridge = { reading, sdk, client };
  try {
    const buses = await readBuses(eventBridge);
    const whole = await Promise.all(buses.map((bus) => readRules(eventBridge, bus)));
    if (buses.length > 0 && whole.every((each) => each)) reading.listed('regional', 'aws_cloudwatch_event_rule');
  } finally {
    client.destroy();
  }
}

/** Source: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListEventBuses.html */
async function readBuses({ reading, sdk, client }: EventBridge): Promise<readonly EventBus[]> {
  const buses = await listAll(reading, {
    action: 'events:ListEventBuses',
    subject: 'all event buses',
    areas: ['existence', 'policies', 'data-flow'],
    types: ['aws_cloudwatch_event_bus'],
    pages: () =>
      pagesByToken(
        (NextToken) => client.send(new sdk.ListEventBusesCommand({ NextToken, Limit: 100 })),
        ({ NextToken }) => NextToken,
      ),
    items: ({ EventBuses }) => EventBuses,
  });
  for (const { Arn: id = '', Name: name, Policy: document } of buses) {
    reading.resource({ id, type: 'aws_cloudwatch_event_bus', name });
    reading.policy({ kind: 'resource', holder: id, name: 'event bus policy', document });
  }
  return buses;
}

/**
 * False when not all of them could be read.
 * Source: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListRules.html
 */
async function readRules(eventBridge: EventBridge, { Name: bus = '' }: EventBus): Promise<boolean> {
  const { reading, sdk, client } = eventBridge;
  const { items: rules, whole } = await list(reading, {
    action: 'events:ListRules',
    subject: `event bus ${bus}`,
    areas: ['existence', 'policies', 'data-flow'],
    pages: () =>
      pagesByToken(
        (NextToken) => client.send(new sdk.ListRulesCommand({ EventBusName: bus, NextToken, Limit: 100 })),
        ({ NextToken }) => NextToken,
      ),
    items: ({ Rules }) => Rules,
  });
  for (const { Arn: id = '', Name: name, RoleArn: to } of rules) {
    reading.resource({ id, type: 'aws_cloudwatch_event_rule', name });
    reading.relation({ kind: 'service-role', from: id, to, where: 'RoleArn' });
  }
  const close = await concerned(
    reading,
    rules.map(({ Arn: id = '', Name: name, EventPattern = '' }) => ({ id, name, EventPattern })),
  );
  await Promise.all(
    close.flatMap(({ id, name, EventPattern }) => [
      noteMentions(reading, id, EventPattern, 'EventPattern'),
      readTargets(eventBridge, { id, name, bus }),
    ]),
  );
  return whole;
}

/** Source: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListTargetsByRule.html */
async function readTargets(
  { reading, sdk, client }: EventBridge,
  { id, name, bus }: { readonly id: string; readonly name: string | undefined; readonly bus: string },
): Promise<void> {
  const targets = await listAll(reading, {
    action: 'events:ListTargetsByRule',
    subject: id,
    areas: ['data-flow', 'policies'],
    pages: () =>
      pagesByToken(
        (NextToken) => client.send(new sdk.ListTargetsByRuleCommand({ Rule: name, EventBusName: bus, NextToken })),
        ({ NextToken }) => NextToken,
      ),
    items: ({ Targets }) => Targets,
  });
  await Promise.all(targets.map((target) => noteTarget(reading, id, target)));
}

/** What a target is given besides the event may name what it is to act on. */
async function noteTarget(reading: Reading, from: string, target: Target): Promise<void> {
  const { Id, Arn, RoleArn, DeadLetterConfig, ...parameters } = target;
  const where = `target "${Id}"`;
  reading.relation({ kind: 'event-target', from, to: Arn, where });
  reading.relation({ kind: 'service-role', from, to: RoleArn, where });
  reading.relation({ kind: 'redrive', from, to: DeadLetterConfig?.Arn, where });
  await noteMentions(reading, from, parameters, where);
}
