import { parseArn } from './identifiers.js';

/** Terraform's type for the ARNs of a service, by what the resource part begins with; the longest match counts. */
const TYPES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  acm: { 'certificate/': 'aws_acm_certificate' },
  autoscaling: { 'autoScalingGroup:': 'aws_autoscaling_group' },
  cloudwatch: { 'alarm:': 'aws_cloudwatch_metric_alarm' },
  dynamodb: { 'table/': 'aws_dynamodb_table' },
  ec2: {
    'elastic-ip/': 'aws_eip',
    'flow-logs/': 'aws_flow_log',
    'instance/': 'aws_instance',
    'internet-gateway/': 'aws_internet_gateway',
    'launch-template/': 'aws_launch_template',
    'natgateway/': 'aws_nat_gateway',
    'network-acl/': 'aws_network_acl',
    'network-interface/': 'aws_network_interface',
    'prefix-list/': 'aws_ec2_managed_prefix_list',
    'route-table/': 'aws_route_table',
    'security-group-rule/': 'aws_vpc_security_group_rule',
    'security-group/': 'aws_security_group',
    'subnet/': 'aws_subnet',
    'transit-gateway-attachment/': 'aws_ec2_transit_gateway_vpc_attachment',
    'volume/': 'aws_ebs_volume',
    'vpc-endpoint-service/': 'aws_vpc_endpoint_service',
    'vpc-endpoint/': 'aws_vpc_endpoint',
    'vpc-flow-log/': 'aws_flow_log',
    'vpc-peering-connection/': 'aws_vpc_peering_connection',
    'vpc/': 'aws_vpc',
  },
  elasticloadbalancing: {
    'listener-rule/': 'aws_lb_listener_rule',
    'listener/': 'aws_lb_listener',
    'loadbalancer/': 'aws_lb',
    'targetgroup/': 'aws_lb_target_group',
  },
  events: { 'event-bus/': 'aws_cloudwatch_event_bus', 'rule/': 'aws_cloudwatch_event_rule' },
  iam: {
    'group/': 'aws_iam_group',
    'instance-profile/': 'aws_iam_instance_profile',
    'policy/': 'aws_iam_policy',
    'role/': 'aws_iam_role',
    'user/': 'aws_iam_user',
  },
  kms: { 'alias/': 'aws_kms_alias', 'key/': 'aws_kms_key' },
  lambda: { 'function:': 'aws_lambda_function' },
  logs: { 'log-group:': 'aws_cloudwatch_log_group' },
  route53: { 'hostedzone/': 'aws_route53_zone' },
  s3: { '': 'aws_s3_bucket' },
  scheduler: { 'schedule-group/': 'aws_scheduler_schedule_group', 'schedule/': 'aws_scheduler_schedule' },
  secretsmanager: { 'secret:': 'aws_secretsmanager_secret' },
  sns: { '': 'aws_sns_topic' },
  sqs: { '': 'aws_sqs_queue' },
};

/**
 * Terraform's type of what an ARN names; undefined for kinds that mhtctl does not read.
 * Source: https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export function typeOfArn(text: string): string | undefined {
  const arn = parseArn(text);
  if (arn === undefined) return undefined;
  const prefixes = Object.entries(TYPES[arn.service] ?? {}).filter(([prefix]) => arn.resource.startsWith(prefix));
  return prefixes.sort(([left], [right]) => right.length - left.length)[0]?.[1];
}
