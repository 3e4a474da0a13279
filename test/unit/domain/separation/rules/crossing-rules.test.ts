import { describe, expect, it } from '@jest/globals';
import type { RelationKind } from '../../../../../src/domain/separation/facts.js';
import type { StateInstance } from '../../../../../src/domain/state.js';
import type { Changes } from '../../../../fakes/separated-environments.js';
import { relation, resourceFact } from '../../../../fakes/separation-evidence.js';
import { failed, foundBy, judged } from '../judged.js';

const arn = (service: string, resource: string) => `arn:aws:${service}:us-east-1:111111111111:${resource}`;
const idsOf = (name: string, digit: string) => ({
  bucket: `arn:aws:s3:::mht-api-${name}-logs-${digit}0000000`,
  queue: arn('sqs', `mht-api-${name}-processing-feedback.fifo`),
  deadLetters: arn('sqs', `mht-api-${name}-processing-feedback-dlq.fifo`),
  topic: arn('sns', `mht-api-${name}-alarms`),
  alarm: arn('cloudwatch', `alarm:mht-api-${name}-alb-5xx`),
  logGroup: arn('logs', `log-group:mht-api-${name}-application`),
  table: arn('dynamodb', `table/mht-api-${name}-table`),
  key: arn('kms', `key/${digit}0000000-0000-4000-8000-000000000001`),
  alias: arn('kms', `alias/mht-api-${name}`),
  secret: arn('secretsmanager', `secret:mht-api-${name}-application-${digit}AbCdE`),
  balancer: arn('elasticloadbalancing', `loadbalancer/app/mht-api-${name}-lb/${digit}000000000000001`),
  listener: arn(
    'elasticloadbalancing',
    `listener/app/mht-api-${name}-lb/${digit}000000000000001/${digit}000000000000004`,
  ),
  targetGroup: arn('elasticloadbalancing', `targetgroup/mht-api-${name}-tg/${digit}000000000000002`),
  certificate: arn('acm', `certificate/${digit}0000000-0000-4000-8000-000000000002`),
  instance: `i-${digit}0000000000000001`,
  vpc: `vpc-${digit}0000000000000002`,
  dns: `mht-api-${name}-lb-${digit}.us-east-1.elb.amazonaws.com`,
});
type Ids = ReturnType<typeof idsOf>;
const [STAGING, PRODUCTION] = [idsOf('staging', '5'), idsOf('production', '9')];
const RECORD = 'Z0ZONE/staging.api.example.com/A';

const ROWS: readonly (readonly [string, RelationKind, keyof Ids, keyof Ids, string])[] = [
  ['data-flow', 'redrive', 'queue', 'deadLetters', 'is tied by its redrive policy to'],
  ['data-flow', 'replication', 'bucket', 'bucket', 'is replicated to'],
  ['data-flow', 'access-log', 'balancer', 'bucket', 'writes its access logs to'],
  ['data-flow', 'notification', 'bucket', 'queue', 'notifies'],
  ['data-flow', 'subscription', 'topic', 'queue', 'is delivered to'],
  ['data-flow', 'alarm-action', 'alarm', 'topic', 'alarms'],
  ['data-flow', 'alarm-metric', 'alarm', 'balancer', 'watches'],
  ['data-flow', 'log-delivery', 'logGroup', 'bucket', 'delivers logs to'],
  ['data-flow', 'event-target', 'queue', 'queue', 'starts'],
  ['data-flow', 'event-source', 'table', 'queue', 'is fed by'],
  ['encryption', 'encrypted-with', 'table', 'key', 'is encrypted with'],
  ['encryption', 'encrypted-with', 'bucket', 'alias', 'is encrypted with'],
  ['encryption', 'key-alias', 'alias', 'key', 'is a name for the key'],
  ['encryption', 'secret', 'instance', 'secret', 'refers to the secret'],
  ['traffic', 'forward', 'listener', 'targetGroup', 'forwards to'],
  ['traffic', 'certificate', 'listener', 'certificate', 'uses the certificate'],
  ['traffic', 'target', 'targetGroup', 'instance', 'has as its target'],
  ['references', 'mentions', 'instance', 'table', 'mentions'],
];

