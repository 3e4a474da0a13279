mock_provider "aws" {
  source          = "../../tests/mocks"
  override_during = plan
}

variables {
  name_prefix         = "mht-api-staging"
  kms_key_arn         = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555"
  deletion_protection = false
}

run "is_encrypted_and_free_again_when_deleted" {
  command = plan

  assert {
    condition     = aws_secretsmanager_secret.this.name == "mht-api-staging-application" && aws_secretsmanager_secret.this.kms_key_id == var.kms_key_arn
    error_message = "The secret must name the environment and use its key."
  }

  assert {
    condition     = aws_secretsmanager_secret.this.recovery_window_in_days == 0
    error_message = "An unprotected secret's name must be free again at once."
  }
}

run "is_recoverable_when_protected" {
  command = plan

  variables {
    deletion_protection = true
  }

  assert {
    condition     = aws_secretsmanager_secret.this.recovery_window_in_days == 30
    error_message = "A protected secret must stay recoverable."
  }
}
