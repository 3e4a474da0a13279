import { describe, expect, it } from '@jest/globals';
import { inventoryOf } from '../../../../src/domain/separation/inventory.js';
import { evidenceOf, ruleInput } from '../../../fakes/separation-evidence.js';

const TABLE = 'arn:aws:dynamodb:us-east-1:123456789012:table/mht-api-staging-jobs';
const STREAM = `${TABLE}/stream/2026-01-01T00:00:00.000`;
const VPC = 'arn:aws:ec2:us-east-1:123456789012:vpc/vpc-0123456789abcdef0';
const [first, again] = [{ Environment: 'staging' }, { Environment: 'production' }];

function ownershipOf(...listed: readonly (readonly [arn: string, tags: Readonly<Record<string, string>>])[]) {
  return ruleInput(evidenceOf({ inventory: listed.map(([arn, tags]) => ({ arn, tags })) })).ownership;
}

describe('the inventory', () => {
  it('has a resource that is listed twice once, as it was listed first', () => {
    const inventory = inventoryOf([first, again].map((tags) => ({ arn: TABLE, tags })));
    expect([...inventory]).toEqual([[TABLE, first]]);
  });

  it.each([
    {
      order: 'after',
      listed: [
        [TABLE, first],
        [STREAM, again],
      ] as const,
    },
    {
      order: 'before',
      listed: [
        [STREAM, again],
        [TABLE, first],
      ] as const,
    },
  ])('tells the tags of a table, not those of its stream that is listed $order it', ({ listed }) => {
    const ownership = ownershipOf(...listed);
    expect(ownership.liveTags(TABLE)).toEqual(first);
    expect([...ownership.listed()]).toEqual([TABLE]);
  });

  it('tells the tags of a table by those of its stream, and lists it once, where it is not listed itself', () => {
    const ownership = ownershipOf([STREAM, first], [`${TABLE}/index/by-owner`, first]);
    expect(ownership.liveTags(TABLE)).toEqual(first);
    expect([...ownership.listed()]).toEqual([TABLE]);
  });

  it('knows an EC2 resource by the id that other resources name it by', () => {
    const ownership = ownershipOf([VPC, first]);
    expect([...ownership.listed()]).toEqual(['vpc-0123456789abcdef0']);
    expect(ownership.liveTags('vpc-0123456789abcdef0')).toEqual(first);
    expect(ownership.arnOf('vpc-0123456789abcdef0')).toBe(VPC);
  });
});