describe('a key of production', () => {
  const MISC = 'arn:aws:kms:us-east-1:111111111111:alias/misc';
  const alias = relation('key-alias', MISC, PRODUCTION.key);

  it("is found behind an alias of nobody's that a bucket of staging uses", () => {
    const relations = [alias, relation('encrypted-with', STAGING.bucket, MISC)];
    const [finding, ...others] = foundBy('encryption', { relations });
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      environment: 'staging',
      other: 'production',
      message: expect.stringContaining(MISC),
    });
  });

  it("is used by production itself through an alias of nobody's", () => {
    expect(foundBy('encryption', { relations: [alias, relation('encrypted-with', PRODUCTION.bucket, MISC)] })).toEqual(
      [],
    );
  });
});

describe.each(ROWS)('%s: a relation of the kind %s', (rule, kind, from, to, words) => {
  const there = relation(kind, STAGING[from], PRODUCTION[to], { where: 'Setting' });

  it('is found from one environment to the other, either way', () => {
    const [finding, ...others] = foundBy(rule, { relations: [there] });
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ environment: 'staging', other: 'production' });
    expect(finding?.message).toMatch(/^module\..* of "staging" .* module\..* of "production"$/);
    expect(finding?.message).toContain(` of "staging" ${words} module.`);
    expect(finding?.evidence).toEqual([`AWS: ${there.from} Setting = ${there.to}`]);
    const back = relation(kind, PRODUCTION[from], STAGING[to]);
    expect(foundBy(rule, { relations: [back] })).toEqual([
      expect.objectContaining({ environment: 'production', other: 'staging' }),
    ]);
  });

  it('is not found inside one environment, nor to nobody', () => {
    const stranger = to === 'instance' ? 'i-0123456789abcdef0' : arn('sqs', 'stranger');
    const relations = [relation(kind, STAGING[from], STAGING[to]), relation(kind, STAGING[from], stranger)];
    expect(foundBy(rule, { relations })).toEqual([]);
  });
});

describe('a finding of a relation', () => {
  const attributes = { redrive_policy: JSON.stringify({ deadLetterTargetArn: PRODUCTION.deadLetters }) };
  const address = 'module.queues.aws_sqs_queue_redrive_policy.this["feedback"]';
  const inState: Changes = { attributes: { staging: { [address]: attributes } } };
  const inAws = relation('redrive', STAGING.queue, PRODUCTION.deadLetters, {
    where: 'RedrivePolicy.deadLetterTargetArn',
  });

  it('that the state tells is mended in the configuration, at the line of the resource', () => {
    const location = { file: 'modules/queues/main.tf', line: 30, column: 1 };
    const configuration = { 'module.queues.aws_sqs_queue.this': { location, countedBy: [] } };
    const findings = foundBy('data-flow', { ...inState, relations: [inAws], configuration });
    expect(findings).toEqual([
      {
        environment: 'staging',
        other: 'production',
        resource: 'module.queues.aws_sqs_queue.this["feedback"]',
        message:
          'module.queues.aws_sqs_queue.this["feedback"] of "staging" is tied by its redrive policy to module.queues.aws_sqs_queue.dead_letter["feedback"] of "production"',
        evidence: [
          `state: https://sqs.us-east-1.amazonaws.com/111111111111/mht-api-staging-processing-feedback.fifo redrive_policy.deadLetterTargetArn = ${PRODUCTION.deadLetters}`,
          `AWS: ${STAGING.queue} RedrivePolicy.deadLetterTargetArn = ${PRODUCTION.deadLetters}`,
        ],
        remedy: `replace ${PRODUCTION.deadLetters} in the configuration by one of "staging", then: mhtctl deploy staging`,
        location,
      },
    ]);
  });

  it.each<[string, Changes, string]>([
    [
      'that AWS alone tells is shown by a plan',
      { relations: [inAws] },
      'the configuration does not ask for it; see what a deployment would put right: mhtctl plan staging',
    ],
    [
      'of what no state holds is to be removed',
      {
        resources: [resourceFact(arn('sqs', 'mht-api-staging-tmp'), { type: 'aws_sqs_queue' })],
        relations: [relation('redrive', arn('sqs', 'mht-api-staging-tmp'), PRODUCTION.deadLetters)],
      },
      `remove ${arn('sqs', 'mht-api-staging-tmp')}, which no state manages, or let it lead to one of "staging"`,
    ],
  ])('%s', (_, changes, remedy) => {
    expect(foundBy('data-flow', changes)[0]?.remedy).toBe(remedy);
  });
});

