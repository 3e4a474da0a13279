import { describe, expect, it } from '@jest/globals';
import type { Unread } from '../../../../src/domain/separation/facts.js';
import { inventoryOf } from '../../../../src/domain/separation/inventory.js';
import { judgeSeparation } from '../../../../src/domain/separation/judge.js';
import type { StateInstance } from '../../../../src/domain/state.js';
import { type Changes, separatedEvidence } from '../../../fakes/separated-environments.js';
import { resourceFact } from '../../../fakes/separation-evidence.js';

/** So many that what is compared with everything else never ends. */
const MANY = 10_000;
const NAMES = ['production', 'staging'] as const;
type Name = (typeof NAMES)[number];

const indices = Array.from({ length: MANY }, (_, index) => index);
const arn = (service: string, resource: string) => `arn:aws:${service}:us-east-1:111111111111:${resource}`;
const queueArn = (name: string) => arn('sqs', name);
const tagsOf = (name: string) => ({ Environment: name, Project: 'mht-api' });
const hex = (digit: string, index: number) => `${digit}${index.toString(16).padStart(16, '0')}`;
const address = (network: number, index: number) => `${network}.${index >> 16}.${(index >> 8) & 255}.${index & 255}`;
const digitOf = (name: Name) => (name === 'staging' ? '5' : '9');
const otherThan = (name: Name): Name => (name === 'staging' ? 'production' : 'staging');
const keyOf = (name: Name) => arn('kms', `key/${digitOf(name)}0000000-0000-4000-8000-000000000001`);

const many = (of: (name: Name, index: number) => StateInstance): Changes => ({
  instances: Object.fromEntries(NAMES.map((name) => [name, indices.map((index) => of(name, index))])),
});

function queue(name: string, index: number, attributes: StateInstance['attributes']): StateInstance {
  return {
    address: `module.queues.aws_sqs_queue.many["${index}"]`,
    type: 'aws_sqs_queue',
    attributes: { arn: queueArn(`mht-api-${name}-${index}`), name: `mht-api-${name}-${index}`, ...attributes },
  };
}

/** What each rule that does not pass finds, however many it lists. */
function judged(changes: Changes, extra: { readonly inventory?: boolean } = {}) {
  const evidence = separatedEvidence(changes);
  const inventory = inventoryOf(
    evidence.live.resources.flatMap(({ id, tags }) => (tags === undefined ? [] : [{ arn: id, tags }])),
  );
  const { checks, coverage } = judgeSeparation(extra.inventory === true ? { ...evidence, inventory } : evidence);
  const failed = checks.filter(({ status }) => status === 'fail');
  return {
    failed: Object.fromEntries(
      failed.map(({ id, findings, furtherFindings }) => [id, findings.length + furtherFindings]),
    ),
    coverage,
  };
}

