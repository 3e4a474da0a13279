import { describe, expect, it } from '@jest/globals';
import type { Unread } from '../../../../src/domain/separation/facts.js';
import type { StateInstance } from '../../../../src/domain/state.js';
import type { Changes } from '../../../fakes/separated-environments.js';
import { judged } from './judged.js';

const SECRET = 'arn:aws:secretsmanager:us-east-1:111111111111:secret:mht-api-staging-application-5AbCdE';
const LEDGER = 'arn:aws:quantum:us-east-1:111111111111:ledger/mht-api-staging';
const ADDRESS = 'module.secrets.aws_secretsmanager_secret.this';
const BUCKET = 'arn:aws:s3:::mht-api-staging-logs-50000000';
const AMI = 'module.compute.terraform_data.ami';
const RULE = 'module.security_groups.aws_vpc_security_group_ingress_rule.alb["http"]';

const denied = (parts: Partial<Unread>): Unread => ({
  environments: ['staging'],
  areas: ['policies'],
  action: 'secretsmanager:GetResourcePolicy',
  subject: SECRET,
  reason: 'AWS denied it',
  ...parts,
});
const state = (type: string, attributes: StateInstance['attributes']): Changes => ({
  instances: { staging: [{ address: 'aws_x.y', type, attributes }] },
});

/** What could not be checked of staging besides what is in the state alone, with the reason. */
function uncheckable(changes: Changes): Readonly<Record<string, string>> {
  const { inState, checked, uncheckable: listed } = judged(changes).coverage['staging'] ?? {};
  expect(checked).toBe((inState ?? 0) - (listed?.length ?? 0));
  return Object.fromEntries(
    (listed ?? []).filter(({ resource }) => resource !== AMI).map((each) => [each.resource, each.reason]),
  );
}

describe('the coverage of an environment', () => {
  it('is every resource of its state, of which what exists in the state alone was not checked', () => {
    expect(judged().coverage['staging']).toEqual({
      inState: 69,
      checked: 68,
      uncheckable: [{ resource: AMI, reason: 'it is no AWS resource: it exists in the state alone' }],
    });
  });

  it.each<[string, Changes, Readonly<Record<string, string>>]>([
    ['is not in AWS', { gone: [SECRET] }, { [ADDRESS]: 'it is not in AWS' }],
    ['has tags that were not read', { tags: { [SECRET]: undefined } }, { [ADDRESS]: 'its tags could not be read' }],
    [
      'has tags that could not be read',
      { tags: { [SECRET]: undefined }, unread: [denied({ areas: ['tags'], subject: 'all', reason: 'no tags' })] },
      { [ADDRESS]: 'no tags' },
    ],
    ['was denied, by its identifier', { unread: [denied({})] }, { [ADDRESS]: 'AWS denied it' }],
    [
      'was denied, by its name',
      { unread: [denied({ subject: 'mht-api-staging-application' })] },
      { [ADDRESS]: 'AWS denied it' },
    ],
    [
      'is of a type never heard of',
      { ...state('aws_quantum_ledger', { arn: LEDGER, name: 'mht-api-staging' }), gone: [LEDGER] },
      { 'aws_x.y': 'mhtctl does not ask AWS for resources of type aws_quantum_ledger' },
    ],
    [
      'is not identified',
      state('aws_quantum_ledger', { id: 'x' }),
      { 'aws_x.y': 'the state names nothing that identifies it in AWS' },
    ],
  ])('leaves out what %s', (_, changes, expected) => {
    expect(uncheckable(changes)).toEqual(expected);
  });

  it('leaves out settings with what they are settings of', () => {
    const left = uncheckable({ gone: [BUCKET] });
    expect(new Set(Object.values(left))).toEqual(new Set(['it is not in AWS']));
    expect(Object.keys(left).sort()).toEqual([
      'module.storage.aws_s3_bucket.this["logs"]',
      'module.storage.aws_s3_bucket_lifecycle_configuration.logs',
      'module.storage.aws_s3_bucket_policy.this["logs"]',
      'module.storage.aws_s3_bucket_server_side_encryption_configuration.this["logs"]',
    ]);
  });

  it('has a part that is not listed by itself with its whole', () => {
    const changes = { gone: ['sgr-50000000000000022'], unlisted: ['aws_vpc_security_group_ingress_rule'] };
    expect(uncheckable(changes)).toEqual({ [RULE]: 'its tags could not be read' });
  });

  it('says why a type was not listed, if that is known', () => {
    const changes = { gone: [SECRET], unlisted: ['aws_secretsmanager_secret'] };
    expect(uncheckable(changes)).toEqual({
      [ADDRESS]: 'mhtctl does not ask AWS for resources of type aws_secretsmanager_secret',
    });
    const gap = denied({
      areas: ['existence'],
      subject: 'all secrets',
      reason: 'AWS denied secretsmanager:ListSecrets',
    });
    expect(uncheckable({ ...changes, unread: [gap] })).toEqual({ [ADDRESS]: 'AWS denied secretsmanager:ListSecrets' });
    const elsewhere = { ...gap, environments: ['production'] };
    expect(uncheckable({ ...changes, unread: [elsewhere] })).toEqual({
      [ADDRESS]: 'mhtctl does not ask AWS for resources of type aws_secretsmanager_secret',
    });
  });
});
