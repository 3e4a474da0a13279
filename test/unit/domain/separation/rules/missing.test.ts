import { describe, expect, it } from '@jest/globals';
import type { ListedType } from '../../../../../src/domain/separation/facts.js';
import { judgeSeparation } from '../../../../../src/domain/separation/judge.js';
import type { StateInstance } from '../../../../../src/domain/state.js';
import { ACCOUNT } from '../../../../fakes/bindings.js';
import { type Changes, separatedEvidence } from '../../../../fakes/separated-environments.js';
import { resourceFact } from '../../../../fakes/separation-evidence.js';
import { checkOf, failed, foundBy, judged } from '../judged.js';

const QUEUE = 'arn:aws:sqs:us-east-1:111111111111:mht-api-staging-processing-feedback.fifo';
const ADDRESS = 'module.queues.aws_sqs_queue.this["feedback"]';
const VPC = 'vpc-50000000000000002';
const location = { file: 'modules/queues/main.tf', line: 30, column: 1 };

const ELB = 'arn:aws:elasticloadbalancing:us-east-1:111111111111';
const BALANCER = `${ELB}:loadbalancer/app/mht-api-staging-lb/5000000000000001`;
const LISTENER = `${ELB}:listener/app/mht-api-staging-lb/5000000000000001/5000000000000003`;
const RULE = `${ELB}:listener-rule/app/mht-api-staging-lb/5000000000000001/5000000000000003/5000000000000009`;

const state = (instance: Omit<StateInstance, 'address'>): Changes => ({
  instances: { staging: [{ address: 'aws_x.y', ...instance }] },
});

describe('what a state says there is', () => {
  it('is missed with its identifier, where it is written, and what a deployment would make', () => {
    const configuration = { 'module.queues.aws_sqs_queue.this': { location, countedBy: [] } };
    expect(foundBy('missing', { gone: [QUEUE], configuration })).toEqual([
      {
        environment: 'staging',
        other: null,
        resource: ADDRESS,
        message: `${ADDRESS} is in the state of "staging" and not in AWS`,
        evidence: [`state: ${ADDRESS} is ${QUEUE}`, `AWS: no aws_sqs_queue ${QUEUE} is listed`],
        remedy: 'see what a deployment would make anew: mhtctl plan staging',
        location,
      },
    ]);
  });

  it.each([
    ['a bucket', 'arn:aws:s3:::mht-api-staging-logs-50000000', 'module.storage.aws_s3_bucket.this["logs"]'],
    ['a role', 'arn:aws:iam::111111111111:role/mht-api-staging-instance', 'module.identity.aws_iam_role.this'],
    ['a network', VPC, 'module.network.aws_vpc.this'],
    ['a NAT gateway', 'nat-50000000000000010', 'module.network.aws_nat_gateway.this["us-east-1a"]'],
    ['an elastic IP', 'eipalloc-5000000000000000c', 'module.network.aws_eip.nat["us-east-1a"]'],
    ['an alias', 'arn:aws:kms:us-east-1:111111111111:alias/mht-api-staging', 'module.encryption.aws_kms_alias.this'],
    ['a record', 'Z0ZONE/staging.api.example.com/A', 'module.dns.aws_route53_record.this'],
  ])('is missed whatever it is: %s', (_, id, address) => {
    const zone = {
      id: 'arn:aws:route53:::hostedzone/Z0ZONE',
      type: 'aws_route53_zone',
      aliases: [],
      name: 'example.com',
      tags: undefined,
      partOf: undefined,
    };
    const findings = foundBy('missing', { gone: [id], resources: [zone] });
    expect(findings.map(({ resource }) => resource)).toEqual([address]);
  });

  it.each([
    {
      part: 'a record, of whose zone all records are listed',
      id: 'Z0ZONE/staging.api.example.com/A',
      type: 'aws_route53_record',
      whole: { id: 'arn:aws:route53:::hostedzone/Z0ZONE', type: 'aws_route53_zone' },
    },
    {
      part: 'a listener, of whose load balancer all are listed',
      id: LISTENER,
      type: 'aws_lb_listener',
      whole: { id: BALANCER, type: 'aws_lb' },
    },
    {
      part: 'a rule, of whose listener all are listed',
      id: RULE,
      type: 'aws_lb_listener_rule',
      whole: { id: LISTENER, type: 'aws_lb_listener' },
    },
  ])("is missed as one of its whole's parts, whatever else was not listed: $part", ({ id, type, whole }) => {
    const evidence = separatedEvidence({
      ...state({ type: 'aws_lb_listener_rule', attributes: { arn: RULE, listener_arn: LISTENER } }),
      gone: [id],
      unlisted: [type],
      resources: [resourceFact(whole.id, whole)],
    });
    const within = { type, accountId: ACCOUNT, region: 'global', within: whole.id };
    const listing = (listed: readonly ListedType[]) => {
      const live = { ...evidence.live, listedTypes: [...evidence.live.listedTypes, ...listed] };
      const { status, findings } = checkOf(judgeSeparation({ ...evidence, live }), 'missing');
      return [status, findings.length];
    };
    expect(listing([within])).toEqual(['fail', 1]);
    expect(listing([{ ...within, within: `${whole.id}1` }])[1]).toBe(0);
  });

  it('is missed with its load balancer, of which nothing can be listed any more', () => {
    const { findings } = checkOf(judged({ gone: [LISTENER, BALANCER], unlisted: ['aws_lb_listener'] }), 'missing');
    expect(findings.map(({ evidence: [said] }) => said)).toEqual(
      expect.arrayContaining([expect.stringContaining(LISTENER), expect.stringContaining(BALANCER)]),
    );
  });

  it('is covered no more', () => {
    expect(judged({ gone: [QUEUE] }).coverage['staging']?.uncheckable).toContainEqual({
      resource: ADDRESS,
      reason: 'it is not in AWS',
    });
  });
});

