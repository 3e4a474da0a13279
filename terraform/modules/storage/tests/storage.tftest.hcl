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

run "keeps_both_buckets_private_versioned_and_tls_only" {
  command = plan

  assert {
    condition = alltrue([
      for block in aws_s3_bucket_public_access_block.this :
      block.block_public_acls && block.block_public_policy && block.ignore_public_acls && block.restrict_public_buckets
    ])
    error_message = "Public access must be blocked in all four ways."
  }

  assert {
    condition     = alltrue([for versioning in aws_s3_bucket_versioning.this : versioning.versioning_configuration[0].status == "Enabled"])
    error_message = "Both buckets must be versioned."
  }

  assert {
    condition = alltrue([
      for policy in aws_s3_bucket_policy.this : anytrue([
        for statement in jsondecode(policy.policy).Statement :
        statement.Effect == "Deny" && try(statement.Condition.Bool["aws:SecureTransport"], "") == "false"
      ])
    ])
    error_message = "Both buckets must refuse requests without TLS."
  }
}

run "encrypts_data_with_the_environments_key" {
  command = plan

  assert {
    condition     = one(aws_s3_bucket_server_side_encryption_configuration.this["data"].rule).apply_server_side_encryption_by_default[0].kms_master_key_id == var.kms_key_arn
    error_message = "The data bucket must use the environment's key."
  }

  assert {
    condition     = one(aws_s3_bucket_server_side_encryption_configuration.this["logs"].rule).apply_server_side_encryption_by_default[0].sse_algorithm == "AES256"
    error_message = "The logs bucket must use SSE-S3: load balancers cannot write under KMS."
  }
}

run "admits_logs_of_its_own_account_and_bucket_only" {
  command = plan

  assert {
    condition = {
      for statement in jsondecode(aws_s3_bucket_policy.this["logs"].policy).Statement :
      statement.Principal.Service => [statement.Resource, try(statement.Condition.ArnEquals["aws:SourceArn"], null)] if statement.Effect == "Allow"
      } == {
      "logdelivery.elasticloadbalancing.amazonaws.com" = ["arn:aws:s3:::mock/AWSLogs/123456789012/*", null]
      "logging.s3.amazonaws.com"                       = ["arn:aws:s3:::mock/s3/mht-api-staging-raw-data-collection-01234567/*", "arn:aws:s3:::mock"]
    }
    error_message = "Log delivery must be held to this account's path and to the data bucket, and ELB's to nothing that ELB does not send."
  }

  assert {
    condition     = one(aws_s3_bucket_lifecycle_configuration.logs.rule[0].expiration).days == 7
    error_message = "Logs must expire after log_retention_days."
  }

  assert {
    condition     = aws_s3_bucket_logging.data.target_prefix == "s3/mht-api-staging-raw-data-collection-01234567/"
    error_message = "The data bucket's access must be logged."
  }
}

run "tiers_when_asked" {
  command = plan

  variables {
    enable_intelligent_tiering = true
  }

  assert {
    condition     = [for rule in aws_s3_bucket_lifecycle_configuration.data.rule : one(rule.transition).storage_class if length(rule.transition) > 0] == ["INTELLIGENT_TIERING"]
    error_message = "Objects must move to INTELLIGENT_TIERING."
  }
}

run "does_not_tier_otherwise" {
  command = plan

  assert {
    condition     = alltrue([for rule in aws_s3_bucket_lifecycle_configuration.data.rule : length(rule.transition) == 0])
    error_message = "Objects must stay in their storage class."
  }
}

run "keeps_full_buckets_when_protected" {
  command = plan

  variables {
    deletion_protection = true
  }

  assert {
    condition     = !anytrue([for bucket in aws_s3_bucket.this : bucket.force_destroy])
    error_message = "A protected bucket must not be emptied to be deleted."
  }
}
