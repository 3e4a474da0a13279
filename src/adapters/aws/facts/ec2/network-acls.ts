import type { NetworkAclEntry } from '@aws-sdk/client-ec2';
import { isEverywhere } from '../../../../domain/separation/cidr.js';
import { listAll } from '../listing.js';
import type { Reading } from '../reading.js';
import { type Ec2, small, taggedIn } from './ec2.js';
import { inWords } from './traffic.js';

/**
 * Network ACLs with the blocks that they let in or out by name.
 * Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeNetworkAcls.html
 */
export async function readNetworkAcls(ec2: Ec2): Promise<void> {
  const { reading } = ec2;
  const acls = await listAll(reading, {
    action: 'ec2:DescribeNetworkAcls',
    subject: 'all network ACLs',
    areas: ['existence', 'network', 'tags'],
    types: ['aws_network_acl'],
    pages: () => ec2.sdk.paginateDescribeNetworkAcls(small(ec2), {}),
    items: ({ NetworkAcls }) => NetworkAcls,
  });
  for (const { NetworkAclId: id = '', VpcId, Entries = [], Tags } of acls) {
    reading.resource({ id, type: 'aws_network_acl', ...taggedIn(VpcId, Tags) });
    reading.relation({ kind: 'placed-in', from: id, to: VpcId, where: 'VpcId' });
    for (const entry of Entries) noteEntry(reading, id, entry);
  }
}

function noteEntry(reading: Reading, from: string, entry: NetworkAclEntry): void {
  const { CidrBlock, Ipv6CidrBlock, Egress, Protocol, PortRange, RuleAction, RuleNumber } = entry;
  const to = CidrBlock ?? Ipv6CidrBlock;
  if (RuleAction !== 'allow' || to === undefined || isEverywhere(to)) return;
  const traffic = inWords({ egress: Egress, protocol: Protocol, from: PortRange?.From, to: PortRange?.To });
  reading.relation({ kind: 'network-acl-entry', from, to, where: `rule ${RuleNumber} ${traffic}` });
}
