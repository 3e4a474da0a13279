import { describe, expect, it } from '@jest/globals';
import { readEc2 } from '../../../../src/adapters/aws/facts/ec2.js';
import { factsOfRecorded, idsOf, listedTypes, told } from '../../../support/fact-reading.js';
import type { RecordedAnswer } from '../../../support/recorded-aws.js';

const answered = (action: string, result: string): RecordedAnswer => ({
  status: 200,
  body: `<${action}Response xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">${result}</${action}Response>`,
});
const actionOf = (body: string) => new URLSearchParams(body).get('Action') ?? '';
const ANSWERS: Readonly<Record<string, string>> = {
  DescribeSecurityGroups: `<securityGroupInfo><item><groupId>sg-0123456789abcdef0</groupId><groupName>app</groupName>
    <vpcId>vpc-0123456789abcdef0</vpcId></item></securityGroupInfo>`,
  DescribeSecurityGroupRules: `<securityGroupRuleSet><item><securityGroupRuleId>sgr-0123456789abcdef0</securityGroupRuleId>
    <groupId>sg-0123456789abcdef0</groupId><isEgress>false</isEgress><ipProtocol>tcp</ipProtocol><fromPort>443</fromPort>
    <toPort>443</toPort><cidrIpv4>10.1.0.0/16</cidrIpv4></item></securityGroupRuleSet>`,
  DescribeInstances: `<reservationSet><item><instancesSet><item><instanceId>i-0123456789abcdef0</instanceId>
    <instanceState><name>running</name></instanceState></item></instancesSet></item></reservationSet>`,
};

/** Two VPCs, each on a page of its own after an empty one; a group with a rule; an instance; nothing else. */
function asDocumented(body: string): RecordedAnswer {
  const action = actionOf(body);
  if (action !== 'DescribeVpcs') return answered(action, ANSWERS[action] ?? '');
  const vpc = (id: string) => `<vpcSet><item><vpcId>${id}</vpcId></item></vpcSet>`;
  switch (new URLSearchParams(body).get('NextToken')) {
    case null:
      return answered(action, '<vpcSet/><nextToken>first</nextToken>');
    case 'first':
      return answered(action, `${vpc('vpc-0123456789abcdef0')}<nextToken>second</nextToken>`);
    default:
      return answered(action, vpc('vpc-0fedcba9876543210'));
  }
}

const refusing = (refused: string, status: number, code: string) =>
  factsOfRecorded(readEc2, ({ body }) =>
    actionOf(body) === refused
      ? {
          status,
          body: `<Response><Errors><Error><Code>${code}</Code><Message>no</Message></Error></Errors></Response>`,
        }
      : asDocumented(body),
  );

const DENIED =
  '<Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>no</Message></Error></Errors></Response>';
const PROFILE = 'arn:aws:iam::123456789012:instance-profile/';
const ASSOCIATIONS = `<iamInstanceProfileAssociationSet>${['associated', 'associating', 'disassociated']
  .map(
    (state) => `<item><instanceId>i-0123456789abcdef0</instanceId><state>${state}</state>
      <iamInstanceProfile><arn>${PROFILE}${state}</arn></iamInstanceProfile></item>`,
  )
  .join('')}</iamInstanceProfileAssociationSet>`;

