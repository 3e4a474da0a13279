mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

run "staging_values" {
  module {
    source = "./tests/tfvars"
  }

  variables {
    environment = "staging"
  }
}

run "staging_is_named_as_the_reference_says" {
  command = plan

  variables {
    environment                   = run.staging_values.values.environment
    project_name                  = run.staging_values.values.project_name
    aws_region                    = run.staging_values.values.aws_region
    vpc_cidr                      = run.staging_values.values.vpc_cidr
    nat_gateway_per_zone          = run.staging_values.values.nat_gateway_per_zone
    dns_name                      = run.staging_values.values.dns_name
    hosted_zone_name              = run.staging_values.values.hosted_zone_name
    instance_count                = run.staging_values.values.instance_count
    instance_type                 = run.staging_values.values.instance_type
    container_image               = run.staging_values.values.container_image
    data_bucket_suffix            = run.staging_values.values.data_bucket_suffix
    enable_s3_intelligent_tiering = run.staging_values.values.enable_s3_intelligent_tiering
    s3_log_retention_days         = run.staging_values.values.s3_log_retention_days
    deletion_protection           = run.staging_values.values.deletion_protection
    sqs_queue_configurations      = run.staging_values.values.sqs_queue_configurations
    enable_sqs_cloudwatch_alarms  = run.staging_values.values.enable_sqs_cloudwatch_alarms
    log_retention_days            = run.staging_values.values.log_retention_days
  }

  assert {
    condition     = output.instance_names == ["mht-api-staging-0"]
    error_message = "The instances' names are a fixed point."
  }

  assert {
    condition     = output.data_bucket_name == "mht-api-staging-raw-data-collection-5064b200"
    error_message = "The data bucket's name is a fixed point, its hash derived from account, project and environment."
  }

  assert {
    condition     = output.dynamodb_table_name == "mht-api-staging-table"
    error_message = "The table's name is a fixed point."
  }

  assert {
    condition     = output.queue_names == { feedback = "mht-api-staging-processing-feedback.fifo" }
    error_message = "The queues' names are a fixed point."
  }

  assert {
    condition     = local.load_balancer_name == "mht-api-staging-lb" && length(module.alb) == 1
    error_message = "The load balancer's name and its address module.alb[0] are fixed points."
  }

  assert {
    condition     = output.api_base_url == "https://staging.api.amygdalas.com"
    error_message = "The API's address is a fixed point."
  }

  assert {
    condition     = keys(output.application_environment) == ["API_BASE_URL", "DATABASE_URL", "ENVIRONMENT", "FEEDBACK_QUEUE_URL", "S3_BUCKET"]
    error_message = "The application must get the reference's variables."
  }

  assert {
    condition     = length(module.monitoring.alarm_names) == 3
    error_message = "There must be three alarms for the load balancer and, when enabled, two for each queue."
  }

  assert {
    condition     = !strcontains(jsonencode([output.instance_names, output.data_bucket_name, output.dynamodb_table_name, output.queue_names, module.monitoring.alarm_names]), "mht-api-production")
    error_message = "Nothing may carry the other environment's name."
  }
}

run "production_values" {
  module {
    source = "./tests/tfvars"
  }

  variables {
    environment = "production"
  }
}

run "production_is_named_as_the_reference_says" {
  command = plan

  variables {
    environment                   = run.production_values.values.environment
    project_name                  = run.production_values.values.project_name
    aws_region                    = run.production_values.values.aws_region
    vpc_cidr                      = run.production_values.values.vpc_cidr
    nat_gateway_per_zone          = run.production_values.values.nat_gateway_per_zone
    dns_name                      = run.production_values.values.dns_name
    hosted_zone_name              = run.production_values.values.hosted_zone_name
    instance_count                = run.production_values.values.instance_count
    instance_type                 = run.production_values.values.instance_type
    container_image               = run.production_values.values.container_image
    data_bucket_suffix            = run.production_values.values.data_bucket_suffix
    enable_s3_intelligent_tiering = run.production_values.values.enable_s3_intelligent_tiering
    s3_log_retention_days         = run.production_values.values.s3_log_retention_days
    deletion_protection           = run.production_values.values.deletion_protection
    sqs_queue_configurations      = run.production_values.values.sqs_queue_configurations
    enable_sqs_cloudwatch_alarms  = run.production_values.values.enable_sqs_cloudwatch_alarms
    log_retention_days            = run.production_values.values.log_retention_days
  }

  assert {
    condition     = output.instance_names == ["mht-api-production-0", "mht-api-production-1", "mht-api-production-2"]
    error_message = "The instances' names are a fixed point."
  }

  assert {
    condition     = output.data_bucket_name == "mht-api-production-production-data-15e54cdc"
    error_message = "The data bucket's name is a fixed point, its hash derived from account, project and environment."
  }

  assert {
    condition     = output.dynamodb_table_name == "mht-api-production-table"
    error_message = "The table's name is a fixed point."
  }

  assert {
    condition     = output.queue_names == { feedback = "mht-api-production-processing-feedback.fifo" }
    error_message = "The queues' names are a fixed point."
  }

  assert {
    condition     = local.load_balancer_name == "mht-api-production-lb" && length(module.alb) == 1
    error_message = "The load balancer's name and its address module.alb[0] are fixed points."
  }

  assert {
    condition     = output.api_base_url == "https://api.amygdalas.com"
    error_message = "The API's address is a fixed point."
  }

  assert {
    condition     = keys(output.application_environment) == ["API_BASE_URL", "DATABASE_URL", "ENVIRONMENT", "FEEDBACK_QUEUE_URL", "S3_BUCKET"]
    error_message = "The application must get the reference's variables."
  }

  assert {
    condition     = length(module.monitoring.alarm_names) == 5
    error_message = "There must be three alarms for the load balancer and, when enabled, two for each queue."
  }

  assert {
    condition     = !strcontains(jsonencode([output.instance_names, output.data_bucket_name, output.dynamodb_table_name, output.queue_names, module.monitoring.alarm_names]), "mht-api-staging")
    error_message = "Nothing may carry the other environment's name."
  }
}
