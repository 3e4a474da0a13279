import type { NetworkInterface } from '@aws-sdk/client-ec2';
import { listAll } from '../listing.js';
import type { Reading } from '../reading.js';
import { type Ec2, large, tagged } from './ec2.js';

/**
 * Network interfaces: where they are, their addresses, and what they are a part of.
 * Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NetworkInterface.html
 */
export async function readNetworkInterfaces(ec2: Ec2): Promise<void> {
  const interfaces = await listAll(ec2.reading, {
    action: 'ec2:DescribeNetworkInterfaces',
    subject: 'all network interfaces',
    areas: ['existence', 'network', 'traffic', 'tags'],
    types: ['aws_network_interface'],
    pages: () => ec2.sdk.paginateDescribeNetworkInterfaces(large(ec2), {}),
    items: ({ NetworkInterfaces }) => NetworkInterfaces,
  });
  for (const networkInterface of interfaces) noteInterface(ec2.reading, networkInterface);
}

function noteInterface(reading: Reading, networkInterface: NetworkInterface): void {
  const { NetworkInterfaceId: id = '', VpcId, SubnetId, Groups = [], Attachment, TagSet } = networkInterface;
  const partOf = wholeOf(reading, networkInterface);
  reading.resource({
    id,
    type: 'aws_network_interface',
    aliases: addressesOf(networkInterface),
    partOf,
    ...tagged(TagSet),
  });
  reading.relation({ kind: 'placed-in', from: id, to: VpcId, where: 'VpcId' });
  reading.relation({ kind: 'placed-in', from: id, to: SubnetId, where: 'SubnetId' });
  for (const { GroupId: to } of Groups) reading.relation({ kind: 'placed-in', from: id, to, where: 'Groups' });
  const instance = Attachment?.InstanceId;
  if (instance !== undefined)
    reading.relation({ kind: 'placed-in', from: instance, to: id, where: `interface ${Attachment?.DeviceIndex}` });
}

/**
 * An instance lives and dies with its first interface, and with those that are to be deleted when it is. The interfaces
 * of a load balancer tell theirs in the description only.
 * Sources: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-eni.html,
 * https://repost.aws/knowledge-center/elb-find-load-balancer-ip
 */
function wholeOf(reading: Reading, { Attachment, Description = '' }: NetworkInterface): string | undefined {
  const { InstanceId, DeviceIndex, DeleteOnTermination } = Attachment ?? {};
  if (InstanceId !== undefined) return DeviceIndex === 0 || DeleteOnTermination ? InstanceId : undefined;
  const [, balancer] = /^ELB ((?:app|net|gwy)\/\S+)$/.exec(Description) ?? [];
  return balancer === undefined ? undefined : reading.arn('elasticloadbalancing', `loadbalancer/${balancer}`);
}

function addressesOf({
  PrivateIpAddresses = [],
  Ipv6Addresses = [],
  Association,
}: NetworkInterface): readonly string[] {
  const addresses = [
    ...PrivateIpAddresses.flatMap((address) => [address.PrivateIpAddress, address.Association?.PublicIp]),
    ...Ipv6Addresses.map(({ Ipv6Address }) => Ipv6Address),
    Association?.PublicIp,
  ];
  return [...new Set(addresses.flatMap((address) => address || []))];
}