describe('EC2, as AWS documents its answers', () => {
  it('tells every profile that an instance has or is being given, and none that was taken from it', async () => {
    const read = await factsOfRecorded(readEc2, ({ body }) =>
      actionOf(body) === 'DescribeIamInstanceProfileAssociations'
        ? answered(actionOf(body), ASSOCIATIONS)
        : asDocumented(body),
    );
    expect(told(read, 'instance-profile')).toEqual([
      `i-0123456789abcdef0 -> ${PROFILE}associated: IamInstanceProfile`,
      `i-0123456789abcdef0 -> ${PROFILE}associating: IamInstanceProfile`,
    ]);
  });

  it('takes the profile that an instance tells itself where the associations may not be asked for', async () => {
    const instance = `<reservationSet><item><instancesSet><item><instanceId>i-0123456789abcdef0</instanceId>
      <iamInstanceProfile><arn>${PROFILE}own</arn></iamInstanceProfile></item></instancesSet></item></reservationSet>`;
    const read = await factsOfRecorded(readEc2, ({ body }) => {
      const action = actionOf(body);
      if (action === 'DescribeInstances') return answered(action, instance);
      return action === 'DescribeIamInstanceProfileAssociations' ? { status: 403, body: DENIED } : asDocumented(body);
    });
    expect(told(read, 'instance-profile')).toEqual([`i-0123456789abcdef0 -> ${PROFILE}own: IamInstanceProfile`]);
    expect(read.unread.map(({ action, areas }) => ({ action, areas }))).toEqual([
      { action: 'ec2:DescribeIamInstanceProfileAssociations', areas: ['policies'] },
    ]);
  });

  it('is read over all pages, and one that is empty is not the last', async () => {
    const read = await factsOfRecorded(readEc2, ({ body }) => asDocumented(body));
    expect(idsOf(read, 'aws_vpc')).toEqual(['vpc-0123456789abcdef0', 'vpc-0fedcba9876543210']);
    expect(listedTypes(read)).toContain('aws_vpc in us-east-1');
    expect(read.unread).toEqual([]);
  });

  it('takes one call for each kind, and one for each instance that is looked into', async () => {
    const { asked } = await factsOfRecorded(readEc2, ({ body }) => asDocumented(body));
    const actions = asked.map(({ body }) => actionOf(body)).filter((action) => action !== 'DescribeVpcs');
    expect(actions.sort()).toEqual([...new Set(actions)]);
    expect(actions).toContain('DescribeInstanceAttribute');
  });

  it.each([
    { denied: 'DescribeVpcs', areas: ['existence', 'network', 'tags'], type: 'aws_vpc' },
    { denied: 'DescribeSecurityGroups', areas: ['existence', 'network', 'tags'], type: 'aws_security_group' },
    { denied: 'DescribeAddresses', areas: ['existence', 'network', 'traffic', 'tags'], type: 'aws_eip' },
    { denied: 'DescribeVolumes', areas: ['existence', 'encryption', 'tags'], type: 'aws_ebs_volume' },
    { denied: 'DescribeFlowLogs', areas: ['existence', 'data-flow', 'policies', 'tags'], type: 'aws_flow_log' },
  ])('without $denied has that gap, and what else there is', async ({ denied, areas, type }) => {
    const { asked, ...read } = await refusing(denied, 403, 'UnauthorizedOperation');
    expect(read.unread).toEqual([
      {
        environments: ['production', 'staging'],
        areas,
        action: `ec2:${denied}`,
        subject: expect.stringMatching(/^all /),
        reason: expect.stringContaining('UnauthorizedOperation'),
      },
    ]);
    expect(asked.length).toBeGreaterThan(15);
    expect(listedTypes(read)).not.toContain(`${type} in us-east-1`);
    expect(idsOf(read, type)).toEqual([]);
    expect(told(read, 'security-group-rule')).toEqual([
      'sg-0123456789abcdef0 -> 10.1.0.0/16 by sgr-0123456789abcdef0: ingress tcp 443',
    ]);
  });

  it('keeps the pages before one that was denied, and does not count them as the whole', async () => {
    const read = await factsOfRecorded(readEc2, ({ body }) =>
      body.includes('NextToken=second')
        ? {
            status: 400,
            body: '<Response><Errors><Error><Code>InvalidNextToken</Code><Message>gone</Message></Error></Errors></Response>',
          }
        : asDocumented(body),
    );
    expect(idsOf(read, 'aws_vpc')).toEqual(['vpc-0123456789abcdef0']);
    expect(listedTypes(read)).not.toContain('aws_vpc in us-east-1');
    expect(read.unread).toEqual([expect.objectContaining({ action: 'ec2:DescribeVpcs' })]);
  });
});
