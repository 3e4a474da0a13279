import { FREE, fixed, unknown, used } from '../costing.js';
import { Decimal } from '../decimal.js';
import { pieces, type ResourceTypes, resourceType } from '../resource-type.js';

const RECORD = { queries: { value: 10_000, most: 1_000_000_000, what: 'queries for a record' } };

/** Policies whose queries cost more than plain ones. */
const ROUTED = [
  'geolocation_routing_policy',
  'geoproximity_routing_policy',
  'latency_routing_policy',
  'cidr_routing_policy',
];

/** Zones and records. Source: https://aws.amazon.com/route53/pricing/ */
export const DNS: ResourceTypes = {
  aws_route53_zone: resourceType({}, () => fixed('Hosted zone', 'route53/hosted-zone', Decimal.ONE)),
  aws_route53_record: resourceType(RECORD, (attributes, { use }) =>
    pieces(() => {
      // Queries for an alias of a load balancer, a bucket or a distribution are free.
      if (attributes.count('alias') > 0) return FREE;
      const routed = ROUTED.find((policy) => attributes.count(policy) > 0);
      if (routed !== undefined) return unknown(`no prices for queries under a ${routed}`);
      return used('Queries', 'route53/queries', use('queries'));
    }),
  ),
};
