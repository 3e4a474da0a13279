/**
 * Which variables of the Terraform configuration decide what resources of a type cost. A test holds them against
 * `terraform/variables.tf`.
 */
export const COST_DRIVERS: Readonly<Record<string, readonly string[]>> = {
  aws_cloudwatch_log_group: ['log_retention_days'],
  aws_cloudwatch_metric_alarm: ['enable_sqs_cloudwatch_alarms'],
  aws_eip: ['nat_gateway_per_zone'],
  aws_instance: ['instance_type', 'instance_count', 'root_volume_size'],
  aws_nat_gateway: ['nat_gateway_per_zone'],
  aws_s3_bucket: ['enable_s3_intelligent_tiering', 's3_log_retention_days'],
  aws_sns_topic_subscription: ['alarm_email_addresses'],
  aws_sqs_queue: ['sqs_queue_configurations'],
};

/** The variables that decide the cost of a type; empty where none does. */
export function driversOf(type: string): readonly string[] {
  return Object.hasOwn(COST_DRIVERS, type) ? (COST_DRIVERS[type] ?? []) : [];
}
