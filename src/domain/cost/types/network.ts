import { type Costing, FREE, fixed, unknown, used } from '../costing.js';
import { Decimal } from '../decimal.js';
import type { PriceKey } from '../prices.js';
import { freeTypes, HOURS, pieces, type ResourceTypes, resourceType, rowOf } from '../resource-type.js';

const PROCESSED = { value: 10, most: 10_000_000, what: 'GB that pass through' };

/** Endpoints that are billed by the hour and zone. Source: https://aws.amazon.com/privatelink/pricing/ */
const BILLED_ENDPOINTS: Readonly<Record<string, { readonly hours: PriceKey; readonly data: PriceKey }>> = {
  Interface: { hours: 'vpc/interface-endpoint/hours', data: 'vpc/interface-endpoint/data' },
  GatewayLoadBalancer: {
    hours: 'vpc/gateway-load-balancer-endpoint/hours',
    data: 'vpc/gateway-load-balancer-endpoint/data',
  },
};

/** Networks. What a VPC is made of is free; ways out of it are not. */
export const NETWORK: ResourceTypes = {
  aws_nat_gateway: resourceType({ processed_gb: PROCESSED }, (_, { use }) =>
    pieces(
      () => fixed('NAT gateway', 'vpc/nat-gateway/hours', HOURS),
      () => used('Data processed', 'vpc/nat-gateway/data', use('processed_gb')),
    ),
  ),
  // In use or idle, since February 2024: https://aws.amazon.com/blogs/aws/new-aws-public-ipv4-address-charge-public-ip-insights/
  aws_eip: resourceType({}, (attributes) =>
    pieces(() => {
      const pool = attributes.textIfKnown('public_ipv4_pool');
      // An address of one's own, brought to AWS, is free.
      const own = pool !== undefined && pool !== 'amazon';
      return own ? FREE : fixed('Public IPv4 address', 'vpc/public-ipv4', HOURS);
    }),
  ),
  aws_vpc_endpoint: resourceType({ processed_gb: PROCESSED }, (attributes, { use }) =>
    pieces(() => {
      const type = attributes.text('vpc_endpoint_type') ?? 'Gateway';
      if (type === 'Gateway') return FREE;
      const prices = rowOf(BILLED_ENDPOINTS, type);
      if (prices === undefined) return unknown(`no prices for VPC endpoint type ${type}`);
      const zones = Decimal.of(Math.max(attributes.count('subnet_ids'), 1));
      return pieces(
        () => fixed(`${type} endpoint`, prices.hours, zones.times(HOURS)),
        () => used('Data processed', prices.data, use('processed_gb')),
      );
    }),
  ),
  // Delivery to a log group is billed as the log group's ingestion.
  aws_flow_log: resourceType({}, (attributes) =>
    pieces((): Costing => {
      const destination = attributes.text('log_destination_type') ?? 'cloud-watch-logs';
      return destination === 'cloud-watch-logs' ? FREE : unknown(`no prices for flow logs delivered to ${destination}`);
    }),
  ),
  ...freeTypes(
    'aws_default_network_acl',
    'aws_default_route_table',
    'aws_default_security_group',
    'aws_eip_association',
    'aws_internet_gateway',
    'aws_network_acl',
    'aws_network_acl_rule',
    'aws_network_interface',
    'aws_route',
    'aws_route_table',
    'aws_route_table_association',
    'aws_security_group',
    'aws_security_group_rule',
    'aws_subnet',
    'aws_vpc',
    'aws_vpc_endpoint_policy',
    'aws_vpc_endpoint_route_table_association',
    'aws_vpc_security_group_egress_rule',
    'aws_vpc_security_group_ingress_rule',
  ),
};
