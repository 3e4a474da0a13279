import type { ServiceConfiguration, VpcEndpoint } from '@aws-sdk/client-ec2';
import { listAll } from '../listing.js';
import type { Reading } from '../reading.js';
import { type Ec2, small, tagged, taggedIn } from './ec2.js';

/** `vpce-svc-...` in the name of an endpoint service; services without are AWS's own. */
const ENDPOINT_SERVICE = /vpce-svc-[0-9a-f]+$/;

/**
 * VPC endpoints: where they are, the customers' services that they lead to, and their policies.
 * Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_VpcEndpoint.html
 */
export async function readEndpoints(ec2: Ec2): Promise<void> {
  const endpoints = await listAll(ec2.reading, {
    action: 'ec2:DescribeVpcEndpoints',
    subject: 'all VPC endpoints',
    areas: ['existence', 'network', 'policies', 'traffic', 'tags'],
    types: ['aws_vpc_endpoint'],
    pages: () => ec2.sdk.paginateDescribeVpcEndpoints(small(ec2), {}),
    items: ({ VpcEndpoints }) => VpcEndpoints,
  });
  for (const endpoint of endpoints) {
    // The one state that EC2 writes with or without a capital.
    if (endpoint.State?.toLowerCase() !== 'deleted') noteEndpoint(ec2.reading, endpoint);
  }
}

function noteEndpoint(reading: Reading, endpoint: VpcEndpoint): void {
  const { VpcEndpointId: id = '', VpcId, SubnetIds = [], Groups = [], RouteTableIds = [], DnsEntries = [] } = endpoint;
  const aliases = DnsEntries.flatMap(({ DnsName }) => DnsName?.toLowerCase() ?? []);
  reading.resource({ id, type: 'aws_vpc_endpoint', aliases, ...taggedIn(VpcId, endpoint.Tags) });
  reading.relation({ kind: 'placed-in', from: id, to: VpcId, where: 'VpcId' });
  for (const to of SubnetIds) reading.relation({ kind: 'placed-in', from: id, to, where: 'SubnetIds' });
  for (const { GroupId: to } of Groups) reading.relation({ kind: 'placed-in', from: id, to, where: 'Groups' });
  for (const to of RouteTableIds) reading.relation({ kind: 'placed-in', from: id, to, where: 'RouteTableIds' });
  for (const part of endpoint.NetworkInterfaceIds ?? [])
    reading.resource({ id: part, type: 'aws_network_interface', partOf: id });
  const service = ENDPOINT_SERVICE.exec(endpoint.ServiceName ?? '')?.[0];
  reading.relation({ kind: 'endpoint-service', from: id, to: service, where: 'ServiceName' });
  reading.policy({ kind: 'endpoint', holder: id, name: 'endpoint policy', document: endpoint.PolicyDocument });
}

/**
 * Endpoint services of the account's own: the load balancers behind them, and who may make endpoints to those that are an
 * environment's or lead to its load balancers.
 * Sources: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ServiceConfiguration.html,
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVpcEndpointServicePermissions.html
 */
export async function readEndpointServices(ec2: Ec2): Promise<void> {
  const services = await listAll(ec2.reading, {
    action: 'ec2:DescribeVpcEndpointServiceConfigurations',
    subject: 'all endpoint services',
    areas: ['existence', 'network', 'traffic', 'tags'],
    types: ['aws_vpc_endpoint_service'],
    pages: () => ec2.sdk.paginateDescribeVpcEndpointServiceConfigurations(small(ec2), {}),
    items: ({ ServiceConfigurations }) => ServiceConfigurations,
  });
  const there = services.filter(({ ServiceState }) => ServiceState !== 'Deleted');
  for (const service of there) noteService(ec2.reading, service);
  const focus = await ec2.reading.focus;
  const own = there.filter(
    (service) =>
      focus.concerns({ id: service.ServiceId ?? '', ...tagged(service.Tags) }) ||
      balancersOf(service).some((id) => focus.concerns({ id })),
  );
  await Promise.all(own.map(({ ServiceId = '' }) => readPermissions(ec2, ServiceId)));
}

function balancersOf(service: ServiceConfiguration): readonly string[] {
  return [...(service.NetworkLoadBalancerArns ?? []), ...(service.GatewayLoadBalancerArns ?? [])];
}

function noteService(reading: Reading, service: ServiceConfiguration): void {
  const { ServiceId: id = '', ServiceName, BaseEndpointDnsNames = [], PrivateDnsName } = service;
  const aliases = [ServiceName, ...BaseEndpointDnsNames, PrivateDnsName].flatMap((alias) => alias || []);
  reading.resource({
    id,
    type: 'aws_vpc_endpoint_service',
    aliases,
    ...taggedIn(balancersOf(service)[0], service.Tags),
  });
  for (const to of service.NetworkLoadBalancerArns ?? [])
    reading.relation({ kind: 'forward', from: id, to, where: 'NetworkLoadBalancerArns' });
  for (const to of service.GatewayLoadBalancerArns ?? [])
    reading.relation({ kind: 'forward', from: id, to, where: 'GatewayLoadBalancerArns' });
}

async function readPermissions(ec2: Ec2, id: string): Promise<void> {
  const allowed = await listAll(ec2.reading, {
    action: 'ec2:DescribeVpcEndpointServicePermissions',
    subject: id,
    areas: ['network'],
    pages: () => ec2.sdk.paginateDescribeVpcEndpointServicePermissions(small(ec2), { ServiceId: id }),
    items: ({ AllowedPrincipals }) => AllowedPrincipals,
  });
  for (const { Principal: to } of allowed)
    ec2.reading.relation({ kind: 'endpoint-service-permission', from: id, to, where: 'AllowedPrincipals' });
}
