import { listAll } from '../listing.js';
import { type Ec2, small, tagged } from './ec2.js';

/**
 * Internet gateways.
 * Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInternetGateways.html
 */
export async function readInternetGateways(ec2: Ec2): Promise<void> {
  const gateways = await listAll(ec2.reading, {
    action: 'ec2:DescribeInternetGateways',
    subject: 'all internet gateways',
    areas: ['existence', 'network', 'tags'],
    types: ['aws_internet_gateway'],
    pages: () => ec2.sdk.paginateDescribeInternetGateways(small(ec2), {}),
    items: ({ InternetGateways }) => InternetGateways,
  });
  for (const { InternetGatewayId: id = '', Attachments = [], Tags } of gateways) {
    ec2.reading.resource({ id, type: 'aws_internet_gateway', ...tagged(Tags) });
    for (const { VpcId } of Attachments)
      ec2.reading.relation({ kind: 'placed-in', from: id, to: VpcId, where: 'Attachments' });
  }
}

/**
 * NAT gateways with the interfaces that AWS makes for them and their elastic IPs. Deleted ones are shown for an hour.
 * Sources: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeNatGateways.html,
 * https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-working-with.html
 */
export async function readNatGateways(ec2: Ec2): Promise<void> {
  const { reading } = ec2;
  const gateways = await listAll(reading, {
    action: 'ec2:DescribeNatGateways',
    subject: 'all NAT gateways',
    areas: ['existence', 'network', 'tags'],
    types: ['aws_nat_gateway'],
    pages: () => ec2.sdk.paginateDescribeNatGateways(small(ec2), {}),
    items: ({ NatGateways }) => NatGateways,
  });
  for (const { NatGatewayId: id = '', State, VpcId, SubnetId, NatGatewayAddresses = [], Tags } of gateways) {
    if (State === 'deleted' || State === 'failed') continue;
    reading.resource({ id, type: 'aws_nat_gateway', ...tagged(Tags) });
    reading.relation({ kind: 'placed-in', from: id, to: VpcId, where: 'VpcId' });
    reading.relation({ kind: 'placed-in', from: id, to: SubnetId, where: 'SubnetId' });
    for (const { AllocationId, NetworkInterfaceId } of NatGatewayAddresses) {
      reading.relation({ kind: 'placed-in', from: id, to: AllocationId, where: 'NatGatewayAddresses' });
      if (NetworkInterfaceId !== undefined)
        reading.resource({ id: NetworkInterfaceId, type: 'aws_network_interface', partOf: id });
    }
  }
}

/** Elastic IPs. Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeAddresses.html */
export async function readAddresses({ reading, sdk, client }: Ec2): Promise<void> {
  const answer = await reading.ask(
    {
      action: 'ec2:DescribeAddresses',
      subject: 'all elastic IPs',
      areas: ['existence', 'network', 'traffic', 'tags'],
    },
    // The one listing of EC2 that has no pages.
    () => client.send(new sdk.DescribeAddressesCommand({})),
  );
  if (answer === undefined) return;
  reading.listed('regional', 'aws_eip');
  for (const { AllocationId: id = '', PublicIp, InstanceId, NetworkInterfaceId, Tags } of answer.Addresses ?? []) {
    reading.resource({ id, type: 'aws_eip', aliases: PublicIp === undefined ? [] : [PublicIp], ...tagged(Tags) });
    reading.relation({ kind: 'placed-in', from: id, to: InstanceId, where: 'InstanceId' });
    reading.relation({ kind: 'placed-in', from: id, to: NetworkInterfaceId, where: 'NetworkInterfaceId' });
  }
}
