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

run "names_only_what_is_its_own" {
  command = plan

  assert {
    condition = toset(flatten([for statement in jsondecode(aws_iam_role_policy.this.policy).Statement : statement.Resource if statement.Sid != "BeReachedBySessionManager"])) == toset([
      var.bucket_arn,
      "${var.bucket_arn}/*",
      var.table_arn,
      var.secret_arn,
      var.kms_key_arn,
      "${var.log_group_arn}:*",
      var.queue_arns[0],
    ])
    error_message = "The role must reach the environment's own resources and nothing else."
  }

  assert {
    condition     = !anytrue([for action in flatten([for statement in jsondecode(aws_iam_role_policy.this.policy).Statement : statement.Action]) : strcontains(action, "*")])
    error_message = "The role's actions must be listed one by one."
  }

  assert {
    condition     = aws_iam_role.this.name == "mht-api-staging-instance" && aws_iam_instance_profile.this.name == "mht-api-staging-instance"
    error_message = "Role and profile must name the environment."
  }
}

run "leaves_queues_out_when_there_are_none" {
  command = plan

  variables {
    queue_arns = []
  }

  assert {
    condition     = !anytrue([for statement in jsondecode(aws_iam_role_policy.this.policy).Statement : length(statement.Resource) == 0])
    error_message = "IAM refuses a statement without resources."
  }
}

run "may_pull_its_image_from_ecr" {
  command = plan

  variables {
    container_image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/brand/mht-api:1.0.0"
  }

  assert {
    condition     = one([for statement in jsondecode(aws_iam_role_policy.this.policy).Statement : one(statement.Resource) if statement.Sid == "PullImage"]) == "arn:aws:ecr:us-east-1:123456789012:repository/brand/mht-api"
    error_message = "The role must be allowed to pull from the image's repository and no other."
  }
}
