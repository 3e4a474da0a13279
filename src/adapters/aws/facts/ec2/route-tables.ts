import type { Route } from '@aws-sdk/client-ec2';
import { isEverywhere } from '../../../../domain/separation/cidr.js';
import { listAll } from '../listing.js';
import type { Reading } from '../reading.js';
import { type Ec2, small, taggedIn } from './ec2.js';
import type { PrefixLists } from './prefix-lists.js';

/**
 * Route tables: where they hold, where their routes lead, and by what.
 * Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeRouteTables.html
 */
export async function readRouteTables(ec2: Ec2, prefixLists: Promise<PrefixLists>): Promise<void> {
  const { reading } = ec2;
  const tables = await listAll(reading, {
    action: 'ec2:DescribeRouteTables',
    subject: 'all route tables',
    areas: ['existence', 'network', 'tags'],
    types: ['aws_route_table'],
    pages: () => ec2.sdk.paginateDescribeRouteTables(small(ec2), {}),
    items: ({ RouteTables }) => RouteTables,
  });
  const lists = await prefixLists;
  for (const { RouteTableId: id = '', VpcId, Associations = [], Routes = [], Tags } of tables) {
    reading.resource({ id, type: 'aws_route_table', ...taggedIn(VpcId, Tags) });
    reading.relation({ kind: 'placed-in', from: id, to: VpcId, where: 'VpcId' });
    for (const { SubnetId, GatewayId } of Associations) {
      reading.relation({ kind: 'placed-in', from: id, to: SubnetId ?? GatewayId, where: 'Associations' });
    }
    for (const route of Routes) noteRoute(reading, id, route, lists);
  }
}

/** Everywhere is nobody's place in particular: of a default route only the target is noted. */
function noteRoute(reading: Reading, from: string, route: Route, lists: PrefixLists): void {
  const { DestinationCidrBlock, DestinationIpv6CidrBlock, DestinationPrefixListId: list } = route;
  const target = targetOf(route);
  if (target === undefined || target === 'local') return;
  const where = `route to ${DestinationCidrBlock ?? DestinationIpv6CidrBlock ?? list}`;
  reading.relation({ kind: 'route', from, to: target, where });
  // AWS's own lists are not among these.
  const listed = list !== undefined && lists.has(list) ? [list, ...(lists.get(list) ?? [])] : [];
  for (const to of [DestinationCidrBlock, DestinationIpv6CidrBlock, ...listed]) {
    if (to !== undefined && !isEverywhere(to)) reading.relation({ kind: 'route', from, to, through: target, where });
  }
}

/** A route has one target, each kind in a field of its own. A route to an instance names its interface too. */
function targetOf(route: Route): string | undefined {
  return (
    route.VpcPeeringConnectionId ??
    route.TransitGatewayId ??
    route.InstanceId ??
    route.NetworkInterfaceId ??
    route.NatGatewayId ??
    route.EgressOnlyInternetGatewayId ??
    route.LocalGatewayId ??
    route.CarrierGatewayId ??
    route.CoreNetworkArn ??
    route.GatewayId
  );
}