describe('what nobody can tell', () => {
  it.each<[string, Changes, string]>([
    [
      'a type that is not listed',
      { gone: [QUEUE], unlisted: ['aws_sqs_queue'] },
      'mhtctl does not ask AWS for resources of type aws_sqs_queue',
    ],
    [
      'a type never heard of',
      state({
        type: 'aws_quantum_ledger',
        attributes: { arn: 'arn:aws:quantum:us-east-1:111111111111:ledger/mht-api-staging' },
      }),
      'mhtctl does not ask AWS for resources of type aws_quantum_ledger',
    ],
    [
      'an account that nobody looks at',
      state({ type: 'aws_sqs_queue', attributes: { arn: 'arn:aws:sqs:us-east-1:999999999999:mht-api-staging-x' } }),
      'mhtctl does not ask AWS for resources of type aws_sqs_queue',
    ],
    [
      'a region that nobody looks at',
      state({
        type: 'aws_vpc',
        attributes: {
          arn: 'arn:aws:ec2:eu-west-1:111111111111:vpc/vpc-0123456789abcdef0',
          id: 'vpc-0123456789abcdef0',
        },
      }),
      'mhtctl does not ask AWS for resources of type aws_vpc',
    ],
    [
      'a record in a zone of another account',
      { gone: ['Z0ZONE/staging.api.example.com/A'] },
      'its hosted zone Z0ZONE is in no account that mhtctl looks at',
    ],
    [
      'a type whose listing was denied',
      {
        gone: [QUEUE],
        unlisted: ['aws_sqs_queue'],
        unread: [
          {
            environments: ['staging'],
            areas: ['existence'],
            action: 'sqs:ListQueues',
            subject: 'all queues',
            reason: 'AWS denied sqs:ListQueues',
          },
        ],
      },
      'AWS denied sqs:ListQueues',
    ],
  ])('leaves the check open: %s', (_, changes, reason) => {
    const instances = changes.instances?.['staging'] ?? [];
    const arns = instances.map(({ attributes }) => String(attributes['id'] ?? attributes['arn']));
    const judgement = judged({ ...changes, gone: [...(changes.gone ?? []), ...arns] });
    const { status, gaps } = checkOf(judgement, 'missing');
    expect(failed(judgement)).toEqual([]);
    expect(status).toBe('unknown');
    expect(gaps.map((gap) => gap.reason)).toContain(reason);
    expect(judgement.coverage['staging']?.uncheckable.map((each) => each.reason)).toContain(reason);
  });

  it('is nothing about a part that is listed with its whole alone', () => {
    const rule = 'sgr-50000000000000022';
    const changes = { gone: [rule], unlisted: ['aws_vpc_security_group_ingress_rule'] };
    expect(checkOf(judged(changes), 'missing').status).toBe('pass');
  });

  it.each<[string, StateInstance['attributes']]>([
    ['no identifier', { id: '4711' }],
    ['an ARN that is a number', { arn: 5, id: 7 }],
    ['an ARN that is null', { arn: null, id: null }],
    ['a broken ARN', { arn: 'arn:aws', id: 'arn:' }],
    ['nothing at all', {}],
  ])('leaves the check open for a resource with %s', (_, attributes) => {
    const judgement = judged(state({ type: 'aws_quantum_ledger', attributes }));
    expect(failed(judgement)).toEqual([]);
    expect(checkOf(judgement, 'missing').gaps.map(({ subject }) => subject)).toEqual(['aws_x.y']);
    expect(judgement.coverage['staging']?.uncheckable).toContainEqual({
      resource: 'aws_x.y',
      reason: 'the state names nothing that identifies it in AWS',
    });
  });
});

describe('a setting', () => {
  const versioning = (bucket: string): Changes =>
    state({ type: 'aws_s3_bucket_versioning', attributes: { bucket, id: bucket } });

  it('is missed with what it is a setting of, when that is in no state', () => {
    const [finding, ...others] = foundBy('missing', versioning('mht-api-staging-ghost'));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      resource: 'aws_x.y',
      message: 'aws_x.y is in the state of "staging", and what it is a setting of is not in AWS',
    });
  });

  it('is not missed beside what it is a setting of', () => {
    const bucket = 'arn:aws:s3:::mht-api-staging-logs-50000000';
    expect(foundBy('missing', { gone: [bucket] }).map(({ resource }) => resource)).toEqual([
      'module.storage.aws_s3_bucket.this["logs"]',
    ]);
  });

  it('of what nobody lists leaves the check open', () => {
    const { status, gaps } = checkOf(
      judged({ ...versioning('mht-api-staging-ghost'), unlisted: ['aws_s3_bucket'] }),
      'missing',
    );
    expect(status).toBe('unknown');
    expect(gaps.map(({ subject }) => subject)).toContain('aws_x.y');
  });

  it.each(['random_id', 'terraform_data', 'null_resource', 'constructor', '__proto__'])(
    'or a resource that is in the state alone is no question: %s',
    (type) => {
      const { checks, coverage } = judged(state({ type, attributes: { id: 'x', arn: 5 } }));
      expect(checkOf({ checks }, 'missing').status).toBe('pass');
      expect(coverage['staging']?.uncheckable).toContainEqual({
        resource: 'aws_x.y',
        reason: 'it is no AWS resource: it exists in the state alone',
      });
    },
  );
});
