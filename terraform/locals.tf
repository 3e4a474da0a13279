data "aws_caller_identity" "this" {}

locals {
  # Every physical name starts with this prefix: another brand or environment changes one value.
  name_prefix = "${var.project_name}-${var.environment}"

  tags = {
    Environment = var.environment
    Project     = var.project_name
    ManagedBy   = "terraform"
  }

  account_id = data.aws_caller_identity.this.account_id

  # Bucket names are global, so they need a suffix that nobody else has. It is derived rather than
  # random: when a state is lost, the same configuration finds the same buckets again.
  bucket_hash = substr(sha256("${local.account_id}/${var.project_name}/${var.environment}"), 0, 8)

  load_balancer_name = "${local.name_prefix}-lb"

  # Named here because the KMS key's policy admits exactly these, before they exist.
  alarm_topic_name = "${local.name_prefix}-alarms"
  log_group_names = {
    application = "${local.name_prefix}-application"
    flow_logs   = "${local.name_prefix}-flow-logs"
  }

  api_base_url = "https://${var.dns_name}"

  # What the application reads; also an output, so that nothing has to rebuild it from names.
  application_environment = merge(
    {
      ENVIRONMENT  = var.environment
      DATABASE_URL = module.database.table_name
      S3_BUCKET    = module.storage.data_bucket_name
      API_BASE_URL = local.api_base_url
    },
    {
      for key, url in module.queues.queue_urls :
      "${upper(replace(key, "-", "_"))}_QUEUE_URL" => url
    },
  )
}
