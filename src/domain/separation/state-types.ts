import type { PolicyKind, RelationKind } from './facts.js';

/** How the value of an attribute is turned into the identifier of what it points at. */
export type Spelling =
  | 'as written'
  | 'bucket'
  | 'table'
  | 'key'
  | 'role'
  | 'user'
  | 'group'
  | 'security group'
  | 'instance profile'
  | 'log group'
  | 'function'
  | 'topic'
  | 'queue'
  | 'load balancer'
  | 'target group'
  | 'event rule'
  | 'zone'
  | 'alarm'
  | 'schedule'
  | 'schedule group'
  | 'parameter'
  | 'queue URL'
  | 'record'
  | 'dns name'
  | 'service';

/**
 * What a resource type's attributes say. Paths go through blocks, lists and JSON texts: `rule.destination.bucket`. A
 * condition holds for the block it stands behind, and at the beginning for the resource: `ingress[action=allow].cidr_block`.
 */
export interface StateType {
  /** The type that AWS's own answers have it under, where Terraform has several for one. */
  readonly as?: string;
  /** Attribute with the resource that this one is only a setting of, and its spelling. Such a type has no id of its own. */
  readonly settingOf?: readonly [path: string, spelling: Spelling];
  /** Attribute that identifies it, and its spelling; its `arn`, else an `id` that EC2 gave, when left out. */
  readonly id?: readonly [path: string, spelling: Spelling];
  /**
   * Attributes that say in other words what its `arn` says, and their spelling. Terraform reads the resource by `id`:
   * https://developer.hashicorp.com/terraform/plugin/sdkv2/resources
   */
  readonly sameAs?: readonly (readonly [path: string, spelling: Spelling])[];
  /** Attributes with other identifiers. */
  readonly aliases?: readonly string[];
  /** Attribute with what it is a part of. */
  readonly partOf?: readonly [path: string, spelling: Spelling];
  /** Whether it changes what it is a part of: the security group of a rule, but not the VPC of a subnet. */
  readonly changesItsWhole?: true;
  /** Attributes with ids of resources that are made with it and are part of it, and their type. */
  readonly parts?: readonly (readonly [path: string, type: string])[];
  readonly relations?: readonly (readonly [kind: RelationKind, path: string, spelling?: Spelling])[];
  /** Attributes with what tells a program which secrets to use: scripts, environment variables, inputs. */
  readonly texts?: readonly string[];
  readonly policies?: readonly (readonly [kind: PolicyKind, path: string, name: string])[];
}

const GROUP_RULE = (path: string) =>
  [
    ['security-group-rule', `${path}.cidr_blocks`],
    ['security-group-rule', `${path}.ipv6_cidr_blocks`],
    ['security-group-rule', `${path}.security_groups`, 'security group'],
    ['security-group-rule', `${path}.prefix_list_ids`],
  ] as const;

const SECURITY_GROUP_RULE: StateType = {
  sameAs: [['security_group_rule_id', 'as written']],
  partOf: ['security_group_id', 'as written'],
  changesItsWhole: true,
  relations: [
    ['security-group-rule', 'cidr_ipv4'],
    ['security-group-rule', 'cidr_ipv6'],
    ['security-group-rule', 'referenced_security_group_id', 'security group'],
    ['security-group-rule', 'prefix_list_id'],
  ],
};

/** Where a route leads, and by what. */
const ROUTE = (path: string) =>
  (
    [
      'cidr_block',
      'ipv6_cidr_block',
      'destination_cidr_block',
      'destination_ipv6_cidr_block',
      'destination_prefix_list_id',
      'gateway_id',
      'egress_only_gateway_id',
      'nat_gateway_id',
      'transit_gateway_id',
      'vpc_peering_connection_id',
      'vpc_endpoint_id',
      'network_interface_id',
    ] as const
  ).map((attribute) => ['route', `${path}${attribute}`] as const);

