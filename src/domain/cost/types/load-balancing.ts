import type { Attributes } from '../attributes.js';
import { type Costing, FREE, fixed, unknown, used } from '../costing.js';
import { Decimal } from '../decimal.js';
import type { PriceKey } from '../prices.js';
import {
  freeTypes,
  HOURS,
  pieces,
  type ResourceTypes,
  resourceType,
  rowOf,
  type Surroundings,
} from '../resource-type.js';

const USAGE = {
  average_lcus: { value: 1, most: 10_000, what: 'load balancer capacity units in use, on average' },
  data_out_gb: { value: 10, most: 10_240, what: 'GB answered to the internet; first tier of the price, up to 10 TB' },
};

/** What a kind of load balancer is billed by. Source: https://aws.amazon.com/elasticloadbalancing/pricing/ */
const KINDS: Readonly<
  Record<string, { readonly label: string; readonly hours: PriceKey; readonly capacity: PriceKey }>
> = {
  application: {
    label: 'Application load balancer',
    hours: 'elb/application/hours',
    capacity: 'elb/application/capacity',
  },
  network: { label: 'Network load balancer', hours: 'elb/network/hours', capacity: 'elb/network/capacity' },
};

const loadBalancer = resourceType(USAGE, (attributes, surroundings) =>
  pieces(
    () => balancing(attributes, surroundings),
    () => publicAddresses(attributes),
    () => {
      const out = surroundings.use('data_out_gb');
      return attributes.flagIfKnown('internal') ? FREE : used('Data to the internet', 'elb/data-out', out);
    },
  ),
);

/** Load balancers and what is configured with them. */
export const LOAD_BALANCING: ResourceTypes = {
  aws_lb: loadBalancer,
  aws_alb: loadBalancer,
  ...freeTypes(
    'aws_alb_listener',
    'aws_alb_listener_rule',
    'aws_alb_target_group',
    'aws_alb_target_group_attachment',
    'aws_lb_listener',
    'aws_lb_listener_certificate',
    'aws_lb_listener_rule',
    'aws_lb_target_group',
    'aws_lb_target_group_attachment',
  ),
};

function balancing(attributes: Attributes, { use }: Surroundings<keyof typeof USAGE>): Costing {
  const type = attributes.textIfKnown('load_balancer_type') ?? 'application';
  const kind = rowOf(KINDS, type);
  if (kind === undefined) return unknown(`no prices for load balancer type ${type}`);
  const { label, hours, capacity } = kind;
  return pieces(
    () => fixed(label, hours, HOURS),
    () => used('Capacity units', capacity, use('average_lcus').times(HOURS)),
  );
}

/** One address in each subnet of a load balancer that faces the internet; Elastic IPs are counted as what they are. */
function publicAddresses(attributes: Attributes): Costing {
  if (attributes.flagIfKnown('internal')) return FREE;
  const addressing = attributes.textIfKnown('ip_address_type');
  if (addressing === 'dualstack-without-public-ipv4') return FREE;
  const mapped = attributes.blocksIfKnown('subnet_mapping');
  const elastic = mapped.filter((mapping) => mapping.textIfKnown('allocation_id') !== undefined);
  const subnets = mapped.length > 0 ? mapped.length : attributes.count('subnets');
  const addresses = subnets - elastic.length;
  if (addresses <= 0) return FREE;
  return fixed('Public IPv4 addresses', 'vpc/public-ipv4', Decimal.of(addresses).times(HOURS));
}
