mock_provider "aws" {
  source          = "../../tests/mocks"
  override_during = plan
}

variables {
  name_prefix         = "mht-api-staging"
  kms_key_arn         = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555"
  deletion_protection = false
}

run "is_recoverable_and_encrypted" {
  command = plan

  assert {
    condition     = aws_dynamodb_table.this.name == "mht-api-staging-table" && aws_dynamodb_table.this.billing_mode == "PAY_PER_REQUEST"
    error_message = "The table must be called <project>-<environment>-table and be paid for on demand."
  }

  assert {
    condition     = aws_dynamodb_table.this.point_in_time_recovery[0].enabled && aws_dynamodb_table.this.server_side_encryption[0].kms_key_arn == var.kms_key_arn
    error_message = "The table must have point-in-time recovery and the environment's key."
  }
}

run "is_protected_when_asked" {
  command = plan

  variables {
    deletion_protection = true
  }

  assert {
    condition     = aws_dynamodb_table.this.deletion_protection_enabled
    error_message = "The table must refuse deletion."
  }
}
