import type { SecurityGroupRule } from '@aws-sdk/client-ec2';
import { listAll } from '../listing.js';
import type { Reading } from '../reading.js';
import { type Ec2, large, tagged, taggedIn } from './ec2.js';
import type { PrefixLists } from './prefix-lists.js';
import { inWords } from './traffic.js';

/** Security groups. Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSecurityGroups.html */
export async function readSecurityGroups(ec2: Ec2): Promise<void> {
  const groups = await listAll(ec2.reading, {
    action: 'ec2:DescribeSecurityGroups',
    subject: 'all security groups',
    areas: ['existence', 'network', 'tags'],
    types: ['aws_security_group'],
    pages: () => ec2.sdk.paginateDescribeSecurityGroups(large(ec2), {}),
    items: ({ SecurityGroups }) => SecurityGroups,
  });
  for (const { GroupId: id = '', GroupName: name, VpcId, Tags } of groups) {
    ec2.reading.resource({ id, type: 'aws_security_group', ...taggedIn(VpcId, Tags), name });
    ec2.reading.relation({ kind: 'placed-in', from: id, to: VpcId, where: 'VpcId' });
  }
}

/**
 * The rules of security groups: each with an id and tags of its own, which the groups themselves do not tell.
 * Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SecurityGroupRule.html
 */
export async function readSecurityGroupRules(ec2: Ec2, prefixLists: Promise<PrefixLists>): Promise<void> {
  const rules = await listAll(ec2.reading, {
    action: 'ec2:DescribeSecurityGroupRules',
    subject: 'all security groups',
    areas: ['existence', 'network', 'tags'],
    // The third is what an ARN alone tells of a rule.
    types: ['aws_vpc_security_group_ingress_rule', 'aws_vpc_security_group_egress_rule', 'aws_vpc_security_group_rule'],
    pages: () => ec2.sdk.paginateDescribeSecurityGroupRules(large(ec2), {}),
    items: ({ SecurityGroupRules }) => SecurityGroupRules,
  });
  const lists = await prefixLists;
  for (const rule of rules) noteRule(ec2.reading, rule, lists);
}

function noteRule(reading: Reading, rule: SecurityGroupRule, lists: PrefixLists): void {
  const { SecurityGroupRuleId: id = '', GroupId: group = '', IsEgress, PrefixListId: list = '', Tags } = rule;
  const type = IsEgress ? 'aws_vpc_security_group_egress_rule' : 'aws_vpc_security_group_ingress_rule';
  reading.resource({ id, type, partOf: group, ...tagged(Tags) });
  const where = inWords({ egress: IsEgress, protocol: rule.IpProtocol, from: rule.FromPort, to: rule.ToPort });
  const link = { kind: 'security-group-rule', from: group, through: id } as const;
  for (const to of [rule.CidrIpv4, rule.CidrIpv6, rule.ReferencedGroupInfo?.GroupId])
    reading.relation({ ...link, to, where });
  // AWS's own lists are not among these.
  for (const to of lists.has(list) ? [list, ...(lists.get(list) ?? [])] : [])
    reading.relation({ ...link, to, where: `${where} by ${list}` });
}