describe('what two environments share and neither has', () => {
  const both = (kind: RelationKind, from: keyof Ids, to: string): Changes => ({
    relations: [STAGING, PRODUCTION].map((ids) => relation(kind, ids[from], to)),
  });
  const key = arn('kms', 'key/00000000-0000-4000-8000-000000000000');

  it.each<[string, Changes]>([
    ['encryption', both('encrypted-with', 'table', key)],
    ['encryption', both('secret', 'instance', arn('secretsmanager', 'secret:central-a1B2c3'))],
    ['data-flow', both('access-log', 'balancer', 'arn:aws:s3:::central-logs')],
    ['data-flow', both('alarm-action', 'alarm', arn('sns', 'on-call'))],
    ['data-flow', both('redrive', 'queue', arn('sqs', 'central-dlq'))],
    ['traffic', both('certificate', 'listener', arn('acm', 'certificate/wildcard'))],
    ['traffic', both('target', 'targetGroup', 'i-0123456789abcdef0')],
  ])('is found by %s, and either can mend it', (rule, changes) => {
    expect(foundBy(rule, changes)).toEqual([
      expect.objectContaining({
        environment: 'production',
        other: 'staging',
        mutual: true,
        message: expect.stringMatching(/^"production" and "staging" both use .*, which belongs to neither$/),
      }),
    ]);
  });

  it('is not what a resource of both uses: that it is in both states is found by itself', () => {
    const attributes = { arn: arn('sqs', 'mht-api-both'), tags_all: {} };
    const queue = { address: 'aws_sqs_queue.both', type: 'aws_sqs_queue', attributes };
    const relations = [relation('encrypted-with', arn('sqs', 'mht-api-both'), key)];
    const shared = { instances: { staging: [queue], production: [queue] }, relations };
    expect(failed(judged(shared))).not.toContain('encryption');
  });

  it('lists some of those that use it, and counts the others', () => {
    const relations = ['staging', 'production'].flatMap((name) =>
      Array.from({ length: 30 }, (_, index) => relation('encrypted-with', arn('sqs', `mht-api-${name}-${index}`), key)),
    );
    const [finding] = foundBy('encryption', { relations });
    expect(finding?.evidence).toHaveLength(42);
    expect(finding?.evidence).toContain('and 10 more like these');
  });

  it.each<[string, Changes]>([
    ["AWS's own key, by its alias", both('encrypted-with', 'table', arn('kms', 'alias/aws/dynamodb'))],
    [
      "AWS's own key, by its id",
      {
        ...both('encrypted-with', 'table', key),
        resources: [resourceFact(key, { type: 'aws_kms_key', awsManaged: true })],
      },
    ],
    ['an address outside AWS', both('subscription', 'topic', 'ops@example.com')],
    ['a zone, which serves both', both('dns-record', 'balancer', 'arn:aws:route53:::hostedzone/Z0ZONE')],
    ['what both watch', both('alarm-metric', 'alarm', arn('sqs', 'central'))],
  ])('is not %s', (_, changes) => {
    expect(foundBy('encryption', changes)).toEqual([]);
  });
});

describe('a name', () => {
  const state = (attributes: StateInstance['attributes']): Changes => ({
    attributes: { staging: { 'module.dns.aws_route53_record.this': attributes } },
  });

  it.each<[string, Changes]>([
    ["leads to the other's load balancer in the state", state({ alias: [{ name: PRODUCTION.dns }] })],
    ['in capitals and with a final dot', state({ alias: [{ name: `Dualstack.${PRODUCTION.dns.toUpperCase()}.` }] })],
    ["leads to the other's address", { relations: [relation('dns-record', RECORD, '203.0.113.9')] }],
    ["leads to the other's name", { relations: [relation('dns-record', RECORD, 'api.example.com')] }],
    [
      'of an environment that no state holds leads to the other',
      {
        resources: [
          resourceFact('Z0ZONE/beta.staging.api.example.com/CNAME', {
            type: 'aws_route53_record',
            name: 'beta.staging.api.example.com',
          }),
        ],
        relations: [relation('dns-record', 'Z0ZONE/beta.staging.api.example.com/CNAME', PRODUCTION.dns)],
      },
    ],
  ])('%s', (_, changes) => {
    expect(foundBy('traffic', changes)).toEqual([
      expect.objectContaining({ environment: 'staging', other: 'production' }),
    ]);
  });

  it('that answers in the other network is found', () => {
    const zone = 'arn:aws:route53:::hostedzone/ZPRIVATE';
    const changes: Changes = {
      resources: [resourceFact(zone, { type: 'aws_route53_zone', name: 'mht-api-staging.internal' })],
      relations: [relation('zone-vpc', zone, PRODUCTION.vpc)],
    };
    expect(foundBy('traffic', changes)[0]?.message).toContain('answers in module.network.aws_vpc.this of "production"');
  });
});