/** What an ACL lets in and out. What it denies leads nowhere. */
const ACL_ENTRIES = ['ingress', 'egress'].flatMap((direction) =>
  ['cidr_block', 'ipv6_cidr_block'].map(
    (attribute) => ['network-acl-entry', `${direction}[action=allow].${attribute}`] as const,
  ),
);

/** Most of what is told its VPC. */
const IN_VPC = ['placed-in', 'vpc_id'] as const;

const LOAD_BALANCER: StateType = {
  as: 'aws_lb',
  aliases: ['dns_name'],
  relations: [
    IN_VPC,
    ['placed-in', 'subnets'],
    ['placed-in', 'security_groups'],
    ['access-log', 'access_logs[enabled=true].bucket', 'bucket'],
    ['access-log', 'connection_logs[enabled=true].bucket', 'bucket'],
  ],
};

const LISTENER: StateType = {
  as: 'aws_lb_listener',
  partOf: ['load_balancer_arn', 'as written'],
  changesItsWhole: true,
  relations: [
    ['certificate', 'certificate_arn'],
    ['forward', 'default_action.target_group_arn'],
    ['forward', 'default_action.forward.target_group.arn'],
    ['forward', 'default_action.redirect.host', 'dns name'],
  ],
};

const LISTENER_RULE: StateType = {
  as: 'aws_lb_listener_rule',
  partOf: ['listener_arn', 'as written'],
  changesItsWhole: true,
  relations: [
    ['forward', 'action.target_group_arn'],
    ['forward', 'action.forward.target_group.arn'],
    ['forward', 'action.redirect.host', 'dns name'],
  ],
};

const TARGET_GROUP: StateType = { as: 'aws_lb_target_group', relations: [IN_VPC] };

const TARGET: StateType = {
  settingOf: ['target_group_arn', 'as written'],
  relations: [['target', 'target_id']],
};

const BY_KEY_ID: StateType = {
  sameAs: [
    ['id', 'key'],
    ['key_id', 'key'],
  ],
  aliases: ['key_id'],
};

const SUBNET: StateType = { partOf: ['vpc_id', 'as written'], relations: [IN_VPC] };

/** What a metric is of. */
const DIMENSIONS = (path: string) =>
  [
    ['alarm-metric', `${path}.LoadBalancer`, 'load balancer'],
    ['alarm-metric', `${path}.TargetGroup`, 'target group'],
    ['alarm-metric', `${path}.QueueName`, 'queue'],
    ['alarm-metric', `${path}.TableName`, 'table'],
    ['alarm-metric', `${path}.InstanceId`],
    ['alarm-metric', `${path}.BucketName`, 'bucket'],
    ['alarm-metric', `${path}.FunctionName`, 'function'],
    ['alarm-metric', `${path}.TopicName`, 'topic'],
  ] as const;

const OF_BUCKET: StateType = { settingOf: ['bucket', 'bucket'] };

/**
 * What is understood of each type's attributes.
 * Source: the attribute reference of each resource, https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs
 */
