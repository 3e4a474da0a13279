import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  PutResourcePolicyCommand,
  PutSubscriptionFilterCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readCloudWatchLogs } from '../../../../src/adapters/aws/facts/cloudwatch-logs.js';
import { factsWhereDenied, operationOf } from '../../../support/denying-aws.js';
import { EmulatedAws } from '../../../support/emulated-aws.js';
import { everyPolicy, everyRelation, gaps } from '../../../support/fact-lines.js';
import { factsBy, factsOfRecorded, idsOf, listedTypes, noted } from '../../../support/fact-reading.js';

const group = (name: string) => `arn:aws:logs:us-east-1:123456789012:log-group:${name}`;
const KEY = 'arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const ROLE = 'arn:aws:iam::123456789012:role/delivery';
const about = (Resource: string | string[]) => ({
  Effect: 'Allow',
  Principal: { Service: 'es.amazonaws.com' },
  Action: 'logs:PutLogEvents',
  Resource,
});
const documentOf = (...Statement: object[]) => ({ Version: '2012-10-17', Statement });

describe('log groups, read from CloudWatch Logs', () => {
  let aws: EmulatedAws;

  beforeAll(async () => {
    aws = await EmulatedAws.start();
    const logs = new CloudWatchLogsClient();
    await logs.send(new CreateLogGroupCommand({ logGroupName: '/app/orders', kmsKeyId: KEY }));
    await logs.send(new CreateLogGroupCommand({ logGroupName: '/app/sink' }));
    await logs.send(new CreateLogGroupCommand({ logGroupName: '/other' }));
    for (const logGroupName of ['/app/orders', '/other'])
      await logs.send(
        new PutSubscriptionFilterCommand({
          logGroupName,
          filterName: 'errors',
          filterPattern: 'ERROR',
          destinationArn: group('/app/sink'),
          roleArn: ROLE,
        }),
      );
    const policy = (policyName: string, document: object) =>
      logs.send(new PutResourcePolicyCommand({ policyName, policyDocument: JSON.stringify(document) }));
    const one = about([`${group('/app/orders')}:*`, group('/app/sink')]);
    const streams = about(`${group('/app/sink')}:log-stream:search`);
    await policy('search', documentOf(one, streams, about(`${group('/gone')}:*`)));
    await policy('everything', documentOf(about('*')));
    logs.destroy();
  });

  afterAll(() => aws.stop());

  it('have their keys, and where their events go', async () => {
    const read = await factsBy(readCloudWatchLogs, ({ name }) => name === '/app/orders');
    expect(noted(read, group('/app/orders'))).toEqual([
      {
        id: group('/app/orders'),
        type: 'aws_cloudwatch_log_group',
        name: '/app/orders',
        aliases: [],
        tags: undefined,
        partOf: undefined,
      },
    ]);
    expect(everyRelation(read)).toEqual([
      `encrypted-with: ${group('/app/orders')} -> ${KEY}: kmsKeyId`,
      `log-delivery: ${group('/app/orders')} -> ${group('/app/sink')}: subscription filter "errors"`,
      `service-role: ${group('/app/orders')} -> ${ROLE}: subscription filter "errors"`,
    ]);
    expect(idsOf(read, 'aws_cloudwatch_log_group')).toEqual([
      group('/app/orders'),
      group('/app/sink'),
      group('/other'),
    ]);
    expect(listedTypes(read)).toEqual([
      'aws_cloudwatch_log_group in us-east-1',
      'aws_cloudwatch_log_resource_policy in us-east-1',
    ]);
    expect(read.unread).toEqual([]);
  });

  it("hold those statements of the account's policies that are about them", async () => {
    const read = await factsBy(readCloudWatchLogs, ({ name }) => name?.startsWith('/app/') === true);
    const policy = 'arn:aws:logs:us-east-1:123456789012:resource-policy/search';
    const one = documentOf(about([`${group('/app/orders')}:*`, group('/app/sink')]));
    const held = (holder: string, name: string, document: object) => ({
      kind: 'resource',
      holder,
      name: `log resource policy "${name}"`,
      document,
    });
    expect(everyPolicy(read)).toEqual([
      held(group('/app/orders'), 'everything', documentOf(about('*'))),
      held(group('/app/orders'), 'search', one),
      held(group('/app/sink'), 'everything', documentOf(about('*'))),
      held(group('/app/sink'), 'search', one),
      held(group('/app/sink'), 'search', documentOf(about(`${group('/app/sink')}:log-stream:search`))),
      held(policy, 'search', documentOf(about(`${group('/gone')}:*`))),
    ]);
  });

  it.each([
    ['DescribeResourcePolicies', 'logs:DescribeResourcePolicies on all resource policies of log groups: policies'],
    ['DescribeSubscriptionFilters', 'logs:DescribeSubscriptionFilters on /app/orders: data-flow, policies'],
  ])('leave a gap and tell the rest when %s is denied', async (operation, gap) => {
    const read = await factsWhereDenied(
      aws,
      readCloudWatchLogs,
      (request) => operationOf(request) === operation && !/other|sink/.test(request.body),
    );
    expect(gaps(read)).toEqual([gap]);
    expect(listedTypes(read)).toContain('aws_cloudwatch_log_group in us-east-1');
    const delivery = `log-delivery: ${group('/other')} -> ${group('/app/sink')}: subscription filter "errors"`;
    expect(everyRelation(read)).toContain(delivery);
  });

  it('are not known to be missing when they may not be listed, and the policies are their own', async () => {
    const read = await factsWhereDenied(
      aws,
      readCloudWatchLogs,
      (request) => operationOf(request) === 'DescribeLogGroups',
    );
    expect(gaps(read)).toEqual([
      'logs:DescribeLogGroups on all log groups: existence, policies, encryption, data-flow',
    ]);
    expect(listedTypes(read)).toEqual(['aws_cloudwatch_log_resource_policy in us-east-1']);
    expect(everyPolicy(read)).toHaveLength(4);
  });

  it('are read over all pages, and a policy that is none is kept as it is, as AWS answers', async () => {
    const { Resource, ...rest } = about(`${group('one')}:*`);
    const allBut = { ...rest, NotResource: Resource };
    const pages: Record<string, Record<string, object>> = {
      DescribeLogGroups: {
        first: { logGroups: [{ arn: `${group('one')}:*`, logGroupName: 'one' }], nextToken: 'second' },
        second: { logGroups: [{ arn: `${group('two')}:*`, logGroupName: 'two' }] },
      },
      DescribeResourcePolicies: {
        first: { resourcePolicies: [], nextToken: 'second' },
        second: {
          resourcePolicies: [
            { policyName: 'broken', policyDocument: '{"Statement": 1}' },
            { policyName: 'others', policyDocument: JSON.stringify(documentOf(allBut)) },
          ],
        },
      },
      DescribeSubscriptionFilters: { first: {} },
    };
    const read = await factsOfRecorded(readCloudWatchLogs, (request) => {
      const { nextToken = 'first' } = JSON.parse(request.body) as { nextToken?: string };
      return { status: 200, body: JSON.stringify(pages[operationOf(request) ?? '']?.[nextToken]) };
    });
    expect(idsOf(read, 'aws_cloudwatch_log_group')).toEqual([group('one'), group('two')]);
    expect(everyPolicy(read)).toEqual([
      expect.objectContaining({ holder: group('two'), document: documentOf(allBut) }),
      expect.objectContaining({
        holder: 'arn:aws:logs:us-east-1:123456789012:resource-policy/broken',
        document: { Statement: 1 },
      }),
    ]);
    expect(read.unread).toEqual([]);
  });
});
