output "environment" {
  description = "Name of the environment."
  value       = var.environment
}

output "project_name" {
  description = "Name of the project or brand."
  value       = var.project_name
}

output "aws_region" {
  description = "Region of the environment."
  value       = var.aws_region
}

output "aws_account_id" {
  description = "Account that the environment is deployed in."
  value       = local.account_id
}

output "api_base_url" {
  description = "Address of the API."
  value       = local.api_base_url
}

output "load_balancer_arn" {
  description = "ARN of the load balancer."
  value       = module.alb[0].arn
}

output "load_balancer_dns_name" {
  description = "The load balancer's own host name, which dns_name points at."
  value       = module.alb[0].dns_name
}

output "target_group_arns" {
  description = "ARNs of the target groups that the load balancer forwards to."
  value       = [module.alb[0].target_group_arn]
}

output "instance_ids" {
  description = "Ids of the application instances."
  value       = module.compute.instance_ids
}

output "instance_names" {
  description = "Names of the application instances, in the order of instance_ids."
  value       = module.compute.instance_names
}

output "vpc_id" {
  description = "Id of the environment's VPC."
  value       = module.network.vpc_id
}

output "data_bucket_name" {
  description = "Name of the data bucket."
  value       = module.storage.data_bucket_name
}

output "dynamodb_table_name" {
  description = "Name of the table."
  value       = module.database.table_name
}

output "queue_urls" {
  description = "URLs of the processing queues by their key in sqs_queue_configurations."
  value       = module.queues.queue_urls
}

output "queue_names" {
  description = "Names of the processing queues by their key in sqs_queue_configurations."
  value       = module.queues.queue_names
}

output "dead_letter_queue_urls" {
  description = "URLs of the dead-letter queues by the key of the queue they serve."
  value       = module.queues.dead_letter_queue_urls
}

output "secret_arn" {
  description = "ARN of the application's secret, whose value is set outside Terraform."
  value       = module.secrets.secret_arn
}

output "kms_key_arn" {
  description = "ARN of the key that encrypts the environment's data."
  value       = module.encryption.key_arn
}

output "application_environment" {
  description = "The environment variables that the application runs with."
  value       = local.application_environment
}
