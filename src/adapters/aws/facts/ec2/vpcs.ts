import type { Vpc } from '@aws-sdk/client-ec2';
import { listAll } from '../listing.js';
import type { Reading } from '../reading.js';
import { type Ec2, large, small, tagged, taggedIn } from './ec2.js';

/**
 * VPCs with every block of addresses that they have.
 * Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVpcs.html
 */
export async function readVpcs(ec2: Ec2): Promise<void> {
  const vpcs = await listAll(ec2.reading, {
    action: 'ec2:DescribeVpcs',
    subject: 'all VPCs',
    areas: ['existence', 'network', 'tags'],
    types: ['aws_vpc'],
    pages: () => ec2.sdk.paginateDescribeVpcs(small(ec2), {}),
    items: ({ Vpcs }) => Vpcs,
  });
  for (const vpc of vpcs) noteVpc(ec2.reading, vpc);
}

function noteVpc(reading: Reading, vpc: Vpc): void {
  const { VpcId: id = '', CidrBlockAssociationSet = [], Ipv6CidrBlockAssociationSet = [], Tags } = vpc;
  reading.resource({ id, type: 'aws_vpc', ...tagged(Tags) });
  const blocks = [
    ...CidrBlockAssociationSet.map(({ CidrBlock, CidrBlockState }) => ({
      to: CidrBlock,
      state: CidrBlockState?.State,
      where: 'CidrBlockAssociationSet',
    })),
    ...Ipv6CidrBlockAssociationSet.map(({ Ipv6CidrBlock, Ipv6CidrBlockState }) => ({
      to: Ipv6CidrBlock,
      state: Ipv6CidrBlockState?.State,
      where: 'Ipv6CidrBlockAssociationSet',
    })),
  ];
  for (const { to, state, where } of blocks) {
    if (state !== 'disassociated' && state !== 'failed') reading.relation({ kind: 'vpc-cidr', from: id, to, where });
  }
}

/** Subnets. Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSubnets.html */
export async function readSubnets(ec2: Ec2): Promise<void> {
  const subnets = await listAll(ec2.reading, {
    action: 'ec2:DescribeSubnets',
    subject: 'all subnets',
    areas: ['existence', 'network', 'tags'],
    types: ['aws_subnet'],
    pages: () => ec2.sdk.paginateDescribeSubnets(large(ec2), {}),
    items: ({ Subnets }) => Subnets,
  });
  for (const { SubnetId: id = '', VpcId, Tags } of subnets) {
    ec2.reading.resource({ id, type: 'aws_subnet', ...taggedIn(VpcId, Tags) });
    ec2.reading.relation({ kind: 'placed-in', from: id, to: VpcId, where: 'VpcId' });
  }
}
