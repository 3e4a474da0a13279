import type { Json } from '../plan.js';
import type { CostedResource } from './costed-resource.js';
import { HoursOn } from './hours-on.js';

/** A bucket's rules on what becomes of all its objects. */
export interface BucketLifecycle {
  /** Days after which objects are gone; undefined when they stay. */
  readonly expiresAfterDays: number | undefined;
  /** Whether new objects go to Intelligent-Tiering at once. */
  readonly intelligentTiering: boolean;
}

const NO_LIFECYCLE: BucketLifecycle = { expiresAfterDays: undefined, intelligentTiering: false };

/** What the resources of one environment say of each other, as far as it decides who pays what. Reads each once. */
export class Neighbours {
  /** Addresses that are paid for as Elastic IPs of their own. */
  readonly elasticAddresses: ReadonlySet<string>;
  /** Allocation ids of Elastic IPs that something uses. */
  readonly usedAllocations: ReadonlySet<string>;
  /** Ids of volumes that are attached by a resource of their own. */
  readonly attachedVolumes: ReadonlySet<string>;
  /** Ids of NAT gateways that a route leads to. */
  readonly routedGateways: ReadonlySet<string>;
  /** ARNs of load balancers that listen. */
  readonly listeningBalancers: ReadonlySet<string>;
  /** ARNs of the queues that others move failed messages to. */
  readonly deadLetterQueues: ReadonlySet<string>;
  /** Whether instances get a public address by their subnet alone: in some subnet, in none, or not known. */
  readonly subnetsGiveAddresses: 'some' | 'none' | 'not known';
  /** How long instances are on, where a schedule stops them. */
  readonly hoursOn: HoursOn;
  readonly #lifecycles: ReadonlyMap<string, BucketLifecycle>;

  constructor(resources: readonly CostedResource[]) {
    const byType = groupByType(resources);
    const of = (...types: readonly string[]) => types.flatMap((type) => byType.get(type) ?? []);
    this.elasticAddresses = texts(of('aws_eip'), 'public_ip');
    this.usedAllocations = new Set([
      ...of('aws_nat_gateway', 'aws_eip_association').flatMap(({ attributes }) => textOf(attributes['allocation_id'])),
      ...of('aws_lb', 'aws_alb').flatMap(({ attributes }) =>
        listOf(attributes['subnet_mapping']).flatMap((mapping) => textOf(fieldOf(mapping, 'allocation_id'))),
      ),
    ]);
    this.attachedVolumes = texts(of('aws_volume_attachment'), 'volume_id');
    this.routedGateways = new Set([
      ...texts(of('aws_route'), 'nat_gateway_id'),
      ...of('aws_route_table', 'aws_default_route_table').flatMap(({ attributes }) =>
        listOf(attributes['route']).flatMap((route) => textOf(fieldOf(route, 'nat_gateway_id'))),
      ),
    ]);
    this.listeningBalancers = texts(of('aws_lb_listener', 'aws_alb_listener'), 'load_balancer_arn');
    this.deadLetterQueues = new Set(
      of('aws_sqs_queue', 'aws_sqs_queue_redrive_policy').flatMap(({ attributes }) =>
        deadLetterTarget(attributes['redrive_policy']),
      ),
    );
    const subnets = of('aws_subnet').map(({ attributes }) => attributes['map_public_ip_on_launch'] === true);
    this.subnetsGiveAddresses = subnets.length === 0 ? 'not known' : subnets.includes(true) ? 'some' : 'none';
    this.hoursOn = new HoursOn(of('aws_scheduler_schedule'));
    this.#lifecycles = new Map(
      of('aws_s3_bucket_lifecycle_configuration').flatMap(({ attributes }) =>
        textOf(attributes['bucket']).map((bucket) => [bucket, lifecycleOf(attributes)] as const),
      ),
    );
  }

  /** What becomes of the objects of a bucket. */
  lifecycle(bucket: string | undefined): BucketLifecycle {
    return this.#lifecycles.get(bucket ?? '') ?? NO_LIFECYCLE;
  }
}

function groupByType(resources: readonly CostedResource[]): ReadonlyMap<string, readonly CostedResource[]> {
  const groups = new Map<string, CostedResource[]>();
  for (const resource of resources) {
    const group = groups.get(resource.type);
    if (group === undefined) groups.set(resource.type, [resource]);
    else group.push(resource);
  }
  return groups;
}

function texts(resources: readonly CostedResource[], attribute: string): ReadonlySet<string> {
  return new Set(resources.flatMap(({ attributes }) => textOf(attributes[attribute])));
}

function textOf(value: Json | undefined): readonly string[] {
  return typeof value === 'string' && value !== '' ? [value] : [];
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

function fieldOf(value: Json | undefined, name: string): Json | undefined {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
    ? (value as { readonly [name: string]: Json })[name]
    : undefined;
}

function deadLetterTarget(policy: Json | undefined): readonly string[] {
  if (typeof policy !== 'string' || policy === '') return [];
  try {
    return textOf(fieldOf(JSON.parse(policy) as Json, 'deadLetterTargetArn'));
  } catch {
    // A policy that is not JSON names no queue.
    return [];
  }
}

/** Rules that are on and hold for every object; one with a prefix or a tag says nothing about the whole bucket. */
function lifecycleOf(attributes: CostedResource['attributes']): BucketLifecycle {
  const rules = listOf(attributes['rule']).filter((rule) => fieldOf(rule, 'status') === 'Enabled' && holdsForAll(rule));
  const [expiry] = rules.flatMap((rule) =>
    listOf(fieldOf(rule, 'expiration')).flatMap((expiration) => {
      const days = fieldOf(expiration, 'days');
      return typeof days === 'number' && days > 0 ? [days] : [];
    }),
  );
  const tiering = rules.some((rule) =>
    listOf(fieldOf(rule, 'transition')).some(
      (transition) =>
        fieldOf(transition, 'storage_class') === 'INTELLIGENT_TIERING' && (fieldOf(transition, 'days') ?? 0) === 0,
    ),
  );
  return { expiresAfterDays: expiry, intelligentTiering: tiering };
}

function holdsForAll(rule: Json): boolean {
  const [filter] = listOf(fieldOf(rule, 'filter'));
  const narrowed = ['prefix', 'object_size_greater_than', 'object_size_less_than'].some(
    (name) => (fieldOf(filter, name) ?? '') !== '',
  );
  const prefix = fieldOf(rule, 'prefix') ?? '';
  return (
    !narrowed && prefix === '' && listOf(fieldOf(filter, 'and')).length + listOf(fieldOf(filter, 'tag')).length === 0
  );
}
