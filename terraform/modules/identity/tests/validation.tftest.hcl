mock_provider "aws" {
  source          = "../../tests/mocks"
  override_during = plan
}

variables {
  name_prefix     = "mht-api-staging"
  kms_key_arn     = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555"
  container_image = "amygdalas/mht-api:1.0.0"
  bucket_arn      = "arn:aws:s3:::mht-api-staging-raw-data-collection-01234567"
  table_arn       = "arn:aws:dynamodb:us-east-1:123456789012:table/mht-api-staging-table"
  queue_arns      = ["arn:aws:sqs:us-east-1:123456789012:mht-api-staging-processing-feedback.fifo"]
  secret_arn      = "arn:aws:secretsmanager:us-east-1:123456789012:secret:mht-api-staging-application-AbCdEf"
  log_group_arn   = "arn:aws:logs:us-east-1:123456789012:log-group:mht-api-staging-application"
}

# Each run holds several wrong values at once, since a run costs more than a value. All must fail.

run "rejects_wrong_values_1" {
  command = plan

  variables {
    # name prefix without environment
    name_prefix = "mht"

    # alias as key
    kms_key_arn = "alias/mht-api-staging"

    # an image without tag
    container_image = "mht-api"

    # a bucket wildcard
    bucket_arn = "arn:aws:s3:::mht-api-*"

    # a table wildcard
    table_arn = "arn:aws:dynamodb:us-east-1:123456789012:table/*"

    # a queue wildcard
    queue_arns = ["arn:aws:sqs:us-east-1:123456789012:*"]

    # a secret wildcard
    secret_arn = "arn:aws:secretsmanager:us-east-1:123456789012:secret:mht-api-*"

    # a log group wildcard
    log_group_arn = "arn:aws:logs:us-east-1:123456789012:log-group:*"
  }

  expect_failures = [
    var.name_prefix,
    var.kms_key_arn,
    var.container_image,
    var.bucket_arn,
    var.table_arn,
    var.queue_arns,
    var.secret_arn,
    var.log_group_arn,
  ]
}
