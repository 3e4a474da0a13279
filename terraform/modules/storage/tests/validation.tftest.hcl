mock_provider "aws" {
  source          = "../../tests/mocks"
  override_during = plan
}

variables {
  kms_key_arn                = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555"
  data_bucket_name           = "mht-api-staging-raw-data-collection-01234567"
  logs_bucket_name           = "mht-api-staging-logs-01234567"
  log_retention_days         = 7
  enable_intelligent_tiering = false
  deletion_protection        = false
}

# Each run holds several wrong values at once, since a run costs more than a value. All must fail.

run "rejects_wrong_values_1" {
  command = plan

  variables {
    # alias as key
    kms_key_arn = "alias/mht-api-staging"

    # a bucket name with dots
    data_bucket_name = "mht.api"

    # a logs bucket in upper case
    logs_bucket_name = "Logs"

    # no log retention
    log_retention_days = 0
  }

  expect_failures = [
    var.kms_key_arn,
    var.data_bucket_name,
    var.logs_bucket_name,
    var.log_retention_days,
  ]
}
