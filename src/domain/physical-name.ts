import type { Json } from './plan.js';

/** Where each type's physical name stands, for types whose name is ours to choose. */
const NAME_ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  aws_acm_certificate: ['tags.Name'],
  aws_autoscaling_group: ['name', 'name_prefix'],
  aws_cloudwatch_event_rule: ['name', 'name_prefix'],
  aws_cloudwatch_log_group: ['name', 'name_prefix'],
  aws_cloudwatch_metric_alarm: ['alarm_name'],
  aws_default_security_group: ['tags.Name'],
  aws_dynamodb_table: ['name'],
  aws_ebs_volume: ['tags.Name'],
  aws_eip: ['tags.Name'],
  aws_flow_log: ['tags.Name'],
  aws_iam_instance_profile: ['name', 'name_prefix'],
  aws_iam_policy: ['name', 'name_prefix'],
  aws_iam_role: ['name', 'name_prefix'],
  aws_iam_user: ['name'],
  aws_instance: ['tags.Name'],
  aws_internet_gateway: ['tags.Name'],
  aws_kms_alias: ['name'],
  aws_kms_key: ['tags.Name'],
  aws_lambda_function: ['function_name'],
  aws_launch_template: ['name', 'name_prefix'],
  aws_lb: ['name'],
  aws_lb_listener: ['tags.Name'],
  aws_lb_target_group: ['name', 'name_prefix'],
  aws_nat_gateway: ['tags.Name'],
  aws_route_table: ['tags.Name'],
  aws_s3_bucket: ['bucket', 'bucket_prefix'],
  aws_scheduler_schedule: ['name', 'name_prefix'],
  aws_scheduler_schedule_group: ['name', 'name_prefix'],
  aws_secretsmanager_secret: ['name', 'name_prefix'],
  aws_security_group: ['name', 'name_prefix'],
  aws_sns_topic: ['name', 'name_prefix'],
  aws_sqs_queue: ['name', 'name_prefix'],
  aws_ssm_parameter: ['name'],
  aws_subnet: ['tags.Name'],
  aws_vpc: ['tags.Name'],
  aws_vpc_endpoint: ['tags.Name'],
  aws_vpc_security_group_egress_rule: ['tags.Name'],
  aws_vpc_security_group_ingress_rule: ['tags.Name'],
};

/** The name a resource has, or will have, in AWS; undefined when its type has none of ours or it is not known yet. */
export function physicalName(type: string, attributes: Json): string | undefined {
  return namedBy(type, attributes)?.name;
}

/** The attribute that a resource is named by, like `tags.Name`; undefined where {@link physicalName} is. */
export function nameAttribute(type: string, attributes: Json): string | undefined {
  return namedBy(type, attributes)?.attribute;
}

function namedBy(type: string, attributes: Json): { readonly attribute: string; readonly name: string } | undefined {
  const paths = Object.hasOwn(NAME_ATTRIBUTES, type) ? NAME_ATTRIBUTES[type] : undefined;
  for (const attribute of paths ?? []) {
    let value: Json | undefined = attributes;
    for (const key of attribute.split('.')) {
      value =
        value !== null && typeof value === 'object' && !Array.isArray(value)
          ? (value as { readonly [key: string]: Json })[key]
          : undefined;
    }
    if (typeof value === 'string' && value !== '') return { attribute, name: value };
  }
  return undefined;
}

/** Whether an identifier contains a name as a whole part: "mht-api-staging-lb" carries "staging", "mystaging" does not. */
export function carriesName(identifier: string, name: string): boolean {
  return standsBetween(identifier, name, /[^A-Za-z0-9]/, /[^A-Za-z0-9]/);
}

/** Whether a text occurs in another with such characters before and after it, or nothing at all. */
export function standsBetween(text: string, part: string, before: RegExp, after: RegExp): boolean {
  if (part === '') return false;
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) {
    const [left, right] = [text[at - 1], text[at + part.length]];
    if ((left === undefined || before.test(left)) && (right === undefined || after.test(right))) return true;
  }
  return false;
}