export const STATE_TYPES: Readonly<Record<string, StateType>> = {
  // EC2 and network
  aws_vpc: {
    relations: [
      ['vpc-cidr', 'cidr_block'],
      ['vpc-cidr', 'ipv6_cidr_block'],
    ],
    parts: [
      ['default_network_acl_id', 'aws_network_acl'],
      ['default_security_group_id', 'aws_security_group'],
      ['main_route_table_id', 'aws_route_table'],
      ['default_route_table_id', 'aws_route_table'],
    ],
  },
  aws_vpc_ipv4_cidr_block_association: {
    settingOf: ['vpc_id', 'as written'],
    relations: [['vpc-cidr', 'cidr_block']],
  },
  aws_vpc_ipv6_cidr_block_association: {
    settingOf: ['vpc_id', 'as written'],
    relations: [['vpc-cidr', 'ipv6_cidr_block']],
  },
  aws_subnet: SUBNET,
  aws_default_subnet: { ...SUBNET, as: 'aws_subnet' },
  aws_internet_gateway: { relations: [IN_VPC] },
  aws_egress_only_internet_gateway: { relations: [IN_VPC] },
  aws_eip: { aliases: ['public_ip', 'public_dns'], id: ['allocation_id', 'as written'] },
  aws_eip_association: {
    settingOf: ['allocation_id', 'as written'],
    relations: [
      ['placed-in', 'instance_id'],
      ['placed-in', 'network_interface_id'],
    ],
  },
  aws_nat_gateway: {
    id: ['id', 'as written'],
    parts: [['network_interface_id', 'aws_network_interface']],
    relations: [
      ['placed-in', 'subnet_id'],
      ['placed-in', 'allocation_id'],
    ],
  },
  aws_route_table: { partOf: ['vpc_id', 'as written'], relations: [IN_VPC, ...ROUTE('route.')] },
  aws_default_route_table: {
    as: 'aws_route_table',
    partOf: ['vpc_id', 'as written'],
    relations: [IN_VPC, ...ROUTE('route.')],
  },
  aws_route: { settingOf: ['route_table_id', 'as written'], relations: ROUTE('') },
  aws_route_table_association: {
    settingOf: ['route_table_id', 'as written'],
    relations: [
      ['placed-in', 'subnet_id'],
      ['placed-in', 'gateway_id'],
    ],
  },
  aws_main_route_table_association: {
    settingOf: ['route_table_id', 'as written'],
    relations: [IN_VPC],
  },
  aws_network_acl: { partOf: ['vpc_id', 'as written'], relations: [IN_VPC, ...ACL_ENTRIES] },
  aws_default_network_acl: { as: 'aws_network_acl', id: ['id', 'as written'], relations: [IN_VPC, ...ACL_ENTRIES] },
  aws_network_acl_rule: {
    settingOf: ['network_acl_id', 'as written'],
    relations: [
      ['network-acl-entry', '[rule_action=allow].cidr_block'],
      ['network-acl-entry', '[rule_action=allow].ipv6_cidr_block'],
    ],
  },
  aws_security_group: {
    partOf: ['vpc_id', 'as written'],
    relations: [IN_VPC, ...GROUP_RULE('ingress'), ...GROUP_RULE('egress')],
  },
  aws_default_security_group: {
    as: 'aws_security_group',
    partOf: ['vpc_id', 'as written'],
    relations: [IN_VPC, ...GROUP_RULE('ingress'), ...GROUP_RULE('egress')],
  },
  aws_security_group_rule: {
    settingOf: ['security_group_id', 'as written'],
    relations: [
      ['security-group-rule', 'cidr_blocks'],
      ['security-group-rule', 'ipv6_cidr_blocks'],
      ['security-group-rule', 'source_security_group_id', 'security group'],
      ['security-group-rule', 'prefix_list_ids'],
    ],
  },
  aws_vpc_security_group_ingress_rule: SECURITY_GROUP_RULE,
  aws_vpc_security_group_egress_rule: SECURITY_GROUP_RULE,
  aws_vpc_peering_connection: {
    partOf: ['vpc_id', 'as written'],
    changesItsWhole: true,
    relations: [
      ['peering', 'peer_vpc_id'],
      ['peering', 'peer_owner_id'],
    ],
  },
  aws_vpc_peering_connection_options: { settingOf: ['vpc_peering_connection_id', 'as written'] },
  aws_vpc_peering_connection_accepter: {
    settingOf: ['vpc_id', 'as written'],
    relations: [['peering', 'peer_vpc_id']],
  },
  aws_ec2_transit_gateway_vpc_attachment: {
    partOf: ['vpc_id', 'as written'],
    changesItsWhole: true,
    relations: [['transit-gateway', 'transit_gateway_id']],
  },
  aws_vpc_endpoint: {
    partOf: ['vpc_id', 'as written'],
    relations: [
      IN_VPC,
      ['placed-in', 'subnet_ids'],
      ['placed-in', 'security_group_ids'],
      ['placed-in', 'route_table_ids'],
      ['endpoint-service', 'service_name', 'service'],
    ],
    policies: [['endpoint', 'policy', 'endpoint policy']],
  },
  aws_vpc_endpoint_policy: {
    settingOf: ['vpc_endpoint_id', 'as written'],
    policies: [['endpoint', 'policy', 'endpoint policy']],
  },
  aws_vpc_endpoint_route_table_association: {
    settingOf: ['vpc_endpoint_id', 'as written'],
    relations: [['placed-in', 'route_table_id']],
  },
  aws_vpc_endpoint_security_group_association: {
    settingOf: ['vpc_endpoint_id', 'as written'],
    relations: [['placed-in', 'security_group_id']],
  },
  aws_vpc_endpoint_subnet_association: {
    settingOf: ['vpc_endpoint_id', 'as written'],
    relations: [['placed-in', 'subnet_id']],
  },
  aws_vpc_endpoint_service_allowed_principal: {
    settingOf: ['vpc_endpoint_service_id', 'as written'],
    relations: [['endpoint-service-permission', 'principal_arn']],
  },
  aws_vpc_endpoint_service: {
    aliases: ['service_name'],
    relations: [
      ['endpoint-service-permission', 'allowed_principals'],
      ['forward', 'network_load_balancer_arns'],
      ['forward', 'gateway_load_balancer_arns'],
    ],
  },
  aws_flow_log: {
    relations: [['log-delivery', 'log_destination'], ['service-role', 'iam_role_arn'], IN_VPC],
  },
  aws_network_interface: {
    relations: [
      ['placed-in', 'subnet_id'],
      ['placed-in', 'security_groups'],
    ],
  },
  aws_network_interface_attachment: {
    settingOf: ['network_interface_id', 'as written'],
    relations: [['placed-in', 'instance_id']],
  },
  aws_network_interface_sg_attachment: {
    settingOf: ['network_interface_id', 'as written'],
    relations: [['placed-in', 'security_group_id']],
  },
  aws_ec2_tag: { settingOf: ['resource_id', 'as written'] },
  aws_instance: {
    aliases: ['public_ip', 'public_dns'],
    parts: [
      ['primary_network_interface_id', 'aws_network_interface'],
      ['root_block_device.volume_id', 'aws_ebs_volume'],
      ['ebs_block_device.volume_id', 'aws_ebs_volume'],
    ],
    relations: [
      ['placed-in', 'subnet_id'],
      ['placed-in', 'vpc_security_group_ids'],
      ['instance-profile', 'iam_instance_profile', 'instance profile'],
      ['encrypted-with', 'root_block_device.kms_key_id', 'key'],
      ['encrypted-with', 'ebs_block_device.kms_key_id', 'key'],
    ],
    texts: ['user_data', 'user_data_base64'],
  },
  aws_launch_template: {
    relations: [
      ['instance-profile', 'iam_instance_profile.arn'],
      ['instance-profile', 'iam_instance_profile.name', 'instance profile'],
      ['placed-in', 'vpc_security_group_ids'],
      ['placed-in', 'network_interfaces.security_groups'],
      ['encrypted-with', 'block_device_mappings.ebs.kms_key_id', 'key'],
    ],
    texts: ['user_data'],
  },
  aws_autoscaling_group: {
    relations: [
      ['placed-in', 'vpc_zone_identifier'],
      ['target', 'target_group_arns'],
      ['service-role', 'service_linked_role_arn'],
    ],
  },
  aws_autoscaling_attachment: { settingOf: ['lb_target_group_arn', 'as written'] },
  aws_ebs_volume: { relations: [['encrypted-with', 'kms_key_id', 'key']] },
  aws_volume_attachment: {
    settingOf: ['instance_id', 'as written'],
    relations: [['placed-in', 'volume_id']],
  },
  aws_key_pair: {},
  // Load balancing, DNS, certificates
  aws_lb: LOAD_BALANCER,
  aws_alb: LOAD_BALANCER,
  aws_lb_listener: LISTENER,
  aws_alb_listener: LISTENER,
  aws_lb_listener_rule: LISTENER_RULE,
  aws_alb_listener_rule: LISTENER_RULE,
  aws_lb_listener_certificate: {
    settingOf: ['listener_arn', 'as written'],
    relations: [['certificate', 'certificate_arn']],
  },
  aws_lb_target_group: TARGET_GROUP,
  aws_alb_target_group: TARGET_GROUP,
  aws_lb_target_group_attachment: TARGET,
  aws_alb_target_group_attachment: TARGET,
  aws_acm_certificate: { aliases: [] },
  aws_acm_certificate_validation: { settingOf: ['certificate_arn', 'as written'] },
  aws_route53_record: {
    sameAs: [['id', 'record']],
    relations: [
      ['dns-record', 'alias.name', 'dns name'],
      ['dns-record', 'records', 'dns name'],
    ],
  },
  aws_route53_zone: {
    sameAs: [
      ['id', 'zone'],
      ['zone_id', 'zone'],
    ],
    relations: [['zone-vpc', 'vpc.vpc_id']],
  },
  aws_route53_zone_association: { settingOf: ['zone_id', 'zone'], relations: [['zone-vpc', 'vpc_id']] },
  // S3
  aws_s3_bucket: {
    sameAs: [['id', 'bucket']],
    relations: [
      ['access-log', 'logging.target_bucket', 'bucket'],
      ['replication', 'replication_configuration.rules.destination.bucket'],
      ['encrypted-with', SSE('server_side_encryption_configuration.rule'), 'key'],
    ],
    policies: [['resource', 'policy', 'bucket policy']],
  },
  aws_s3_bucket_policy: { ...OF_BUCKET, policies: [['resource', 'policy', 'bucket policy']] },
  aws_s3_bucket_logging: { ...OF_BUCKET, relations: [['access-log', 'target_bucket', 'bucket']] },
  aws_s3_bucket_replication_configuration: {
    ...OF_BUCKET,
    relations: [
      ['replication', 'rule.destination.bucket'],
      ['encrypted-with', 'rule.destination.encryption_configuration.replica_kms_key_id', 'key'],
      ['service-role', 'role'],
    ],
  },
  aws_s3_bucket_notification: {
    ...OF_BUCKET,
    relations: [
      ['notification', 'queue.queue_arn'],
      ['notification', 'topic.topic_arn'],
      ['notification', 'lambda_function.lambda_function_arn'],
    ],
  },
  aws_s3_bucket_server_side_encryption_configuration: {
    ...OF_BUCKET,
    relations: [['encrypted-with', SSE('rule'), 'key']],
  },
  aws_s3_bucket_accelerate_configuration: OF_BUCKET,
  aws_s3_bucket_acl: OF_BUCKET,
  aws_s3_bucket_analytics_configuration: OF_BUCKET,
  aws_s3_bucket_cors_configuration: OF_BUCKET,
  aws_s3_bucket_intelligent_tiering_configuration: OF_BUCKET,
  aws_s3_bucket_inventory: { ...OF_BUCKET, relations: [['replication', 'destination.bucket.bucket_arn']] },
  aws_s3_bucket_lifecycle_configuration: OF_BUCKET,
  aws_s3_bucket_metric: OF_BUCKET,
  aws_s3_bucket_object_lock_configuration: OF_BUCKET,
  aws_s3_bucket_ownership_controls: OF_BUCKET,
  aws_s3_bucket_public_access_block: OF_BUCKET,
  aws_s3_bucket_request_payment_configuration: OF_BUCKET,
  aws_s3_bucket_versioning: OF_BUCKET,
  aws_s3_bucket_website_configuration: OF_BUCKET,
  aws_s3_object: { ...OF_BUCKET, relations: [['encrypted-with', 'kms_key_id', 'key']] },
  // Queues and topics
  aws_sqs_queue: {
    sameAs: [
      ['id', 'queue URL'],
      ['url', 'queue URL'],
    ],
    aliases: ['url', 'id'],
    relations: [
      ['encrypted-with', 'kms_master_key_id', 'key'],
      ['redrive', 'redrive_policy.deadLetterTargetArn'],
      ['redrive', 'redrive_allow_policy.sourceQueueArns'],
    ],
    policies: [['resource', 'policy', 'queue policy']],
  },
  aws_sqs_queue_policy: {
    settingOf: ['queue_url', 'as written'],
    policies: [['resource', 'policy', 'queue policy']],
  },
  aws_sqs_queue_redrive_policy: {
    settingOf: ['queue_url', 'as written'],
    relations: [['redrive', 'redrive_policy.deadLetterTargetArn']],
  },
  aws_sqs_queue_redrive_allow_policy: {
    settingOf: ['queue_url', 'as written'],
    relations: [['redrive', 'redrive_allow_policy.sourceQueueArns']],
  },
  aws_sns_topic: {
    relations: [['encrypted-with', 'kms_master_key_id', 'key']],
    policies: [['resource', 'policy', 'topic policy']],
  },
  aws_sns_topic_policy: { settingOf: ['arn', 'as written'], policies: [['resource', 'policy', 'topic policy']] },
  aws_sns_topic_subscription: {
    settingOf: ['topic_arn', 'as written'],
    relations: [
      ['subscription', 'endpoint'],
      ['redrive', 'redrive_policy.deadLetterTargetArn'],
    ],
  },
  // Data
  aws_dynamodb_table: {
    sameAs: [['id', 'table']],
    aliases: ['stream_arn'],
    relations: [
      ['encrypted-with', 'server_side_encryption.kms_key_arn', 'key'],
      ['replication', 'replica.arn'],
      ['encrypted-with', 'replica.kms_key_arn', 'key'],
    ],
  },
  aws_dynamodb_resource_policy: {
    settingOf: ['resource_arn', 'as written'],
    policies: [['resource', 'policy', 'table policy']],
  },
  aws_dynamodb_table_item: { settingOf: ['table_name', 'table'] },
  aws_secretsmanager_secret: {
    relations: [
      ['encrypted-with', 'kms_key_id', 'key'],
      ['encrypted-with', 'replica.kms_key_id', 'key'],
    ],
    policies: [['resource', 'policy', 'secret policy']],
  },
  aws_secretsmanager_secret_policy: {
    settingOf: ['secret_arn', 'as written'],
    policies: [['resource', 'policy', 'secret policy']],
  },
  aws_secretsmanager_secret_version: { settingOf: ['secret_id', 'as written'] },
  aws_secretsmanager_secret_rotation: { settingOf: ['secret_id', 'as written'] },
  aws_ssm_parameter: { sameAs: [['id', 'parameter']], relations: [['encrypted-with', 'key_id', 'key']] },
  // Keys
  aws_kms_key: { ...BY_KEY_ID, policies: [['resource', 'policy', 'key policy']] },
  aws_kms_replica_key: { ...BY_KEY_ID, policies: [['resource', 'policy', 'key policy']] },
  aws_kms_key_policy: { settingOf: ['key_id', 'key'], policies: [['resource', 'policy', 'key policy']] },
  aws_kms_alias: {
    sameAs: [['id', 'key']],
    relations: [
      ['key-alias', 'target_key_arn'],
      ['key-alias', 'target_key_id', 'key'],
    ],
  },
  // Identity
  aws_iam_role: {
    sameAs: [['id', 'role']],
    aliases: ['unique_id'],
    policies: [
      ['trust', 'assume_role_policy', 'trust policy'],
      ['identity', 'inline_policy.policy', 'inline policy'],
    ],
    relations: [
      ['boundary', 'permissions_boundary'],
      ['service-role', 'managed_policy_arns'],
    ],
  },
  aws_iam_role_policy: { settingOf: ['role', 'role'], policies: [['identity', 'policy', 'inline policy']] },
  aws_iam_role_policy_attachment: { settingOf: ['role', 'role'], relations: [['service-role', 'policy_arn']] },
  aws_iam_user_policy: { settingOf: ['user', 'user'], policies: [['identity', 'policy', 'inline policy']] },
  aws_iam_user_policy_attachment: { settingOf: ['user', 'user'], relations: [['service-role', 'policy_arn']] },
  aws_iam_group_policy: { settingOf: ['group', 'group'], policies: [['identity', 'policy', 'inline policy']] },
  aws_iam_group_policy_attachment: { settingOf: ['group', 'group'], relations: [['service-role', 'policy_arn']] },
  aws_iam_access_key: { settingOf: ['user', 'user'] },
  aws_iam_user_group_membership: { settingOf: ['user', 'user'] },
  aws_iam_policy: { policies: [['identity', 'policy', 'managed policy']] },
  aws_iam_instance_profile: { sameAs: [['id', 'instance profile']], relations: [['profile-role', 'role', 'role']] },
  aws_iam_user: {
    sameAs: [['id', 'user']],
    aliases: ['unique_id'],
    relations: [['boundary', 'permissions_boundary']],
  },
  aws_iam_group: { sameAs: [['id', 'group']] },
  // Watching
  aws_cloudwatch_log_group: { sameAs: [['id', 'log group']], relations: [['encrypted-with', 'kms_key_id', 'key']] },
  aws_cloudwatch_log_subscription_filter: {
    settingOf: ['log_group_name', 'log group'],
    relations: [
      ['log-delivery', 'destination_arn'],
      ['service-role', 'role_arn'],
    ],
  },
  aws_cloudwatch_log_stream: { settingOf: ['log_group_name', 'log group'] },
  aws_cloudwatch_log_metric_filter: { settingOf: ['log_group_name', 'log group'] },
  aws_cloudwatch_metric_alarm: {
    sameAs: [['id', 'alarm']],
    relations: [
      ['alarm-action', 'alarm_actions'],
      ['alarm-action', 'ok_actions'],
      ['alarm-action', 'insufficient_data_actions'],
      ...DIMENSIONS('dimensions'),
      ...DIMENSIONS('metric_query.metric.dimensions'),
    ],
  },
  aws_cloudwatch_composite_alarm: {
    sameAs: [['id', 'alarm']],
    relations: [
      ['alarm-action', 'alarm_actions'],
      ['alarm-action', 'ok_actions'],
    ],
  },
  // Events
  aws_cloudwatch_event_rule: { sameAs: [['id', 'event rule']], relations: [['service-role', 'role_arn']] },
  aws_cloudwatch_event_target: {
    settingOf: ['rule', 'event rule'],
    relations: [
      ['event-target', 'arn'],
      ['service-role', 'role_arn'],
      ['redrive', 'dead_letter_config.arn'],
    ],
    texts: ['input'],
  },
  aws_scheduler_schedule: {
    sameAs: [['id', 'schedule']],
    relations: [
      ['event-target', 'target.arn'],
      ['service-role', 'target.role_arn'],
      ['redrive', 'target.dead_letter_config.arn'],
      ['encrypted-with', 'kms_key_arn', 'key'],
    ],
    texts: ['target.input'],
  },
  aws_scheduler_schedule_group: { sameAs: [['id', 'schedule group']] },
  aws_lambda_function: {
    sameAs: [['id', 'function']],
    aliases: ['invoke_arn', 'qualified_arn'],
    relations: [
      ['service-role', 'role'],
      ['encrypted-with', 'kms_key_arn', 'key'],
      ['placed-in', 'vpc_config.subnet_ids'],
      ['placed-in', 'vpc_config.security_group_ids'],
      ['redrive', 'dead_letter_config.target_arn'],
    ],
    texts: ['environment.variables'],
  },
  aws_lambda_permission: { settingOf: ['function_name', 'function'] },
  aws_lambda_event_source_mapping: {
    settingOf: ['function_arn', 'as written'],
    relations: [['event-source', 'event_source_arn']],
  },
};

function SSE(rule: string): string {
  return `${rule}.apply_server_side_encryption_by_default.kms_master_key_id`;
}
