import type { EC2Client, Tag } from '@aws-sdk/client-ec2';
import type { ResourceFact } from '../../../../domain/separation/facts.js';
import { type Reading, tagsOf } from '../reading.js';

/** What the parts of EC2's reader share. */
export interface Ec2 {
  readonly reading: Reading;
  readonly sdk: typeof import('../../sdk/ec2.js');
  readonly client: EC2Client;
}

/**
 * Pages of what there can be much of. An account with much of something is throttled when it asks for all at once.
 * Source: https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-pagination.html
 */
export function large({ client }: Ec2): { readonly client: EC2Client; readonly pageSize: number } {
  return { client, pageSize: 1000 };
}

/**
 * Pages of what there is less of: the smallest largest page of these calls, that of route tables.
 * Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeRouteTables.html
 */
export function small({ client }: Ec2): { readonly client: EC2Client; readonly pageSize: number } {
  return { client, pageSize: 100 };
}

/** Tags, and the name that people know the resource by: its `Name` tag. */
export function tagged(tags: readonly Tag[] | undefined): Pick<ResourceFact, 'name' | 'tags'> {
  const record = tagsOf(tags);
  return { name: record['Name'], tags: record };
}

/**
 * The same for what is inside a VPC, or serves something else. Without any tag that could say whose it is, it counts as
 * a part of that: so do the default group, the main route table and the default ACL that AWS makes with a VPC, and what
 * somebody made by hand.
 */
export function taggedIn(
  whole: string | undefined,
  tags: readonly Tag[] | undefined,
): Pick<ResourceFact, 'name' | 'tags' | 'partOf'> {
  return { ...tagged(tags), partOf: tags === undefined || tags.length === 0 ? whole : undefined };
}
