import {
  AcceptVpcPeeringConnectionCommand,
  AssociateVpcCidrBlockCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateNetworkAclEntryCommand,
  CreateRouteCommand,
  CreateTransitGatewayCommand,
  CreateTransitGatewayVpcAttachmentCommand,
  CreateVpcCommand,
  CreateVpcPeeringConnectionCommand,
  DeleteNetworkAclEntryCommand,
  DeleteRouteCommand,
  DeleteTransitGatewayCommand,
  DeleteTransitGatewayVpcAttachmentCommand,
  DeleteVpcCommand,
  DeleteVpcPeeringConnectionCommand,
  DescribeNetworkAclsCommand,
  DisassociateVpcCidrBlockCommand,
  type IpPermission,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import type { Sabotage } from './sabotage.js';
import type { World } from './world.js';

const admit = async ({ aws }: World, GroupId: string, permission: IpPermission) => {
  const rule = { GroupId, IpPermissions: [{ IpProtocol: 'tcp', FromPort: 5432, ToPort: 5432, ...permission }] };
  await aws.ec2.send(new AuthorizeSecurityGroupIngressCommand(rule));
  return () => aws.ec2.send(new RevokeSecurityGroupIngressCommand(rule));
};

/** Sabotages of networks. */
export const OF_NETWORKS: readonly Sabotage[] = [
  {
    name: "a rule of staging's that admits a security group of production's",
    rule: 'network',
    names: ({ staging }) => staging.instanceGroup,
    commit: ({ world }) =>
      admit(world, world.staging.instanceGroup, { UserIdGroupPairs: [{ GroupId: world.production.instanceGroup }] }),
  },
  {
    name: "a rule of production's that admits staging's addresses",
    rule: 'network',
    names: () => '10.1.0.0/16',
    commit: ({ world }) => admit(world, world.production.instanceGroup, { IpRanges: [{ CidrIp: '10.1.0.0/16' }] }),
  },
  {
    name: 'a rule wide enough for both networks',
    rule: 'network',
    names: () => '10.0.0.0/8',
    commit: ({ world }) => admit(world, world.staging.instanceGroup, { IpRanges: [{ CidrIp: '10.0.0.0/8' }] }),
  },
  {
    name: "a rule of staging's for the public address of production's NAT gateway",
    rule: 'network',
    names: ({ production }) => production.resource('module.network.aws_eip.nat')['public_ip'] as string,
    commit: ({ world }) => {
      const address = world.production.resource('module.network.aws_eip.nat')['public_ip'];
      return admit(world, world.staging.balancerGroup, { IpRanges: [{ CidrIp: `${address}/32` }] });
    },
  },
  {
    name: "a VPC of nobody's that is peered with both networks",
    rule: 'network',
    names: () => 'vpc-',
    commit: async ({ world: { aws, staging, production } }) => {
      const { Vpc } = await aws.ec2.send(new CreateVpcCommand({ CidrBlock: '192.168.0.0/24' }));
      const VpcId = Vpc?.VpcId;
      const undo: (() => Promise<unknown>)[] = [];
      for (const { vpc: PeerVpcId } of [staging, production]) {
        const asked = await aws.ec2.send(new CreateVpcPeeringConnectionCommand({ VpcId, PeerVpcId }));
        const VpcPeeringConnectionId = asked.VpcPeeringConnection?.VpcPeeringConnectionId;
        await aws.ec2.send(new AcceptVpcPeeringConnectionCommand({ VpcPeeringConnectionId }));
        undo.push(() => aws.ec2.send(new DeleteVpcPeeringConnectionCommand({ VpcPeeringConnectionId })));
      }
      undo.push(() => aws.ec2.send(new DeleteVpcCommand({ VpcId })));
      return async () => {
        for (const each of undo) await each();
      };
    },
  },
  {
    name: 'a peering of the two networks',
    rule: 'network',
    names: () => 'pcx-',
    commit: async ({ world: { aws, staging, production } }) => {
      const { VpcPeeringConnection } = await aws.ec2.send(
        new CreateVpcPeeringConnectionCommand({ VpcId: staging.vpc, PeerVpcId: production.vpc }),
      );
      const VpcPeeringConnectionId = VpcPeeringConnection?.VpcPeeringConnectionId;
      await aws.ec2.send(new AcceptVpcPeeringConnectionCommand({ VpcPeeringConnectionId }));
      return () => aws.ec2.send(new DeleteVpcPeeringConnectionCommand({ VpcPeeringConnectionId }));
    },
  },
  {
    name: "a route of staging's to production's addresses",
    rule: 'network',
    names: () => '10.0.128.0/20',
    commit: async ({ world: { aws, staging } }) => {
      const route = { RouteTableId: staging.privateRoutes, DestinationCidrBlock: '10.0.128.0/20' };
      const NatGatewayId = staging.resource('module.network.aws_nat_gateway.this')['id'];
      await aws.ec2.send(new CreateRouteCommand({ ...route, NatGatewayId }));
      return () => aws.ec2.send(new DeleteRouteCommand(route));
    },
  },
  {
    name: "a second block of staging's that overlaps production's network",
    rule: 'network',
    names: () => '10.0.240.0/20',
    commit: async ({ world: { aws, staging } }) => {
      const { CidrBlockAssociation } = await aws.ec2.send(
        new AssociateVpcCidrBlockCommand({ VpcId: staging.vpc, CidrBlock: '10.0.240.0/20' }),
      );
      const { AssociationId } = CidrBlockAssociation ?? {};
      return () => aws.ec2.send(new DisassociateVpcCidrBlockCommand({ AssociationId }));
    },
  },
  {
    name: 'one transit gateway for both networks',
    rule: 'network',
    names: () => 'tgw-',
    commit: async ({ world: { aws, staging, production } }) => {
      const { TransitGateway } = await aws.ec2.send(new CreateTransitGatewayCommand({ Description: 'hub' }));
      const TransitGatewayId = TransitGateway?.TransitGatewayId;
      const attachments = await Promise.all(
        [staging, production].map(async (environment) => {
          const { TransitGatewayVpcAttachment } = await aws.ec2.send(
            new CreateTransitGatewayVpcAttachmentCommand({
              TransitGatewayId,
              VpcId: environment.vpc,
              SubnetIds: [environment.resource('module.network.aws_subnet.private')['id'] ?? ''],
            }),
          );
          return TransitGatewayVpcAttachment?.TransitGatewayAttachmentId;
        }),
      );
      return async () => {
        for (const TransitGatewayAttachmentId of attachments)
          await aws.ec2.send(new DeleteTransitGatewayVpcAttachmentCommand({ TransitGatewayAttachmentId }));
        await aws.ec2.send(new DeleteTransitGatewayCommand({ TransitGatewayId }));
      };
    },
  },
  {
    name: "an entry of staging's network ACL for production's addresses",
    rule: 'network',
    names: () => '10.0.0.0/16',
    commit: async ({ world: { aws, staging } }) => {
      const { NetworkAcls = [] } = await aws.ec2.send(
        new DescribeNetworkAclsCommand({ Filters: [{ Name: 'vpc-id', Values: [staging.vpc] }] }),
      );
      const entry = { NetworkAclId: NetworkAcls[0]?.NetworkAclId, RuleNumber: 50, Egress: false };
      await aws.ec2.send(
        new CreateNetworkAclEntryCommand({
          ...entry,
          Protocol: '-1',
          RuleAction: 'allow',
          CidrBlock: '10.0.0.0/16',
        }),
      );
      return () => aws.ec2.send(new DeleteNetworkAclEntryCommand(entry));
    },
  },
];
