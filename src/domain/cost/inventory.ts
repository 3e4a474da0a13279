import type { Backend } from '../environment.js';
import type { Json } from '../plan.js';
import type { CostedResource } from './costed-resource.js';
import { Decimal } from './decimal.js';
import { type EstimateBasis, estimate, type ResourceCost } from './estimate.js';

/** A resource that carries the environment's tag. */
interface Tagged {
  readonly arn: string;
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * Where a resource of the report comes from: the state; the state's own backend, which `bootstrap` makes and no state
 * has; or neither, which is an orphan.
 */
export type Origin = 'state' | 'backend' | 'orphan';

/** The cost of a resource, and where the resource comes from. */
export interface InventoryCost extends ResourceCost {
  readonly origin: Origin;
}

/** Ids that EC2 makes up itself, and that mean the same wherever they stand. */
const EC2_ID = /^[a-z]+-[0-9a-f]{8,17}$/;

/** A state's bucket and lock table hold little and are asked seldom: kilobytes, and a few requests a command. */
const BACKEND_USE: Readonly<Record<string, Decimal>> = {
  stored_gb: Decimal.of('0.1'),
  write_requests: Decimal.of(1000),
  read_requests: Decimal.of(1000),
};

/** What an ARN alone tells of a kind of resource. */
interface Kind {
  readonly pattern: RegExp;
  readonly type: string;
  readonly attributes?: (name: string) => CostedResource['attributes'];
  /** Attributes that decide the cost and that no ARN tells. */
  readonly hidden?: readonly string[];
}

/** By service and resource part of the ARN. Formats: https://docs.aws.amazon.com/service-authorization/latest/reference/ */
const KINDS: readonly Kind[] = [
  { pattern: /^ec2:elastic-ip\//, type: 'aws_eip', hidden: ['public_ipv4_pool'] },
  { pattern: /^ec2:natgateway\//, type: 'aws_nat_gateway' },
  { pattern: /^ec2:instance\//, type: 'aws_instance', hidden: ['instance_type', 'root_block_device', 'public_ip'] },
  { pattern: /^ec2:volume\//, type: 'aws_ebs_volume', hidden: ['type', 'size'] },
  { pattern: /^ec2:vpc-endpoint\//, type: 'aws_vpc_endpoint', hidden: ['vpc_endpoint_type'] },
  { pattern: /^ec2:(vpc-)?flow-logs?\//, type: 'aws_flow_log' },
  { pattern: /^ec2:vpc\//, type: 'aws_vpc' },
  { pattern: /^ec2:subnet\//, type: 'aws_subnet' },
  { pattern: /^ec2:route-table\//, type: 'aws_route_table' },
  { pattern: /^ec2:internet-gateway\//, type: 'aws_internet_gateway' },
  { pattern: /^ec2:security-group\//, type: 'aws_security_group' },
  { pattern: /^ec2:security-group-rule\//, type: 'aws_security_group_rule' },
  { pattern: /^ec2:network-interface\//, type: 'aws_network_interface' },
  { pattern: /^ec2:network-acl\//, type: 'aws_network_acl' },
  { pattern: /^ec2:launch-template\//, type: 'aws_launch_template' },
  {
    pattern: /^elasticloadbalancing:loadbalancer\/app\//,
    type: 'aws_lb',
    attributes: () => ({ load_balancer_type: 'application' }),
    hidden: ['subnets', 'subnet_mapping'],
  },
  {
    pattern: /^elasticloadbalancing:loadbalancer\/net\//,
    type: 'aws_lb',
    attributes: () => ({ load_balancer_type: 'network' }),
    hidden: ['subnets', 'subnet_mapping'],
  },
  { pattern: /^elasticloadbalancing:targetgroup\//, type: 'aws_lb_target_group' },
  { pattern: /^elasticloadbalancing:listener\//, type: 'aws_lb_listener' },
  { pattern: /^elasticloadbalancing:listener-rule\//, type: 'aws_lb_listener_rule' },
  { pattern: /^kms:key\//, type: 'aws_kms_key' },
  { pattern: /^secretsmanager:secret:/, type: 'aws_secretsmanager_secret' },
  { pattern: /^acm:certificate\//, type: 'aws_acm_certificate', hidden: ['certificate_authority_arn'] },
  { pattern: /^s3:[^/]+$/, type: 'aws_s3_bucket', attributes: (name) => ({ bucket: name }) },
  { pattern: /^sqs:/, type: 'aws_sqs_queue', attributes: (name) => ({ fifo_queue: name.endsWith('.fifo') }) },
  { pattern: /^sns:[^:]+$/, type: 'aws_sns_topic', attributes: (name) => ({ fifo_topic: name.endsWith('.fifo') }) },
  { pattern: /^dynamodb:table\//, type: 'aws_dynamodb_table', hidden: ['billing_mode', 'point_in_time_recovery'] },
  { pattern: /^logs:log-group:/, type: 'aws_cloudwatch_log_group', hidden: ['retention_in_days'] },
  { pattern: /^cloudwatch:alarm:/, type: 'aws_cloudwatch_metric_alarm', hidden: ['metric_query'] },
  { pattern: /^route53:hostedzone\//, type: 'aws_route53_zone' },
  { pattern: /^iam:role\//, type: 'aws_iam_role' },
  { pattern: /^iam:policy\//, type: 'aws_iam_policy' },
  { pattern: /^iam:instance-profile\//, type: 'aws_iam_instance_profile' },
];

/**
 * What tagged resources cost that the state does not have: an orphan is paid for like anything else, and nobody sees
 * it in Terraform. What an ARN does not tell, such as an instance's type, is unknown.
 */
export function costsOutsideState(
  resources: readonly CostedResource[],
  tagged: readonly Tagged[],
  backend: Backend,
  basis: EstimateBasis,
): readonly InventoryCost[] {
  const known = identifiersIn(resources);
  const outside = tagged.filter(({ arn }) => !known.has(arn) && !known.has(ec2Id(arn) ?? arn));
  const costed = outside.map((one) => ({ tagged: one, ...resourceOf(one, backend) }));
  return estimate(
    costed.map(({ resource }) => resource),
    basis,
  ).map((cost, index) => ({
    ...cost,
    address: null,
    module: '',
    arn: outside[index]?.arn ?? null,
    name: outside[index]?.tags['Name'] ?? lastPart(outside[index]?.arn ?? ''),
    origin: costed[index]?.origin ?? 'orphan',
  }));
}

/** Every identifier by which a state knows a resource of AWS, or a part of one that AWS lists by itself. */
function identifiersIn(resources: readonly CostedResource[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { attributes } of resources) {
    for (const name of ['arn', 'id', 'allocation_id', 'network_interface_id', 'primary_network_interface_id']) {
      const value = attributes[name];
      if (typeof value === 'string') found.add(value);
    }
    for (const block of [attributes['root_block_device'], attributes['ebs_block_device']]) {
      for (const volume of Array.isArray(block) ? block : []) {
        const id = (volume as { readonly [name: string]: Json } | null)?.['volume_id'];
        if (typeof id === 'string') found.add(id);
      }
    }
  }
  return found;
}

function resourceOf({ arn }: Tagged, backend: Backend): { readonly resource: CostedResource; readonly origin: Origin } {
  const [, , service = '', , , ...rest] = arn.split(':');
  const path = `${service}:${rest.join(':')}`;
  const own = ownBackend(path, backend);
  if (own !== undefined) return { resource: { ...own, address: arn, use: BACKEND_USE }, origin: 'backend' };
  const kind = KINDS.find(({ pattern }) => pattern.test(path));
  if (kind === undefined)
    return {
      resource: { address: arn, type: /^[^:]*:[^:/]*/.exec(path)?.[0] ?? path, attributes: {} },
      origin: 'orphan',
    };
  const { type, attributes, hidden = [] } = kind;
  const resource = {
    address: arn,
    type,
    attributes: { ...attributes?.(lastPart(arn)), arn },
    afterUnknown: Object.fromEntries(hidden.map((name) => [name, true])),
  };
  return { resource, origin: 'orphan' };
}

/** The bucket and the table that hold the state and its lock, as `bootstrap` makes them. */
function ownBackend(
  path: string,
  { bucket, lockTable }: Backend,
): Pick<CostedResource, 'type' | 'attributes'> | undefined {
  if (path === `s3:${bucket}`) return { type: 'aws_s3_bucket', attributes: { bucket } };
  if (lockTable === undefined || path !== `dynamodb:table/${lockTable}`) return undefined;
  return {
    type: 'aws_dynamodb_table',
    attributes: { billing_mode: 'PAY_PER_REQUEST', point_in_time_recovery: [{ enabled: true }] },
  };
}

function ec2Id(arn: string): string | undefined {
  const last = lastPart(arn);
  return EC2_ID.test(last) ? last : undefined;
}

function lastPart(arn: string): string {
  return arn.split(/[:/]/).at(-1) ?? arn;
}
