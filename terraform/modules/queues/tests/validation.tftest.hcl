mock_provider "aws" {
  source          = "../../tests/mocks"
  override_during = plan
}

variables {
  name_prefix = "mht-api-staging"
  kms_key_arn = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555"
  configurations = {
    feedback = {
      message_retention_seconds  = 86400
      visibility_timeout_seconds = 60
      max_receive_count          = 2
    }
    exports = {
      message_retention_seconds   = 3600
      visibility_timeout_seconds  = 300
      max_receive_count           = 5
      content_based_deduplication = false
    }
  }
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

run "rejects_wrong_values_2" {
  command = plan

  variables {
    # a queue name too long
    configurations = {
      a-key-that-makes-the-name-of-the-queue-longer-than-the-service-allows = {
        message_retention_seconds  = 86400
        visibility_timeout_seconds = 60
        max_receive_count          = 2
      }
    }
  }

  expect_failures = [var.configurations]
}
