mock_provider "aws" {
  source          = "../../tests/mocks"
  override_during = plan
}

variables {
  name_prefix         = "mht-api-staging"
  kms_key_arn         = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555"
  deletion_protection = false
}

# Each run holds several wrong values at once, since a run costs more than a value. All must fail.

run "rejects_wrong_values_1" {
  command = plan

  variables {
    # name prefix without environment
    name_prefix = "mht"

    # alias as key
    kms_key_arn = "alias/mht-api-staging"
  }

  expect_failures = [var.name_prefix, var.kms_key_arn]
}
