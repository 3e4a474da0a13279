import { describe, expect, it } from '@jest/globals';
import type { EvidenceParts } from '../../../../fakes/separation-evidence.js';
import { relation, resourceFact } from '../../../../fakes/separation-evidence.js';
import { PROD, reachedBy, STAGE } from '../policies/two-environments.js';

const aliasOf = (name: string) => `arn:aws:kms:us-east-1:111111111111:alias/mht-api-${name}`;
const LISTED = [{ type: 'aws_kms_alias', accountId: '111111111111', region: 'us-east-1' }];
const ALIASES = [
  relation('key-alias', aliasOf('staging'), STAGE.key),
  relation('key-alias', aliasOf('production'), PROD.key),
];
const allowed = (statement: object, parts: EvidenceParts = {}) =>
  reachedBy([{ Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*', ...statement }], {
    resources: ['staging', 'production'].map((name) => resourceFact(aliasOf(name), { type: 'aws_kms_alias' })),
    relations: ALIASES,
    listedTypes: LISTED,
    ...parts,
  });

describe('a policy of staging that is held to its own keys reaches nothing', () => {
  it.each<[string, object]>([
    ['by their tags', { StringEquals: { 'aws:ResourceTag/Environment': 'staging' } }],
    ["by excluding production's tag", { StringNotEquals: { 'aws:ResourceTag/Environment': 'production' } }],
    ['by their aliases', { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': 'alias/mht-api-staging' } }],
    ['by a pattern of aliases', { 'ForAnyValue:StringLike': { 'kms:ResourceAliases': 'alias/mht-api-stag*' } }],
    ['by the alias that is asked for', { StringEquals: { 'kms:RequestAlias': 'alias/mht-api-staging' } }],
  ])('%s', (_, Condition) => {
    expect(allowed({ Condition })).toEqual([]);
    expect(allowed({ Condition, Action: ['kms:Decrypt', 'kms:GenerateDataKey*'] })).toEqual([]);
  });

  it('by their tags, with every action: an alias has none', () => {
    const Condition = { StringEquals: { 'aws:ResourceTag/Environment': 'staging' } };
    expect(allowed({ Condition, Action: 'kms:*' })).toEqual([]);
  });
});

describe('a policy of staging reaches production', () => {
  it.each<[string, object, EvidenceParts]>([
    [
      "by production's alias",
      { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': 'alias/mht-api-production' } },
      {},
    ],
    ['by an alias that nobody listed', { StringEquals: { 'kms:RequestAlias': 'alias/x' } }, { listedTypes: [] }],
    [
      "by an alias of staging's that was given to production's key",
      { StringEquals: { 'kms:RequestAlias': 'alias/mht-api-staging' } },
      { relations: [relation('key-alias', aliasOf('staging'), PROD.key)] },
    ],
    ['by any key that has no alias', { Null: { 'kms:ResourceAliases': 'true' } }, { relations: [] }],
  ])('%s', (_, Condition, parts) => {
    expect(allowed({ Condition }, parts)).toHaveLength(1);
  });

  it.each(['kms:CreateAlias', 'kms:UpdateAlias', 'kms:DeleteAlias', 'kms:*Alias', 'kms:*', '*'])(
    'where it may do %s to any alias',
    (Action) => {
      const [finding] = allowed({ Action, Resource: 'arn:aws:kms:*:*:alias/*' });
      expect(finding?.message).toContain(`reaches ${aliasOf('production')}`);
    },
  );

  it.each(['kms:Decrypt', 'kms:GenerateDataKey*', 'kms:ListAliases'])(
    'not where it may do %s to any alias',
    (Action) => {
      expect(allowed({ Action, Resource: 'arn:aws:kms:*:*:alias/*' })).toEqual([]);
    },
  );

  it('not where every action on its aliases is denied', () => {
    const [any, denied] = ['arn:aws:kms:*:*:alias/*', ['kms:CreateAlias', 'kms:UpdateAlias', 'kms:DeleteAlias']];
    const parts = {
      resources: [resourceFact(aliasOf('production'), { type: 'aws_kms_alias' })],
      listedTypes: LISTED,
    };
    const deny = { Effect: 'Deny', Action: denied, Resource: aliasOf('production') };
    expect(reachedBy([{ Effect: 'Allow', Action: 'kms:*', Resource: any }, deny], parts)).toEqual([]);
  });

  it("by production's alias as a resource, which is named though it allows nothing", () => {
    expect(allowed({ Resource: aliasOf('production') })).toHaveLength(1);
  });
});
