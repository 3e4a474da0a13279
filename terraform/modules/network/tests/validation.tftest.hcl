mock_provider "aws" {
  source          = "../../tests/mocks"
  override_during = plan
}

variables {
  name_prefix             = "mht-api-staging"
  kms_key_arn             = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555"
  vpc_cidr                = "10.1.0.0/16"
  nat_gateway_per_zone    = false
  flow_log_group_name     = "mht-api-staging-flow-logs"
  flow_log_retention_days = 30
}

# Each run holds several wrong values at once, since a run costs more than a value. All must fail.

run "rejects_wrong_values_1" {
  command = plan

  variables {
    # name prefix without environment
    name_prefix = "mht"

    # alias as key
    kms_key_arn = "alias/mht-api-staging"

    # a malformed cidr
    vpc_cidr = "10.1.0.0"

    # a log group with spaces
    flow_log_group_name = "flow logs"

    # flow logs for ever
    flow_log_retention_days = 0
  }

  expect_failures = [
    var.name_prefix,
    var.kms_key_arn,
    var.vpc_cidr,
    var.flow_log_group_name,
    var.flow_log_retention_days,
  ]
}

run "rejects_wrong_values_2" {
  command = plan

  variables {
    # a vpc too small
    vpc_cidr = "10.1.0.0/24"
  }

  expect_failures = [var.vpc_cidr]
}
