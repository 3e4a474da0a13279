import {
  AllocateAddressCommand,
  AssociateVpcCidrBlockCommand,
  AttachInternetGatewayCommand,
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateFlowLogsCommand,
  CreateInternetGatewayCommand,
  CreateManagedPrefixListCommand,
  CreateNatGatewayCommand,
  CreateNetworkAclCommand,
  CreateNetworkAclEntryCommand,
  CreateRouteCommand,
  CreateRouteTableCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  DeleteNatGatewayCommand,
  DescribeSecurityGroupRulesCommand,
  EC2Client,
  type ResourceType,
  type TagSpecification,
} from '@aws-sdk/client-ec2';
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readEc2 } from '../../../../src/adapters/aws/facts/ec2.js';
import { EMULATED_ACCOUNT, EmulatedAws } from '../../../support/emulated-aws.js';
import { factsBy, idsOf, noted, type ReadFacts, told, toldOf } from '../../../support/fact-reading.js';

const TAGS = { Name: 'app', Environment: 'staging' };
const tags = (ResourceType: ResourceType): TagSpecification[] => [
  { ResourceType, Tags: Object.entries(TAGS).map(([Key, Value]) => ({ Key, Value })) },
];

describe('the network, read from EC2', () => {
  let aws: EmulatedAws;
  let ec2: EC2Client;
  let read: ReadFacts;
  const world = {
    vpc: '',
    subnet: '',
    group: '',
    other: '',
    list: '',
    gateway: '',
    nat: '',
    gone: '',
    address: '',
    table: '',
    acl: '',
    flowLog: '',
    flowLogByHand: '',
  };
  const ruleIds = async (group: string, matches: (rule: { CidrIpv4?: string | undefined }) => boolean) => {
    const { SecurityGroupRules = [] } = await ec2.send(
      new DescribeSecurityGroupRulesCommand({ Filters: [{ Name: 'group-id', Values: [group] }] }),
    );
    return SecurityGroupRules.filter(matches).map(({ SecurityGroupRuleId }) => SecurityGroupRuleId);
  };

  beforeAll(async () => {
    aws = await EmulatedAws.start();
    ec2 = new EC2Client();
    const { Vpc } = await ec2.send(
      new CreateVpcCommand({
        CidrBlock: '10.9.0.0/16',
        AmazonProvidedIpv6CidrBlock: true,
        TagSpecifications: tags('vpc'),
      }),
    );
    world.vpc = Vpc?.VpcId ?? '';
    const VpcId = world.vpc;
    await ec2.send(new AssociateVpcCidrBlockCommand({ VpcId, CidrBlock: '10.10.0.0/16' }));
    const { Subnet } = await ec2.send(
      new CreateSubnetCommand({ VpcId, CidrBlock: '10.9.1.0/24', TagSpecifications: tags('subnet') }),
    );
    world.subnet = Subnet?.SubnetId ?? '';
    const group = (GroupName: string, TagSpecifications: TagSpecification[]) =>
      ec2.send(new CreateSecurityGroupCommand({ VpcId, GroupName, Description: GroupName, TagSpecifications }));
    world.group = (await group('app-group', tags('security-group'))).GroupId ?? '';
    world.other = (await group('by-hand', [])).GroupId ?? '';
    const { PrefixList } = await ec2.send(
      new CreateManagedPrefixListCommand({
        PrefixListName: 'offices',
        AddressFamily: 'IPv4',
        MaxEntries: 5,
        Entries: [{ Cidr: '10.20.0.0/16' }, { Cidr: '10.21.0.0/16' }],
        TagSpecifications: tags('prefix-list'),
      }),
    );
    world.list = PrefixList?.PrefixListId ?? '';
    await ec2.send(
      new AuthorizeSecurityGroupIngressCommand({
        GroupId: world.group,
        IpPermissions: [
          { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: '10.30.0.0/16' }] },
          { IpProtocol: 'udp', FromPort: 8000, ToPort: 8100, Ipv6Ranges: [{ CidrIpv6: '2001:db8::/32' }] },
          { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, PrefixListIds: [{ PrefixListId: world.list }] },
          { IpProtocol: '-1', UserIdGroupPairs: [{ GroupId: world.other }] },
        ],
      }),
    );
    await ec2.send(
      new AuthorizeSecurityGroupEgressCommand({
        GroupId: world.group,
        IpPermissions: [{ IpProtocol: 'tcp', FromPort: 5432, ToPort: 5432, IpRanges: [{ CidrIp: '10.31.0.5/32' }] }],
      }),
    );
    const { InternetGateway } = await ec2.send(
      new CreateInternetGatewayCommand({ TagSpecifications: tags('internet-gateway') }),
    );
    world.gateway = InternetGateway?.InternetGatewayId ?? '';
    await ec2.send(new AttachInternetGatewayCommand({ InternetGatewayId: world.gateway, VpcId }));
    const address = await ec2.send(
      new AllocateAddressCommand({ Domain: 'vpc', TagSpecifications: tags('elastic-ip') }),
    );
    world.address = address.AllocationId ?? '';
    const nat = async (AllocationId?: string) => {
      const ConnectivityType = AllocationId === undefined ? 'private' : 'public';
      const made = await ec2.send(
        new CreateNatGatewayCommand({ SubnetId: world.subnet, ConnectivityType, AllocationId }),
      );
      return made.NatGateway?.NatGatewayId ?? '';
    };
    world.nat = await nat(world.address);
    world.gone = await nat();
    await ec2.send(new DeleteNatGatewayCommand({ NatGatewayId: world.gone }));
    const { RouteTable } = await ec2.send(
      new CreateRouteTableCommand({ VpcId, TagSpecifications: tags('route-table') }),
    );
    world.table = RouteTable?.RouteTableId ?? '';
    const route = (input: object) => ec2.send(new CreateRouteCommand({ RouteTableId: world.table, ...input }));
    await route({ DestinationCidrBlock: '0.0.0.0/0', GatewayId: world.gateway });
    await route({ DestinationCidrBlock: '10.40.0.0/16', NatGatewayId: world.nat });
    await route({ DestinationPrefixListId: world.list, NatGatewayId: world.nat });
    const { NetworkAcl } = await ec2.send(
      new CreateNetworkAclCommand({ VpcId, TagSpecifications: tags('network-acl') }),
    );
    world.acl = NetworkAcl?.NetworkAclId ?? '';
    const entry = (RuleNumber: number, RuleAction: 'allow' | 'deny', Egress: boolean, CidrBlock: string) =>
      ec2.send(
        new CreateNetworkAclEntryCommand({
          NetworkAclId: world.acl,
          RuleNumber,
          RuleAction,
          Egress,
          CidrBlock,
          Protocol: '6',
          PortRange: { From: 443, To: 443 },
        }),
      );
    await entry(10, 'allow', false, '10.50.0.0/16');
    await entry(20, 'deny', false, '10.51.0.0/16');
    await entry(30, 'allow', true, '0.0.0.0/0');
    const iam = new IAMClient();
    const AssumeRolePolicyDocument = '{"Version":"2012-10-17","Statement":[]}';
    const { Role } = await iam.send(new CreateRoleCommand({ RoleName: 'flow-logs', AssumeRolePolicyDocument }));
    iam.destroy();
    const { FlowLogIds } = await ec2.send(
      new CreateFlowLogsCommand({
        ResourceType: 'VPC',
        ResourceIds: [VpcId],
        TrafficType: 'ALL',
        LogDestinationType: 'cloud-watch-logs',
        LogGroupName: 'flows',
        DeliverLogsPermissionArn: Role?.Arn,
        TagSpecifications: tags('vpc-flow-log'),
      }),
    );
    world.flowLog = FlowLogIds?.[0] ?? '';
    const byHand = await ec2.send(
      new CreateFlowLogsCommand({
        ResourceType: 'Subnet',
        ResourceIds: [world.subnet],
        TrafficType: 'ALL',
        LogDestinationType: 'cloud-watch-logs',
        LogGroupName: 'others',
        DeliverLogsPermissionArn: Role?.Arn,
      }),
    );
    world.flowLogByHand = byHand.FlowLogIds?.[0] ?? '';
    read = await factsBy(readEc2);
  });

  afterAll(async () => {
    ec2.destroy();
    await aws.stop();
  });

  it('leaves no gap', () => {
    expect(read.unread).toEqual([]);
  });

  it('tells every resource by its id, its name and its tags', () => {
    const named = { aliases: [], name: 'app', tags: TAGS, partOf: undefined };
    expect(noted(read, world.vpc)).toEqual([{ id: world.vpc, type: 'aws_vpc', ...named }]);
    expect(noted(read, world.subnet)).toEqual([{ id: world.subnet, type: 'aws_subnet', ...named }]);
    expect(noted(read, world.table)).toEqual([{ id: world.table, type: 'aws_route_table', ...named }]);
    expect(noted(read, world.acl)).toEqual([{ id: world.acl, type: 'aws_network_acl', ...named }]);
    expect(noted(read, world.gateway)).toEqual([{ id: world.gateway, type: 'aws_internet_gateway', ...named }]);
    expect(noted(read, world.flowLog)).toEqual([{ id: world.flowLog, type: 'aws_flow_log', ...named }]);
    expect(noted(read, world.group)).toEqual([
      { id: world.group, type: 'aws_security_group', ...named, name: 'app-group' },
    ]);
    expect(noted(read, world.list)).toEqual([
      { id: world.list, type: 'aws_ec2_managed_prefix_list', ...named, name: 'offices' },
    ]);
  });

  it('takes what has no tags for a part of its VPC', () => {
    expect(noted(read, world.other)).toEqual([
      { id: world.other, type: 'aws_security_group', aliases: [], name: 'by-hand', tags: {}, partOf: world.vpc },
    ]);
    expect(toldOf(read, 'placed-in', world.other)).toEqual([`${world.vpc}: VpcId`]);
  });

  it('tells all blocks of addresses of a VPC', () => {
    expect(toldOf(read, 'vpc-cidr', world.vpc)).toEqual([
      '10.10.0.0/16: CidrBlockAssociationSet',
      '10.9.0.0/16: CidrBlockAssociationSet',
      expect.stringMatching(/^[0-9a-f:]+\/56: Ipv6CidrBlockAssociationSet$/),
    ]);
  });

  it('tells the rules of a security group in words, with the blocks of a prefix list', () => {
    const rules = toldOf(read, 'security-group-rule', world.group).map((line) => line.replace(/ by sgr-\w+/, ''));
    expect(rules).toEqual(
      [
        '0.0.0.0/0: egress all',
        '::/0: egress all',
        '10.30.0.0/16: ingress tcp 443',
        '2001:db8::/32: ingress udp 8000-8100',
        `${world.list}: ingress tcp 22 by ${world.list}`,
        `10.20.0.0/16: ingress tcp 22 by ${world.list}`,
        `10.21.0.0/16: ingress tcp 22 by ${world.list}`,
        `${world.other}: ingress all`,
        '10.31.0.5/32: egress tcp 5432',
      ].sort(),
    );
  });

  it('tells which rule it is that links a group, and that the rule is a part of it', async () => {
    const [rule = ''] = await ruleIds(world.group, ({ CidrIpv4 }) => CidrIpv4 === '10.30.0.0/16');
    expect(toldOf(read, 'security-group-rule', world.group)).toContain(`10.30.0.0/16 by ${rule}: ingress tcp 443`);
    expect(noted(read, rule)).toEqual([
      expect.objectContaining({ type: 'aws_vpc_security_group_ingress_rule', partOf: world.group }),
    ]);
  });

  it('tells the routes that lead somewhere in particular, and by what', () => {
    expect(toldOf(read, 'route', world.table)).toEqual(
      [
        `${world.gateway}: route to 0.0.0.0/0`,
        `${world.nat}: route to 10.40.0.0/16`,
        `10.40.0.0/16 by ${world.nat}: route to 10.40.0.0/16`,
        `${world.nat}: route to ${world.list}`,
        `${world.list} by ${world.nat}: route to ${world.list}`,
        `10.20.0.0/16 by ${world.nat}: route to ${world.list}`,
        `10.21.0.0/16 by ${world.nat}: route to ${world.list}`,
      ].sort(),
    );
  });

  it('tells what a network ACL lets through by address', () => {
    expect(told(read, 'network-acl-entry')).toEqual([`${world.acl} -> 10.50.0.0/16: rule 10 ingress tcp 443`]);
  });

  it('tells where gateways are, and leaves out a NAT gateway that was deleted', () => {
    expect(toldOf(read, 'placed-in', world.gateway)).toEqual([`${world.vpc}: Attachments`]);
    expect(toldOf(read, 'placed-in', world.nat)).toEqual(
      [`${world.vpc}: VpcId`, `${world.subnet}: SubnetId`, `${world.address}: NatGatewayAddresses`].sort(),
    );
    expect(idsOf(read, 'aws_nat_gateway')).toEqual([world.nat]);
  });

  it('tells that the interface of a NAT gateway is a part of it, and the address its own', () => {
    const parts = read.facts.resources.filter(({ partOf }) => partOf === world.nat);
    expect(parts).toEqual([expect.objectContaining({ type: 'aws_network_interface' })]);
    expect(toldOf(read, 'placed-in', world.address)).toEqual([`${parts[0]?.id}: NetworkInterfaceId`]);
    expect(noted(read, world.address)).toEqual([
      expect.objectContaining({ type: 'aws_eip', aliases: [expect.stringMatching(/^\d+(\.\d+){3}$/)], tags: TAGS }),
    ]);
  });

  it('takes a flow log without tags for a part of what it watches', () => {
    expect(noted(read, world.flowLogByHand)).toMatchObject([{ type: 'aws_flow_log', partOf: world.subnet }]);
    expect(noted(read, world.flowLog)).toMatchObject([{ partOf: undefined }]);
  });

  it('tells what a flow log watches, where it delivers, and as whom', () => {
    expect(toldOf(read, 'placed-in', world.flowLog)).toEqual([`${world.vpc}: ResourceId`]);
    const group = `arn:aws:logs:us-east-1:${EMULATED_ACCOUNT}:log-group:flows`;
    expect(toldOf(read, 'log-delivery', world.flowLog)).toEqual([`${group}: LogGroupName`]);
    expect(toldOf(read, 'service-role', world.flowLog)).toEqual([
      `arn:aws:iam::${EMULATED_ACCOUNT}:role/flow-logs: DeliverLogsPermissionArn`,
    ]);
  });
});
