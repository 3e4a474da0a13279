import { listAll } from '../listing.js';
import { type Ec2, small, tagged, taggedIn } from './ec2.js';

/** States in which a connection leads nowhere any more, though AWS still shows it for a while. */
const GONE: ReadonlySet<string> = new Set(['deleted', 'rejected', 'expired', 'failed']);

/**
 * VPC peerings, from the VPC that asked to the one that was asked.
 * Source: https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html#vpc-peering-lifecycle
 */
export async function readPeerings(ec2: Ec2): Promise<void> {
  const { reading } = ec2;
  const peerings = await listAll(reading, {
    action: 'ec2:DescribeVpcPeeringConnections',
    subject: 'all VPC peering connections',
    areas: ['existence', 'network', 'tags'],
    types: ['aws_vpc_peering_connection'],
    pages: () => ec2.sdk.paginateDescribeVpcPeeringConnections(small(ec2), {}),
    items: ({ VpcPeeringConnections }) => VpcPeeringConnections,
  });
  for (const peering of peerings) {
    const { VpcPeeringConnectionId: id = '', Status, RequesterVpcInfo, AccepterVpcInfo, Tags } = peering;
    if (GONE.has(Status?.Code ?? '')) continue;
    const { VpcId: requester = '', OwnerId: requesterAccount } = RequesterVpcInfo ?? {};
    const { VpcId: accepter = '', OwnerId: accepterAccount } = AccepterVpcInfo ?? {};
    const link = { kind: 'peering', through: id } as const;
    reading.resource({ id, type: 'aws_vpc_peering_connection', ...taggedIn(requester, Tags) });
    reading.relation({ ...link, from: requester, to: accepter, where: 'AccepterVpcInfo.VpcId' });
    if (requesterAccount === accepterAccount) continue;
    reading.relation({ ...link, from: requester, to: accepterAccount, where: 'AccepterVpcInfo.OwnerId' });
    reading.relation({ ...link, from: accepter, to: requesterAccount, where: 'RequesterVpcInfo.OwnerId' });
  }
}

/**
 * Transit gateways.
 * Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeTransitGateways.html
 */
export async function readTransitGateways(ec2: Ec2): Promise<void> {
  const gateways = await listAll(ec2.reading, {
    action: 'ec2:DescribeTransitGateways',
    subject: 'all transit gateways',
    areas: ['existence', 'network', 'tags'],
    types: ['aws_ec2_transit_gateway'],
    pages: () => ec2.sdk.paginateDescribeTransitGateways(small(ec2), {}),
    items: ({ TransitGateways }) => TransitGateways,
  });
  for (const { TransitGatewayId: id = '', State, Tags } of gateways) {
    if (!GONE.has(State ?? '')) ec2.reading.resource({ id, type: 'aws_ec2_transit_gateway', ...tagged(Tags) });
  }
}

/**
 * What is attached to transit gateways: VPCs, and other transit gateways. Attachments of other kinds lead out of AWS.
 * Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_TransitGatewayAttachment.html
 */
export async function readTransitGatewayAttachments(ec2: Ec2): Promise<void> {
  const { reading } = ec2;
  const attachments = await listAll(reading, {
    action: 'ec2:DescribeTransitGatewayAttachments',
    subject: 'all transit gateway attachments',
    areas: ['existence', 'network', 'tags'],
    types: ['aws_ec2_transit_gateway_vpc_attachment', 'aws_ec2_transit_gateway_peering_attachment'],
    pages: () => ec2.sdk.paginateDescribeTransitGatewayAttachments(small(ec2), {}),
    items: ({ TransitGatewayAttachments }) => TransitGatewayAttachments,
  });
  for (const attachment of attachments) {
    const { TransitGatewayAttachmentId: id = '', TransitGatewayId, ResourceType, ResourceId = '', Tags } = attachment;
    if (GONE.has(attachment.State ?? '') || (ResourceType !== 'vpc' && ResourceType !== 'peering')) continue;
    const type = `aws_ec2_transit_gateway_${ResourceType === 'vpc' ? 'vpc_attachment' : 'peering_attachment'}`;
    reading.resource({ id, type, ...taggedIn(ResourceId, Tags) });
    reading.relation({
      kind: 'transit-gateway',
      from: ResourceId,
      to: TransitGatewayId,
      through: id,
      where: 'TransitGatewayId',
    });
  }
}
