import { describe, expect, it } from '@jest/globals';
import { type Changes, deployedOf, PRODUCTION_PARTS, STAGING_PARTS } from '../../../../fakes/separated-environments.js';
import { foundBy } from '../judged.js';

const BUCKET = 'arn:aws:s3:::mht-api-staging-raw-data-collection-50000000';
const ROLE = 'module.identity.aws_iam_role.this';

/** A bucket of staging that everybody may read from whom a condition holds. */
function openedTo(Condition: object): Changes {
  const allow = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: `${BUCKET}/*`, Condition };
  const policy = JSON.stringify({ Version: '2012-10-17', Statement: [allow] });
  return {
    deployed: [deployedOf(PRODUCTION_PARTS), deployedOf(STAGING_PARTS)],
    attributes: {
      staging: {
        'module.storage.aws_s3_bucket_policy.this["data"]': { policy },
        [ROLE]: { unique_id: 'AROASTAGINGSTAGING001' },
      },
      production: { [ROLE]: { unique_id: 'AROAPRODUCTION0000001' } },
    },
  };
}

describe('what is opened to everybody by a condition', () => {
  it.each<[string, object]>([
    ['its own address', { IpAddress: { 'aws:SourceIp': '203.0.113.5/32' } }],
    ['its own address without a prefix', { IpAddress: { 'AWS:sourceip': ['203.0.113.5'] } }],
    ['its own role', { StringLike: { 'aws:userid': 'AROASTAGINGSTAGING001:*' } }],
    ['its own role by any of several ids', { 'ForAnyValue:StringLike': { 'aws:userid': ['AROASTAGINGSTAGING001:*'] } }],
  ])('is opened to nobody else by %s', (_, condition) => {
    expect(foundBy('identity', openedTo(condition))).toEqual([]);
  });

  it.each<[string, object]>([
    ["production's address", { IpAddress: { 'aws:SourceIp': '203.0.113.9/32' } }],
    ['both addresses', { IpAddress: { 'aws:SourceIp': ['203.0.113.5/32', '203.0.113.9/32'] } }],
    ['a block around them', { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }],
    ['an address of nobody', { IpAddress: { 'aws:SourceIp': '198.51.100.7' } }],
    ['every address but its own', { NotIpAddress: { 'aws:SourceIp': '203.0.113.5/32' } }],
    ['its own address or none', { IpAddressIfExists: { 'aws:SourceIp': '203.0.113.5/32' } }],
    ['all of no addresses', { 'ForAllValues:IpAddress': { 'aws:SourceIp': '203.0.113.5/32' } }],
    ['having an address', { Null: { 'aws:SourceIp': 'false' } }],
    ["production's role", { StringLike: { 'aws:userid': 'AROAPRODUCTION0000001:*' } }],
    ['a role that nobody knows', { StringLike: { 'aws:userid': 'AROA*' } }],
  ])('is opened to production by %s', (_, condition) => {
    expect(foundBy('identity', openedTo(condition))).toHaveLength(1);
  });
});