describe('tens of thousands of resources are judged', () => {
  it('when all is well', () => {
    const changes = many((name, index) =>
      queue(name, index, {
        kms_master_key_id: keyOf(name),
        redrive_policy: JSON.stringify({ deadLetterTargetArn: queueArn(`mht-api-${name}-${(index + 1) % MANY}`) }),
        tags_all: tagsOf(name),
      }),
    );
    const { failed, coverage } = judged(changes, { inventory: true });
    expect(failed).toEqual({});
    expect(coverage['staging']?.checked).toBeGreaterThan(MANY);
  });

  it('when each is wrong in every way', () => {
    const changes = many((name, index) =>
      queue(name, index, {
        arn: queueArn(`${name}${index}`),
        name: `queue-${index}`,
        kms_master_key_id: keyOf(otherThan(name)),
        redrive_policy: JSON.stringify({ deadLetterTargetArn: queueArn(`${otherThan(name)}${index}`) }),
        note: `like mht-api-${otherThan(name)}-processing-feedback.fifo`,
        tags_all: {},
      }),
    );
    const all = 2 * MANY;
    expect(judged(changes, { inventory: true }).failed).toEqual({
      'environment-tags': all,
      names: all,
      encryption: all,
      'data-flow': all,
      references: all,
    });
  });

  it('when each carries the tag of the other, or is in both states', () => {
    const foreign = many((name, index) => queue(name, index, { tags_all: tagsOf(otherThan(name)) }));
    expect(judged(foreign).failed).toEqual({ 'foreign-tags': 2 * MANY });
    const both = many((name, index) => queue('both', index, { tags_all: tagsOf(name) }));
    expect(judged(both).failed).toMatchObject({ 'shared-resources': MANY });
  });

  it('when all are under one key of nobody', () => {
    const key = arn('kms', 'key/00000000-0000-4000-8000-000000000000');
    const changes = many((name, index) => queue(name, index, { kms_master_key_id: key, tags_all: tagsOf(name) }));
    expect(judged(changes).failed).toEqual({ encryption: 1 });
  });

  it('when one link is told again and again', () => {
    const changes = many((name, index) => ({
      address: `aws_route.many["${index}"]`,
      type: 'aws_route',
      attributes: {
        route_table_id: `rtb-${digitOf(name)}0000000000000013`,
        network_interface_id: `eni-${digitOf(otherThan(name))}0000000000000007`,
      },
    }));
    expect(judged(changes).failed).toEqual({ network: 2 });
  });

  it('when each is an address, and each rule is for another', () => {
    const addresses = many((name, index) => ({
      address: `aws_eip.many["${index}"]`,
      type: 'aws_eip',
      attributes: {
        allocation_id: `eipalloc-${hex(digitOf(name), index)}`,
        public_ip: address(name === 'staging' ? 100 : 101, index),
        tags: { Name: `mht-api-${name}-${index}` },
        tags_all: tagsOf(name),
      },
    }));
    const rules = indices.map((index) => ({
      address: `aws_vpc_security_group_ingress_rule.many["${index}"]`,
      type: 'aws_vpc_security_group_ingress_rule',
      attributes: {
        id: `sgr-${hex('5', index)}`,
        security_group_id: 'sg-50000000000000003',
        cidr_ipv4: `${address(index % 2 === 0 ? 101 : 102, index)}/32`,
      },
    }));
    const { production = [], staging = [] } = addresses.instances ?? {};
    expect(judged({ instances: { production, staging: [...staging, ...rules] } }).failed).toEqual({
      network: MANY / 2,
    });
  });

  it('when each is an instance of an Auto Scaling group, in no state', () => {
    const group = {
      arn: arn('autoscaling', 'autoScalingGroup:1:autoScalingGroupName/mht-api-staging-asg'),
      tag: [{ key: 'Environment', value: 'staging', propagate_at_launch: true }],
    };
    const tags = { ...tagsOf('staging'), 'aws:autoscaling:groupName': 'mht-api-staging-asg' };
    const { failed } = judged({
      instances: {
        staging: [{ address: 'aws_autoscaling_group.this', type: 'aws_autoscaling_group', attributes: group }],
      },
      resources: indices.map((index) => resourceFact(`i-${hex('5', index)}`, { type: 'aws_instance', tags })),
    });
    expect(failed).toEqual({});
  });

  it('when for each of them a call was denied', () => {
    const changes = many((name, index) => queue(name, index, { tags_all: tagsOf(name) }));
    const unread = indices.map(
      (index): Unread => ({
        environments: ['staging'],
        areas: ['policies'],
        action: 'sqs:GetQueueAttributes',
        subject: queueArn(`mht-api-staging-${index}`),
        reason: `AWS denied sqs:GetQueueAttributes (${index})`,
      }),
    );
    const { failed, coverage } = judged({ ...changes, unread });
    expect(failed).toEqual({});
    expect(coverage['staging']?.uncheckable).toHaveLength(MANY + 1);
  });
});
