import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { canonicalId } from '../../../domain/separation/identifiers.js';
import { noteResourcePolicy } from './cloudwatch-logs/resource-policy.js';
import { concerned } from './concerned.js';
import { noteEncryption } from './encryption.js';
import { listAll } from './listing.js';
import { pagesByToken } from './pages-by-token.js';
import type { Reading } from './reading.js';

/** What the parts of this reader share. */
interface Logs {
  readonly reading: Reading;
  readonly sdk: typeof import('../sdk/cloudwatch-logs.js');
  readonly client: CloudWatchLogsClient;
}

interface LogGroup {
  readonly id: string;
  readonly name: string;
}

/** Log groups with their keys, where their events go, and the account's policies about them. */
export async function readCloudWatchLogs(reading: Reading): Promise<void> {
  const sdk = await import('../sdk/cloudwatch-logs.js');
  const client = new sdk.CloudWatchLogsClient(reading.configuration);
  const logs = { reading, sdk, client };
  try {
    const groups = readGroups(logs);
    await Promise.all([
      groups.then((close) => Promise.all(close.map((group) => readSubscriptionFilters(logs, group)))),
      readResourcePolicies(logs, groups),
    ]);
  } finally {
    client.destroy();
  }
}

/**
 * Notes all, and returns those that concern an environment.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogGroups.html
 */
async function readGroups({ reading, sdk, client }: Logs): Promise<readonly LogGroup[]> {
  const listed = await listAll(reading, {
    action: 'logs:DescribeLogGroups',
    subject: 'all log groups',
    areas: ['existence', 'policies', 'encryption', 'data-flow'],
    types: ['aws_cloudwatch_log_group'],
    pages: () => sdk.paginateDescribeLogGroups({ client, pageSize: 50 }, {}),
    items: ({ logGroups }) => logGroups,
  });
  const groups = listed.map(({ arn = '', logGroupName: name = '', kmsKeyId }) => {
    const id = canonicalId(arn);
    reading.resource({ id, type: 'aws_cloudwatch_log_group', name });
    noteEncryption(reading, { from: id, key: kmsKeyId, where: 'kmsKeyId' });
    return { id, name };
  });
  return concerned(reading, groups);
}

/** Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeSubscriptionFilters.html */
async function readSubscriptionFilters({ reading, sdk, client }: Logs, { id, name }: LogGroup): Promise<void> {
  const filters = await listAll(reading, {
    action: 'logs:DescribeSubscriptionFilters',
    subject: name,
    areas: ['data-flow', 'policies'],
    pages: () => sdk.paginateDescribeSubscriptionFilters({ client, pageSize: 50 }, { logGroupName: name }),
    items: ({ subscriptionFilters }) => subscriptionFilters,
  });
  for (const { filterName, destinationArn, roleArn } of filters) {
    const where = `subscription filter "${filterName}"`;
    reading.relation({ kind: 'log-delivery', from: id, to: destinationArn, where });
    reading.relation({ kind: 'service-role', from: id, to: roleArn, where });
  }
}

/** Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeResourcePolicies.html */
async function readResourcePolicies(
  { reading, sdk, client }: Logs,
  groups: Promise<readonly LogGroup[]>,
): Promise<void> {
  const policies = await listAll(reading, {
    action: 'logs:DescribeResourcePolicies',
    subject: 'all resource policies of log groups',
    areas: ['policies'],
    types: ['aws_cloudwatch_log_resource_policy'],
    pages: () =>
      pagesByToken(
        (nextToken) => client.send(new sdk.DescribeResourcePoliciesCommand({ nextToken })),
        ({ nextToken }) => nextToken,
      ),
    items: ({ resourcePolicies }) => resourcePolicies,
  });
  const ids = (await groups).map(({ id }) => id);
  for (const { policyName, policyDocument } of policies)
    if (policyName !== undefined && policyDocument !== undefined)
      noteResourcePolicy(reading, { name: policyName, document: policyDocument }, ids);
}
