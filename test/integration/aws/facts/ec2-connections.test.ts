import {
  AcceptVpcPeeringConnectionCommand,
  CreateTransitGatewayCommand,
  CreateTransitGatewayPeeringAttachmentCommand,
  CreateTransitGatewayVpcAttachmentCommand,
  CreateVpcCommand,
  CreateVpcEndpointCommand,
  CreateVpcEndpointServiceConfigurationCommand,
  CreateVpcPeeringConnectionCommand,
  DeleteTransitGatewayVpcAttachmentCommand,
  DeleteVpcPeeringConnectionCommand,
  DescribeSubnetsCommand,
  EC2Client,
  ModifyVpcEndpointServicePermissionsCommand,
  RejectVpcPeeringConnectionCommand,
} from '@aws-sdk/client-ec2';
import { CreateLoadBalancerCommand, ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { readEc2 } from '../../../../src/adapters/aws/facts/ec2.js';
import { EMULATED_ACCOUNT, EmulatedAws } from '../../../support/emulated-aws.js';
import { factsBy, idsOf, noted, told, toldOf } from '../../../support/fact-reading.js';

const OTHER_ACCOUNT = '222222222222';
const POLICY = '{"Version":"2012-10-17","Statement":[]}';

describe('connections between networks, read from EC2', () => {
  let aws: EmulatedAws;
  let ec2: EC2Client;
  let elb: ElasticLoadBalancingV2Client;
  const vpc = async (CidrBlock: string, client = ec2) =>
    (await client.send(new CreateVpcCommand({ CidrBlock }))).Vpc?.VpcId ?? '';
  const someSubnet = async () => (await ec2.send(new DescribeSubnetsCommand())).Subnets?.[0];
  const peering = async (VpcId: string, PeerVpcId: string, PeerOwnerId?: string) => {
    const made = await ec2.send(new CreateVpcPeeringConnectionCommand({ VpcId, PeerVpcId, PeerOwnerId }));
    return made.VpcPeeringConnection?.VpcPeeringConnectionId ?? '';
  };
  const transitGateway = async () =>
    (await ec2.send(new CreateTransitGatewayCommand())).TransitGateway?.TransitGatewayId ?? '';

  beforeAll(async () => {
    aws = await EmulatedAws.start();
    ec2 = new EC2Client();
    elb = new ElasticLoadBalancingV2Client();
  });

  afterAll(async () => {
    ec2.destroy();
    elb.destroy();
    await aws.stop();
  });

  beforeEach(() => aws.reset());

  it('tells a peering from the VPC that asked to the one that was asked, accepted or not yet', async () => {
    const [one, two, three] = [await vpc('10.1.0.0/16'), await vpc('10.2.0.0/16'), await vpc('10.3.0.0/16')];
    const accepted = await peering(one, two);
    await ec2.send(new AcceptVpcPeeringConnectionCommand({ VpcPeeringConnectionId: accepted }));
    const pending = await peering(two, three);
    const read = await factsBy(readEc2);
    expect(told(read, 'peering')).toEqual(
      [
        `${one} -> ${two} by ${accepted}: AccepterVpcInfo.VpcId`,
        `${two} -> ${three} by ${pending}: AccepterVpcInfo.VpcId`,
      ].sort(),
    );
    expect(idsOf(read, 'aws_vpc_peering_connection')).toEqual([accepted, pending].sort());
  });

  it('leaves out a peering that was deleted or rejected', async () => {
    const [one, two] = [await vpc('10.1.0.0/16'), await vpc('10.2.0.0/16')];
    const deleted = await peering(one, two);
    await ec2.send(new DeleteVpcPeeringConnectionCommand({ VpcPeeringConnectionId: deleted }));
    const rejected = await peering(one, two);
    await ec2.send(new RejectVpcPeeringConnectionCommand({ VpcPeeringConnectionId: rejected }));
    const read = await factsBy(readEc2);
    expect(told(read, 'peering')).toEqual([]);
    expect(idsOf(read, 'aws_vpc_peering_connection')).toEqual([]);
  });

  it("tells both accounts of a peering with another account's VPC", async () => {
    const RoleArn = `arn:aws:iam::${OTHER_ACCOUNT}:role/any`;
    const sts = new STSClient();
    const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'test' }));
    sts.destroy();
    const other = new EC2Client({
      credentials: {
        accessKeyId: Credentials?.AccessKeyId ?? '',
        secretAccessKey: Credentials?.SecretAccessKey ?? '',
        sessionToken: Credentials?.SessionToken ?? '',
      },
    });
    const [ours, theirs] = [await vpc('10.1.0.0/16'), await vpc('10.2.0.0/16', other)];
    other.destroy();
    const id = await peering(ours, theirs, OTHER_ACCOUNT);
    expect(told(await factsBy(readEc2), 'peering')).toEqual(
      [
        `${ours} -> ${theirs} by ${id}: AccepterVpcInfo.VpcId`,
        `${ours} -> ${OTHER_ACCOUNT} by ${id}: AccepterVpcInfo.OwnerId`,
        `${theirs} -> ${EMULATED_ACCOUNT} by ${id}: RequesterVpcInfo.OwnerId`,
      ].sort(),
    );
  });

  it('tells what is attached to transit gateways, VPCs and other transit gateways', async () => {
    const [one, two] = [await transitGateway(), await transitGateway()];
    const { VpcId = '', SubnetId = '' } = (await someSubnet()) ?? {};
    const attached = await ec2.send(
      new CreateTransitGatewayVpcAttachmentCommand({ TransitGatewayId: one, VpcId, SubnetIds: [SubnetId] }),
    );
    const peered = await ec2.send(
      new CreateTransitGatewayPeeringAttachmentCommand({
        TransitGatewayId: one,
        PeerTransitGatewayId: two,
        PeerAccountId: EMULATED_ACCOUNT,
        PeerRegion: 'us-east-1',
      }),
    );
    const attachment = attached.TransitGatewayVpcAttachment?.TransitGatewayAttachmentId;
    const peeringAttachment = peered.TransitGatewayPeeringAttachment?.TransitGatewayAttachmentId;
    const read = await factsBy(readEc2);
    expect(toldOf(read, 'transit-gateway', VpcId)).toEqual([`${one} by ${attachment}: TransitGatewayId`]);
    expect(toldOf(read, 'transit-gateway', two)).toContain(`${one} by ${peeringAttachment}: TransitGatewayId`);
    expect(idsOf(read, 'aws_ec2_transit_gateway')).toEqual([one, two].sort());
    expect(idsOf(read, 'aws_ec2_transit_gateway_vpc_attachment')).toEqual([attachment]);
    expect(idsOf(read, 'aws_ec2_transit_gateway_peering_attachment')).toContain(peeringAttachment);
  });

  it('leaves out what is no longer attached to a transit gateway', async () => {
    const TransitGatewayId = await transitGateway();
    const { VpcId = '', SubnetId = '' } = (await someSubnet()) ?? {};
    const made = await ec2.send(
      new CreateTransitGatewayVpcAttachmentCommand({ TransitGatewayId, VpcId, SubnetIds: [SubnetId] }),
    );
    const { TransitGatewayAttachmentId } = made.TransitGatewayVpcAttachment ?? {};
    await ec2.send(new DeleteTransitGatewayVpcAttachmentCommand({ TransitGatewayAttachmentId }));
    expect(told(await factsBy(readEc2), 'transit-gateway')).toEqual([]);
  });

  it('tells who may use an endpoint service, what is behind it, and which endpoint leads to it', async () => {
    const { VpcId = '', SubnetId = '' } = (await someSubnet()) ?? {};
    const { LoadBalancers } = await elb.send(
      new CreateLoadBalancerCommand({ Name: 'service', Type: 'network', Subnets: [SubnetId] }),
    );
    const balancer = LoadBalancers?.[0]?.LoadBalancerArn ?? '';
    const { ServiceConfiguration } = await ec2.send(
      new CreateVpcEndpointServiceConfigurationCommand({ NetworkLoadBalancerArns: [balancer] }),
    );
    const { ServiceId: service = '', ServiceName = '' } = ServiceConfiguration ?? {};
    const principal = `arn:aws:iam::${OTHER_ACCOUNT}:root`;
    await ec2.send(
      new ModifyVpcEndpointServicePermissionsCommand({ ServiceId: service, AddAllowedPrincipals: [principal] }),
    );
    const made = await ec2.send(
      new CreateVpcEndpointCommand({
        VpcId,
        ServiceName,
        VpcEndpointType: 'Interface',
        SubnetIds: [SubnetId],
        PolicyDocument: POLICY,
      }),
    );
    const endpoint = made.VpcEndpoint?.VpcEndpointId ?? '';
    const read = await factsBy(readEc2);
    expect(told(read, 'endpoint-service')).toEqual([`${endpoint} -> ${service}: ServiceName`]);
    expect(told(read, 'endpoint-service-permission')).toEqual([`${service} -> ${principal}: AllowedPrincipals`]);
    expect(toldOf(read, 'forward', service)).toEqual([`${balancer}: NetworkLoadBalancerArns`]);
    expect(toldOf(read, 'placed-in', endpoint)).toEqual([`${SubnetId}: SubnetIds`, `${VpcId}: VpcId`]);
    expect(read.facts.policies).toEqual([
      { kind: 'endpoint', holder: endpoint, name: 'endpoint policy', document: POLICY, source: 'aws' },
    ]);
    expect(noted(read, service)[0]?.aliases).toContain(ServiceName);
    expect(noted(read, service)[0]?.partOf).toBe(balancer);
    const byBalancer = await factsBy(readEc2, ({ id }) => id === balancer);
    expect(told(byBalancer, 'endpoint-service-permission')).toHaveLength(1);
    expect(read.facts.resources.filter(({ partOf }) => partOf === endpoint)).toEqual([
      expect.objectContaining({ type: 'aws_network_interface' }),
    ]);
  });

  it("asks for the permissions of no endpoint service that is nobody's", async () => {
    const { SubnetId = '' } = (await someSubnet()) ?? {};
    const { LoadBalancers } = await elb.send(
      new CreateLoadBalancerCommand({ Name: 'service', Type: 'network', Subnets: [SubnetId] }),
    );
    const { ServiceConfiguration } = await ec2.send(
      new CreateVpcEndpointServiceConfigurationCommand({
        NetworkLoadBalancerArns: [LoadBalancers?.[0]?.LoadBalancerArn ?? ''],
      }),
    );
    const ServiceId = ServiceConfiguration?.ServiceId ?? '';
    await ec2.send(new ModifyVpcEndpointServicePermissionsCommand({ ServiceId, AddAllowedPrincipals: ['*'] }));
    const read = await factsBy(readEc2, () => false);
    expect(idsOf(read, 'aws_vpc_endpoint_service')).toEqual([ServiceId]);
    expect(told(read, 'endpoint-service-permission')).toEqual([]);
  });

  it('tells of an endpoint to a service of AWS no service, for that is everybody’s', async () => {
    const { VpcId = '' } = (await someSubnet()) ?? {};
    const made = await ec2.send(new CreateVpcEndpointCommand({ VpcId, ServiceName: 'com.amazonaws.us-east-1.s3' }));
    const endpoint = made.VpcEndpoint?.VpcEndpointId ?? '';
    const read = await factsBy(readEc2);
    expect(idsOf(read, 'aws_vpc_endpoint')).toEqual([endpoint]);
    expect(told(read, 'endpoint-service')).toEqual([]);
  });
});
