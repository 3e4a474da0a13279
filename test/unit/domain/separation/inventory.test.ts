import { describe, expect, it } from '@jest/globals';
import { inventoryOf } from '../../../../src/domain/separation/inventory.js';

const TABLE = 'arn:aws:dynamodb:us-east-1:123456789012:table/mht-api-staging-jobs';
const STREAM = `${TABLE}/stream/2026-01-01T00:00:00.000`;

describe('the inventory', () => {
  it('has a resource that is listed twice once, as it was listed first', () => {
    const [first, again] = ['staging', 'production'].map((Environment) => ({ arn: TABLE, tags: { Environment } }));
    expect([...inventoryOf([first, again].flatMap((each) => each ?? []))]).toEqual([[TABLE, first]]);
  });

  it.each([
    { order: 'after', listed: [TABLE, STREAM] },
    { order: 'before', listed: [STREAM, TABLE] },
  ])('has a table itself, whose stream is listed $order it', ({ listed }) => {
    const inventory = inventoryOf(listed.map((arn) => ({ arn, tags: {} })));
    expect([...inventory]).toEqual([[TABLE, { arn: TABLE, tags: {} }]]);
  });

  it('has an EC2 resource by the id that other resources name it by', () => {
    const arn = 'arn:aws:ec2:us-east-1:123456789012:vpc/vpc-0123456789abcdef0';
    expect(inventoryOf([{ arn, tags: {} }]).get('vpc-0123456789abcdef0')?.arn).toBe(arn);
  });
});
